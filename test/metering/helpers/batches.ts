import { concat, Signature, type Signer, type TypedDataDomain, TypedDataEncoder } from "ethers";
import {
  type Line,
  packRow,
  SEAL_TYPES,
  signVoucher,
  VOUCHER_TYPES,
  type Voucher,
  voucherOf,
  voucherValues,
} from "./vouchers.ts";
import type { TabWorld } from "./world.ts";

/** What a test changes about a row. */
export interface RowFields extends Partial<Omit<Voucher, "lines">> {
  readonly key?: Signer;
  readonly domain?: TypedDataDomain;
  /** Replaces r and vs. */
  readonly signature?: string;
  /** Replaces the count byte. */
  readonly lineCount?: number;
  /** Replaces the lines after they are signed. */
  readonly sentLines?: readonly Line[];
}

/** A voucher on the world's tab and the row that settles it. */
export async function rowOf(w: TabWorld, lines: readonly Line[], fields: RowFields = {}) {
  const { key = w.session, domain = w.domain, signature, lineCount, sentLines, ...rest } = fields;
  const voucher = voucherOf({ operator: w.operator.address, tabId: w.tabId, lines, ...rest });
  const signed = signature ?? (await signVoucher(domain, key, voucher));
  return { voucher, row: packRow({ ...voucher, lines: sentLines ?? lines }, signed, lineCount) };
}

/** The operator's countersignature, r and vs. */
export async function sealOf(voucher: Voucher, domain: TypedDataDomain, operator: Signer): Promise<string> {
  const hash = TypedDataEncoder.hashStruct("Voucher", VOUCHER_TYPES, voucherValues(voucher));
  return Signature.from(await operator.signTypedData(domain, SEAL_TYPES, { voucher: hash })).compactSerialized;
}

/** A row with its seal. */
export async function sealedRowOf(
  w: TabWorld,
  lines: readonly Line[],
  fields: RowFields & { sealer?: Signer; sealDomain?: TypedDataDomain } = {},
) {
  const { sealer = w.operator, sealDomain = w.domain, ...rest } = fields;
  const { voucher, row } = await rowOf(w, lines, rest);
  return { voucher, row: concat([row, await sealOf(voucher, sealDomain, sealer)]) };
}
