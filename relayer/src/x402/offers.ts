import { randomBytes } from "node:crypto";
import type { QuoteResponse, X402Required, X402Requirements } from "@stelai/sdk/wire";
import type { Address, Hex } from "viem";
import type { Chain } from "../chain/index.ts";
import type { Config } from "../config.ts";
import type { StoredPaymentLine } from "../store/schema/x402.ts";
import { MARGIN_SECONDS } from "./checks.ts";
import { discoveryOf, type Resource } from "./discovery.ts";

/** Wei of STELAI in a microcredit. */
export const WEI = 10n ** 12n;

/** How long an authorization is valid at least, by what is asked for. */
const TIMEOUT_SECONDS = 300;

/** What is left of that for an answer in words. */
const CHAT_SECONDS = 120;

type Times = Pick<Config, "X402_SETTLE_SECONDS" | "GENERATION_TIMEOUT_SECONDS" | "GENERATION_WAIT_SECONDS">;

/**
 * For how many seconds what is taken must be valid: what is worked for must not lapse before it is charged. That is the
 * time that the work may take, and then its settlement.
 */
export function secondsNeeded(config: Times, purpose: Priced["purpose"]): bigint {
  const work = { chat: CHAT_SECONDS, pass: 0, media: config.GENERATION_TIMEOUT_SECONDS }[purpose];
  return BigInt(work + config.X402_SETTLE_SECONDS) + MARGIN_SECONDS;
}

/** How long what is signed is asked to be valid: twice as long, for the next try; and while it waits for its turn. */
function secondsOffered(config: Times, purpose: Priced["purpose"]): number {
  const needed = 2 * Number(secondsNeeded(config, purpose));
  return Math.max(TIMEOUT_SECONDS, needed) + (purpose === "media" ? config.GENERATION_WAIT_SECONDS : 0);
}

/** Something that one payment buys: a fixed price, and who earns it. */
export type Priced = {
  purpose: "chat" | "media" | "pass";
  resource: Resource;
  /** keccak256 of the request: what the payment is bound to. */
  request: Hex;
  /** In wei of STELAI; sum to `value` with the pass. */
  lines: StoredPaymentLine[];
  /** The character whose lifetime pass is bought, or 0. */
  passOf: bigint;
  value: bigint;
  /** What it is, in words. */
  description: string;
};

/** A priced request at its quoted maximum, all of which is charged: what a single payment buys is bought at a fixed price. */
export function pricedRequest(
  { X402_FEE }: Pick<Config, "X402_FEE">,
  purpose: "chat" | "media",
  resource: Resource,
  request: Hex,
  quote: QuoteResponse,
): Priced {
  const own = quote.fee + X402_FEE;
  return {
    ...{ purpose, resource, request },
    lines: linesOf([
      [quote.characterId, quote.amount],
      [0n, own],
    ]),
    passOf: 0n,
    value: (quote.amount + own) * WEI,
    description:
      `${resource.title} by stelai-${quote.characterId}: ${credits(quote.amount)} credits to its creator and ` +
      `${credits(own)} to the operator, ${credits(X402_FEE)} of that for the transaction. Charged in full.`,
  };
}

/** A character's lifetime pass. */
export function pricedPass(
  { X402_FEE }: Pick<Config, "X402_FEE">,
  resource: Resource,
  request: Hex,
  characterId: bigint,
  lifetime: bigint,
): Priced {
  return {
    ...{ purpose: "pass", resource, request, passOf: characterId },
    lines: linesOf([[0n, X402_FEE]]),
    value: (lifetime + X402_FEE) * WEI,
    description:
      `A lifetime pass of stelai-${characterId} for who pays: ${credits(lifetime)} credits to its creator and ` +
      `${credits(X402_FEE)} to the operator for the transaction.`,
  };
}

export type OfferOptions = {
  config: Pick<Config, "publicUrl"> & Times;
  chain: Pick<Chain, "id" | "contracts" | "head">;
  receiver: Address;
  domain: { name: string; version: string };
};

/** How something priced is paid, as `PAYMENT-REQUIRED` says it. */
export function offerOf({ config, chain, receiver, domain }: OfferOptions, priced: Priced): X402Required {
  const { resource, description, purpose, value } = priced;
  return {
    x402Version: 2,
    error: "Payment required",
    resource: {
      url: `${config.publicUrl}${resource.path}`,
      description,
      mimeType: resource.mimeType,
      serviceName: "Stelai",
      tags: [...resource.tags],
    },
    accepts: [
      {
        ...requirementsOf(chain, receiver, domain, value),
        maxTimeoutSeconds: secondsOffered(config, purpose) + secondsAhead(chain),
        // Comes back in the payment, and is on no chain: who only saw the transaction cannot repeat its header.
        extra: { ...domain, id: randomBytes(16).toString("base64url") },
      },
    ],
    extensions: discoveryOf(resource),
  };
}

/** A payment of STELAI to the operator's receiver. */
export function requirementsOf(
  chain: Pick<Chain, "id" | "contracts">,
  receiver: Address,
  domain: { name: string; version: string },
  amount: bigint,
): X402Requirements {
  return {
    ...{ scheme: "exact", network: networkOf(chain), amount, asset: chain.contracts.Stelai, payTo: receiver },
    maxTimeoutSeconds: TIMEOUT_SECONDS,
    extra: domain,
  };
}

/** A chain as CAIP-2 names it. */
export function networkOf({ id }: Pick<Chain, "id">): string {
  return `eip155:${id}`;
}

/** Clients reckon by their own clock: a chain whose time runs ahead of it leaves them less. */
function secondsAhead({ head }: Pick<Chain, "head">): number {
  const { timestamp, seenAt } = head();
  return Math.max(0, Math.ceil(Number(timestamp) - seenAt / 1_000));
}

function linesOf(amounts: readonly (readonly [characterId: bigint, microcredits: bigint])[]): StoredPaymentLine[] {
  return amounts
    .filter(([, amount]) => amount > 0n)
    .map(([characterId, amount]) => ({ characterId: characterId.toString(), amount: (amount * WEI).toString() }));
}

/** Microcredits as credits, in plain digits. */
function credits(microcredits: bigint): string {
  const digits = microcredits.toString().padStart(7, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, "");
}
