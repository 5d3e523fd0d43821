import type { QuoteResponse } from "@stelai/sdk/wire";
import type { Address } from "viem";
import type { Character } from "../chain/characters.ts";
import { sameAddress } from "../chain/index.ts";
import type { SplitBook } from "../chain/splits.ts";
import { BlockedError, InvalidRequestError, toHttpError, UnavailableError } from "../errors.ts";
import { available } from "../http.ts";
import { MaxCostTooLowError, TermsChangedError } from "../metering/errors.ts";
import { parsePayment, type VerifiedPayment, verifyPayment } from "../metering/payment.ts";
import type { Reservation } from "../metering/requests.ts";
import { hasKey } from "../metering/tabs.ts";
import type { CountedUse } from "../passes/uses.ts";
import { feeOf } from "../pricing.ts";
import type { Services } from "../services.ts";
import type { TabPayment } from "./paying.ts";

type Needs = Pick<Services, "config" | "metering" | "operator" | "passes" | "people" | "splits" | "watchedAt">;

/** Calls `work` when it is first asked for, and no second time. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}

/** What a `Stelai-Payment` header pays with; undefined without one. */
export async function paymentOf(
  { metering, operator }: Needs,
  header: string | undefined,
  bytes: Uint8Array,
): Promise<VerifiedPayment | undefined> {
  if (header === undefined) return undefined;
  return verifyPayment(parsePayment(header), bytes, operator.address, metering.digests);
}

/** Whose tab pays, when one of its session keys signed that; also an old one, to be told that it was replaced. */
export async function payerOf({ metering }: Needs, payment: VerifiedPayment | undefined): Promise<Address | undefined> {
  if (payment === undefined) return undefined;
  const tab = await available("The chain", metering.tabs.find(payment.tabId, payment.signer));
  return tab !== undefined && hasKey(tab, payment.signer) ? tab.payer : undefined;
}

/** How long a pass that renews is honoured after its end: until the keeper has renewed it. */
const GRACE_SECONDS = 600n;

/** Counts a request under the account's running pass; undefined when it has none. */
export async function usePass(
  { people, passes }: Needs,
  character: Character,
  account: Address | undefined,
): Promise<CountedUse | undefined> {
  if (account === undefined) return undefined;
  const access = await available("The chain", people.access.of(character.id, account));
  return people.access.isRunning(access, GRACE_SECONDS) ? passes.uses.take(character.id, account) : undefined;
}

/**
 * Checks what was agreed to, holds the maximum, and turns blocked accounts away.
 * @param how `isQueued` for what waits for its turn.
 * @throws the refusals of docs/PROTOCOL.md, "Errors"
 */
export async function admit(
  services: Needs,
  payment: TabPayment,
  character: Character,
  quote: QuoteResponse,
  how: Pick<Reservation, "isQueued"> = {},
) {
  const { metering, people, config, splits } = services;
  if (payment.characterId !== character.id) {
    throw new InvalidRequestError(
      "The payment names another character than the body's model.",
      "Stelai-Payment.characterId",
    );
  }
  requireFresh(services.watchedAt(), config.CHAIN_POLL_MS);
  const refusal = refusalOf(services, payment, character, quote);
  const isOwn = (payer: Address) => isOwnOf(splits, character, payer);
  const { key, ...asked } = payment;
  const acknowledge = key === undefined ? {} : { acknowledge: key.acknowledge };
  const admitted = await metering
    .admit(asked, quote.total, refusal, { ...how, ...acknowledge, isOwn })
    .catch(async (error: unknown) => {
      throw key === undefined ? error : await key.told(error);
    });
  if (admitted.kind !== "held") return admitted;
  try {
    if (await people.blocklist.isAccountBlocked(admitted.payer)) {
      throw new BlockedError("This operator does not serve this account. What is left of the tab can be closed.");
    }
    await people.limits.require(admitted.payer, admitted.reservation);
    return admitted;
  } catch (error) {
    // Whatever ends it here, nothing stays held.
    const { code, message } = toHttpError(error).body.error;
    await metering.release({ reservation: admitted.reservation, error: { code, message } });
    throw error;
  }
}

/** Whether what a character earns is an account's own: it owns it, or is paid for it, also by way of splits. */
export function isOwnOf({ reaches }: SplitBook, { owner, payee }: Character, account: Address): boolean {
  return sameAddress(owner, account) || reaches(payee, account);
}

function refusalOf(services: Needs, payment: VerifiedPayment, character: Character, quote: QuoteResponse) {
  const { terms, termsVersion, modality } = character;
  const feePerUnit = feeOf(services.config, modality);
  if (payment.termsVersion !== termsVersion) return new TermsChangedError(termsVersion, terms, feePerUnit);
  return payment.maxCost < quote.total ? new MaxCostTooLowError(quote, terms, feePerUnit) : undefined;
}

/** A relayer that does not see the chain does not see rotations and closes: it takes no payment. */
function requireFresh(watchedAt: number, pollMs: number): void {
  if (Date.now() - watchedAt > Math.max(60_000, pollMs * 10)) {
    throw new UnavailableError(
      "The chain cannot be reached right now, and nothing was charged. Try again in a moment.",
    );
  }
}
