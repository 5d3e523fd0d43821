import { readFileSync } from "node:fs";
import { getAddress, isAddress, parseUnits, ZeroAddress } from "ethers";
import type { Delays, RoleHolders } from "./roles.ts";

/** What a deployment is given, in the chain's units. */
export type DeployParameters = {
  /** The stablecoin; absent only on the local chain, which gets a test token. */
  reserve: string | undefined;
  /** The Uniswap v3 `SwapRouter` for paying with ETH; without one there is none. "local" deploys one with test money. */
  router: string | "local" | undefined;
  /** What a credit is redeemed for, in reserve units. */
  floorPrice: bigint;
  /** Credits in wei of STELAI, price in reserve units. */
  packages: { credits: bigint; price: bigint }[];
  /** Plans: what a cycle grants, in wei of STELAI, what it costs, in reserve units, and how long it lasts, in seconds. */
  plans: { credits: bigint; price: bigint; period: number }[];
  /** What both sides of a referral get, in basis points, and the most a referrer can ever earn, in wei of STELAI. */
  referral: { referrerBps: number; refereeBps: number; cap: bigint };
  /** The commission of each contract that earns: InferenceMeter, CharacterAccess, Licenses and Resale. */
  commissionBps: number;
  delays: Delays;
  /** Receives commission and surplus; by default the deployer, on the local chain. */
  treasury: string | undefined;
  /** Who holds the roles; by default the deployer, on the local chain. */
  holders: Partial<RoleHolders>;
  finalityBlocks: number;
};

/** Thrown when the parameters cannot be deployed with; names the field. */
export class InvalidParametersError extends Error {
  constructor(field: string, expected: string) {
    super(`Deployment parameter "${field}" must be ${expected}.`);
    this.name = "InvalidParametersError";
  }
}

const ROLE_NAMES = ["admin", "pricing", "commission", "moderator", "guardian", "resolver", "campaigns"] as const;
/** USDC's; prices and floor are read with them. */
export const RESERVE_DECIMALS = 6;

/** Reads a file like `parameters/local.json`. @throws {InvalidParametersError} */
export function readParameters(path: string): DeployParameters {
  return parseParameters(JSON.parse(readFileSync(path, "utf8")));
}

/** Validates the content of a parameters file. @throws {InvalidParametersError} */
export function parseParameters(json: unknown): DeployParameters {
  const file = record(json, "(file)");
  const delays = record(file.delays, "delays");
  const accounts = record(file.accounts ?? {}, "accounts");
  const referral = record(file.referral, "referral");
  if (!Array.isArray(file.plans)) throw new InvalidParametersError("plans", "a list of credits, prices and days");
  if (!Array.isArray(file.packages)) throw new InvalidParametersError("packages", "a list of credits and prices");
  return {
    reserve: optionalAddress(file.reserve, "reserve"),
    router: file.router === "local" ? "local" : optionalAddress(file.router, "router"),
    floorPrice: decimal(file.floorPrice, RESERVE_DECIMALS, "floorPrice"),
    packages: file.packages.map((entry: unknown, index) => {
      const fields = record(entry, `packages[${index}]`);
      return {
        credits: decimal(fields.credits, 18, `packages[${index}].credits`),
        price: decimal(fields.price, RESERVE_DECIMALS, `packages[${index}].price`),
      };
    }),
    plans: file.plans.map((entry: unknown, index) => {
      const fields = record(entry, `plans[${index}]`);
      return {
        credits: decimal(fields.credits, 18, `plans[${index}].credits`),
        price: decimal(fields.price, RESERVE_DECIMALS, `plans[${index}].price`),
        period: integer(fields.days, `plans[${index}].days`) * 86_400,
      };
    }),
    referral: {
      referrerBps: integer(referral.referrerBps, "referral.referrerBps"),
      refereeBps: integer(referral.refereeBps, "referral.refereeBps"),
      cap: decimal(referral.cap, 18, "referral.cap"),
    },
    commissionBps: integer(file.commissionBps, "commissionBps"),
    delays: {
      admin: integer(delays.admin, "delays.admin"),
      pricing: integer(delays.pricing, "delays.pricing"),
      commission: integer(delays.commission, "delays.commission"),
      moderator: integer(delays.moderator, "delays.moderator"),
      guardian: integer(delays.guardian, "delays.guardian"),
      resolver: integer(delays.resolver, "delays.resolver"),
      campaigns: integer(delays.campaigns, "delays.campaigns"),
    },
    treasury: optionalAddress(accounts.treasury, "accounts.treasury"),
    holders: Object.fromEntries(
      ROLE_NAMES.flatMap((role) => {
        const holder = optionalAddress(accounts[role], `accounts.${role}`);
        return holder === undefined ? [] : [[role, holder]];
      }),
    ),
    finalityBlocks: integer(file.finalityBlocks, "finalityBlocks"),
  };
}

function record(value: unknown, field: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InvalidParametersError(field, "an object");
  }
  return value as Record<string, unknown>;
}

function integer(value: unknown, field: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
    throw new InvalidParametersError(field, "a whole number, not negative");
  }
  return value;
}

/** Decimal text, so that no price passes through a float. */
function decimal(value: unknown, decimals: number, field: string): bigint {
  if (typeof value !== "string" || !/^\d+(\.\d+)?$/.test(value) || (value.split(".")[1] ?? "").length > decimals) {
    throw new InvalidParametersError(field, `a decimal number as text, with at most ${decimals} decimals`);
  }
  return parseUnits(value, decimals);
}

function optionalAddress(value: unknown, field: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "string" || !isAddress(value) || value === ZeroAddress) {
    throw new InvalidParametersError(field, "an address other than zero");
  }
  return getAddress(value);
}
