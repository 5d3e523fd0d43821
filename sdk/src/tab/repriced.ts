import { isDearer } from "../actions/generate/prepare.ts";
import type { StelaiClient } from "../client.ts";
import {
  type AgreedTerms,
  type MaxCostTooLowError,
  RelayerProtocolError,
  TermsChangedError,
} from "../errors/relayer.ts";
import { forgetOperator, memoizedOperator } from "../internal/sponsor.ts";
import type { QuoteResponse } from "../wire.ts";

/**
 * What to go on with when a relayer refused the agreed prices: what it names where nothing in it is dearer.
 * @throws TermsChangedError when something is; the error itself when a quote is too low at an unchanged fee;
 * RelayerProtocolError when the changed terms are not all numbers.
 */
export async function repriced(
  client: StelaiClient,
  error: TermsChangedError | MaxCostTooLowError,
  agreed: AgreedTerms,
): Promise<AgreedTerms> {
  const changed = error instanceof TermsChangedError ? error : await feeChanged(client, error, agreed);
  if (!changed) throw error;
  const { current } = changed;
  if (!areTerms(current)) throw new RelayerProtocolError("changed terms came without their numbers");
  changed.agreed = agreed;
  if (current.feePerUnit !== agreed.feePerUnit) forgetOperator(client);
  if (isDearer(current, agreed)) throw changed;
  return current;
}

/** What to show when a quote is too low for the fee that the operator publishes by now; undefined when it is not. */
async function feeChanged(
  client: StelaiClient,
  error: MaxCostTooLowError,
  agreed: AgreedTerms,
): Promise<TermsChangedError | undefined> {
  forgetOperator(client);
  const { modality } = (error.details.quote ?? {}) as Partial<QuoteResponse>;
  const feePerUnit = (await memoizedOperator(client)).fees[modality ?? "Chat"];
  if (feePerUnit <= agreed.feePerUnit) return undefined;
  const message = "The operator's fee rose since it was agreed to. No money moved. Agree to it, then ask again.";
  return new TermsChangedError({ code: "terms_changed", message, stelai: { ...agreed, feePerUnit } }, 409);
}

/** Whether the relayer sent every number of a price: what is agreed to is stored. */
function areTerms({ termsVersion, feePerUnit, terms }: Partial<AgreedTerms>): boolean {
  const { lifetime, monthly, annual, perInference, perUnit } = terms ?? {};
  const numbers = [termsVersion, feePerUnit, lifetime, monthly, annual, perInference, perUnit];
  return numbers.every((number) => typeof number === "bigint");
}
