import { AbiCoder, id, type Signer } from "ethers";
import { domainOf, signReceive } from "../../signing.ts";
import type { MeterWorld } from "./world.ts";

/** Four hours, the unit of expiries, in seconds. */
export const UNIT = 14_400n;
/** `THAW`, in seconds. */
export const THAW = 86_400n;

/** Microcredits in wei of $STELAI. */
export function wei(microcredits: bigint): bigint {
  return microcredits * 10n ** 12n;
}

export interface Opening {
  readonly operator: string;
  readonly sessionKey: string;
  readonly cap: bigint;
  readonly expiry: bigint;
}

export interface Sponsorship {
  readonly fee: bigint;
  readonly recipient: string;
  readonly salt: string;
}

/** An opening of a day and more, with one credit. */
export async function openingOf(w: MeterWorld, fields: Partial<Opening>): Promise<Opening> {
  const expiry = (await w.meter.EPOCH()) + 60n * UNIT;
  return { operator: w.operator.address, sessionKey: w.session.address, cap: 1_000_000n, expiry, ...fields };
}

export function sponsorshipOf(fields: Partial<Sponsorship>): Sponsorship {
  return { fee: 0n, recipient: "0x0000000000000000000000000000000000000000", salt: id("salt"), ...fields };
}

/** The payer's EIP-3009 authorization to the meter, as the entries take it. */
export async function authorize(
  w: MeterWorld,
  fields: { value: bigint; nonce: string; from?: string; signer?: Signer },
) {
  const { value, nonce, from = w.payer.address, signer = w.payer } = fields;
  const message = { from, to: await w.meter.getAddress(), value, validAfter: 0n, validBefore: 2n ** 40n, nonce };
  const signature = await signReceive(await domainOf(w.stelai, w.chainId), signer, message);
  return { from, value, validAfter: 0n, validBefore: 2n ** 40n, signature };
}

const OPENING = "tuple(address operator,address sessionKey,uint40 cap,uint64 expiry)";

/** Data of a transfer that opens a tab. */
export function openData(opening: Opening): string {
  return AbiCoder.defaultAbiCoder().encode(["uint8", OPENING], [0, opening]);
}

/** Data of a transfer that opens a tab with bonus credits. */
export function bonusOpenData(opening: Opening, bonus: bigint): string {
  return AbiCoder.defaultAbiCoder().encode(["uint8", OPENING, "uint40"], [2, opening, bonus]);
}

/** Data of a transfer that tops up a tab. */
export function topUpData(operator: string, tabId: bigint): string {
  return AbiCoder.defaultAbiCoder().encode(["uint8", "address", "uint64"], [1, operator, tabId]);
}

/** The payer's own `transferAndCall` to the meter. */
export async function transferAndCall(w: MeterWorld, payer: Signer, value: bigint, data: string) {
  const call = w.stelai.connect(payer).getFunction("transferAndCall(address,uint256,bytes)");
  return call(w.meter, value, data);
}

/** Opens a tab by `transferAndCall`. */
export async function transferAndOpen(w: MeterWorld, payer: Signer, value: bigint, opening: Opening) {
  return transferAndCall(w, payer, value, openData(opening));
}
