import { randomBytes } from "node:crypto";
import type { QuoteResponse } from "@stelai/sdk/wire";
import { type Address, type Hex, toHex } from "viem";
import type { Character } from "../chain/characters.ts";
import { InvalidRequestError } from "../errors.ts";
import { ClosedApiKeyError, ExpiredApiKeyError, InsufficientQuotaError, keysPage } from "../keys/errors.ts";
import { tokenOf } from "../keys/token.ts";
import type { KeyRow } from "../keys/view.ts";
import { TabClosedError, TabExhaustedError, TabExpiredError, WrongSessionKeyError } from "../metering/errors.ts";
import { keccak256 } from "../metering/keccak.ts";
import type { VerifiedPayment } from "../metering/payment.ts";
import { isFreeHere } from "../pricing.ts";
import type { Services } from "../services.ts";
import { once, payerOf, paymentOf } from "./admission.ts";

/** The headers that may pay for a request. */
export type PayingHeaders = {
  /** `Stelai-Payment`: signed by a tab's session key. */
  payment: string | undefined;
  /** `Authorization`: a budget key, which stands for its tab. */
  authorization: string | undefined;
  /** `Idempotency-Key`: by what a repeated request of a budget key is known. */
  idempotencyKey: string | undefined;
};

/** Which tab pays for a request, and by what the same request is known again. */
export type PayingTab = { tabId: bigint; id: Hex; bodyHash: Hex };

/** A payment, and what a budget key that made it is told in the tab's place. */
export type TabPayment = VerifiedPayment & {
  key?: { acknowledge: () => Promise<void>; told: (error: unknown) => Promise<unknown> };
};

/**
 * What of a request pays for it by a tab. Each is found out when it is asked for, and once: who is turned away for another
 * reason is told that one.
 */
export type Paying = {
  /** Undefined when no tab pays. */
  tab(): Promise<PayingTab | undefined>;
  /** Whose tab it is: also who may use a private character by it. */
  payer(): Promise<Address | undefined>;
  /**
   * What the tab pays for this character at this price; undefined when no tab pays. A budget key has no say in prices: it
   * pays what is in force, within its cap, and nothing for what is free here.
   */
  payment(character: Character, quote: QuoteResponse): Promise<TabPayment | undefined>;
};

type Needs = Parameters<typeof paymentOf>[0] & Pick<Services, "chain" | "config" | "keys">;

const MAX_KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * Which tab pays, in this order: the one whose session key signed `Stelai-Payment`; else that of a budget key. What else may
 * pay comes after these.
 * @throws InvalidRequestError, and when it is asked: InvalidPaymentError, InvalidApiKeyError
 */
export function payingOf(services: Needs, headers: PayingHeaders, bytes: Uint8Array): Paying {
  const { payment, authorization, idempotencyKey } = headers;
  if (idempotencyKey !== undefined && !MAX_KEY.test(idempotencyKey)) {
    throw new InvalidRequestError("Idempotency-Key must be 1 to 255 visible characters.", "Idempotency-Key");
  }
  if (payment !== undefined) return bySignature(services, payment, bytes);
  const token = tokenOf(authorization);
  return token === undefined ? NOBODY : byKey(services, token, idempotencyKey, bytes);
}

/**
 * The budget key by which a request reads what was made; undefined when it has none.
 * @throws InvalidApiKeyError
 */
export async function keyOf(
  { keys }: Pick<Services, "keys">,
  authorization: string | undefined,
): Promise<KeyRow | undefined> {
  const token = tokenOf(authorization);
  return token === undefined ? undefined : keys.book.find(token);
}

/**
 * The budget key by which a request may ask for something; undefined when it has none.
 * @throws InvalidApiKeyError, ExpiredApiKeyError
 */
export async function openKeyOf(
  services: Pick<Services, "keys">,
  authorization: string | undefined,
): Promise<KeyRow | undefined> {
  const key = await keyOf(services, authorization);
  if (key !== undefined) await services.keys.book.requireOpen(key);
  return key;
}

const NOBODY: Paying = {
  tab: async () => undefined,
  payer: async () => undefined,
  payment: async () => undefined,
};

function bySignature(services: Needs, header: string, bytes: Uint8Array): Paying {
  const payment = once(() => paymentOf(services, header, bytes));
  return {
    tab: payment,
    payer: once(async () => payerOf(services, await payment())),
    payment,
  };
}

function byKey(services: Needs, token: string, idempotencyKey: string | undefined, bytes: Uint8Array): Paying {
  const { book, signing } = services.keys;
  const key = once(() => book.find(token));
  const bodyHash = keccak256(bytes);
  // Without a key of the client's own every request is one of its own.
  const id: Hex =
    idempotencyKey === undefined ? toHex(randomBytes(32)) : keccak256(Buffer.from(`idempotency:${idempotencyKey}`));
  return {
    tab: async () => {
      const { tabId } = await key();
      return tabId === null ? undefined : { tabId, id, bodyHash };
    },
    payer: async () => (await key()).account,
    payment: async (character, quote) => {
      const row = await key();
      await book.used(row);
      if (isFreeHere(character)) {
        await book.requireOpen(row);
        return undefined;
      }
      const { tabId } = row;
      if (tabId === null) throw new InsufficientQuotaError(0n, quote.total, keysPage(services.config));
      const { termsVersion } = character;
      const asked = { tabId, id, bodyHash, characterId: character.id, termsVersion, maxCost: quote.total };
      return {
        ...(await signing.pay(row, asked)),
        key: { acknowledge: () => signing.acknowledge(tabId), told: (error) => told(services, tabId, error) },
      };
    },
  };
}

/** What a key's client is told in the place of what its tab would be: it knows of no tab. */
async function told(services: Needs, tabId: bigint, error: unknown): Promise<unknown> {
  const page = keysPage(services.config);
  if (error instanceof TabExhaustedError) {
    return new InsufficientQuotaError(error.details.available, error.details.needed, page);
  }
  if (error instanceof TabExpiredError) return new ExpiredApiKeyError(page);
  if (error instanceof TabClosedError) {
    const { metering, chain } = services;
    const tab = await metering.tabs.find(tabId);
    // Its time was over before the operator closed it.
    if (tab !== undefined && tab.expiry <= chain.head().timestamp) return new ExpiredApiKeyError(page);
  }
  if (error instanceof TabClosedError || error instanceof WrongSessionKeyError) {
    return new ClosedApiKeyError(page);
  }
  return error;
}
