import { type Address, type Hex, isAddressEqual } from "viem";
import { ReceiptRefusedError, SealRefusedError } from "../errors/tab.ts";
import { hashRequest, isMeterSignature, type MeteredRequest, type MeterReference } from "../payment.ts";
import { costUp, QUALITIES, type Quality, type Terms } from "../pricing.ts";
import { hashLines, hashVoucher } from "../voucher.ts";
import type { Seal, SignedReceipt } from "../wire.ts";

/** What a receipt is held against. */
export type Agreement = {
  request: MeteredRequest;
  /** The character's terms at the version the request names. */
  terms: Pick<Terms, "perInference" | "perUnit">;
  /** The operator's price per unit that was agreed to; unknown for what another window asked for. */
  feePerUnit?: bigint | undefined;
  quality?: Quality | undefined;
  /** How extensive it was quoted to be; less may be delivered, never more. Unknown where the maximum alone bounds it. */
  milliunits?: bigint | undefined;
  /** keccak256 of the answer, when it was received whole. */
  response?: Hex | undefined;
};

/**
 * Checks a receipt against what was agreed to, before it is signed for.
 * @throws ReceiptRefusedError naming the field that differs.
 */
export async function verifyReceipt(
  meter: MeterReference,
  tab: { operator: Address; tabId: bigint },
  { receipt, signature }: SignedReceipt,
  agreement: Agreement,
): Promise<void> {
  const refuse = (field: string, expected: unknown, found: unknown): never => {
    throw new ReceiptRefusedError(receipt, field, expected, found);
  };
  const { request } = agreement;
  if (!isAddressEqual(receipt.operator, tab.operator)) refuse("operator", tab.operator, receipt.operator);
  if (receipt.tabId !== tab.tabId) refuse("tab", tab.tabId, receipt.tabId);
  if (!(await isMeterSignature(tab.operator, meter, "Receipt", receipt, signature))) {
    refuse("signature", `one by ${tab.operator}`, signature);
  }
  const hash = hashRequest(request);
  if (receipt.request !== hash) refuse("request", hash, receipt.request);
  if (receipt.characterId !== request.characterId) refuse("character", request.characterId, receipt.characterId);
  if (receipt.termsVersion !== request.termsVersion) {
    refuse("terms version", request.termsVersion, receipt.termsVersion);
  }
  const quality = QUALITIES[receipt.quality];
  if (quality === undefined || (agreement.quality !== undefined && quality !== agreement.quality)) {
    return refuse("quality", agreement.quality ?? QUALITIES.join(" or "), quality ?? receipt.quality);
  }
  if (agreement.milliunits !== undefined && receipt.milliunits > agreement.milliunits) {
    refuse("extent", `at most ${agreement.milliunits}`, receipt.milliunits);
  }
  if (agreement.response !== undefined && receipt.response !== agreement.response) {
    refuse("response", agreement.response, receipt.response);
  }
  const usage = { milliunits: receipt.milliunits, quality };
  const amount = costUp(agreement.terms, usage);
  if (receipt.amount !== amount) refuse("amount", amount, receipt.amount);
  if (agreement.feePerUnit !== undefined) {
    // An operator may have become cheaper since.
    const fee = costUp({ perInference: 0n, perUnit: agreement.feePerUnit }, usage);
    if (receipt.fee > fee) refuse("fee", `at most ${fee}`, receipt.fee);
  }
  const total = receipt.amount + receipt.fee;
  if (total > request.maxCost) refuse("total", `at most ${request.maxCost}`, total);
}

/**
 * Checks that a seal is the operator's, over a voucher that one of the tab's session keys signed.
 * @throws SealRefusedError saying which check failed.
 */
export async function verifySeal(
  meter: MeterReference,
  tab: { operator: Address; tabId: bigint; keys: readonly Address[] },
  seal: Seal,
): Promise<void> {
  const { voucher } = seal;
  if (!isAddressEqual(voucher.operator, tab.operator) || voucher.tabId !== tab.tabId) {
    throw new SealRefusedError(tab.tabId, "its voucher is another tab's");
  }
  if (hashLines(seal.lines) !== voucher.lines) {
    throw new SealRefusedError(tab.tabId, "its lines are not those of its voucher");
  }
  const signed = await Promise.all(
    tab.keys.map((key) => isMeterSignature(key, meter, "Voucher", voucher, seal.signature)),
  );
  if (!signed.includes(true)) throw new SealRefusedError(tab.tabId, "no session key of this tab signed its voucher");
  const message = { voucher: hashVoucher(voucher) };
  if (!(await isMeterSignature(tab.operator, meter, "Seal", message, seal.sealSignature))) {
    throw new SealRefusedError(tab.tabId, "the operator did not sign it");
  }
}
