import { db } from "ponder:api";
import schema from "ponder:schema";
import {
  characterAccessAbi,
  charactersAbi,
  creditPlansAbi,
  creditStoreAbi,
  inferenceMeterAbi,
  licensesAbi,
  payoutsAbi,
  resaleAbi,
  rewardsAbi,
  worksAbi,
} from "@stelai/sdk/abis";
import { Hono } from "hono";
import { desc, inArray } from "ponder";
import { type Abi, type Address, decodeFunctionData, type Hex, slice } from "viem";
import { readEnvironment } from "../../environment.ts";
import { accessManagerAbi, EXPIRATION, operationState } from "../accessManager.ts";
import { chainNow } from "./clock.ts";
import { toJson } from "./json.ts";
import { limitOf } from "./parameters.ts";

const { scheduledOperation } = schema;

/** The contracts that have roles. */
const ABIS = {
  CreditStore: creditStoreAbi,
  Payouts: payoutsAbi,
  Characters: charactersAbi,
  InferenceMeter: inferenceMeterAbi,
  CharacterAccess: characterAccessAbi,
  Works: worksAbi,
  Licenses: licensesAbi,
  Resale: resaleAbi,
  CreditPlans: creditPlansAbi,
  Rewards: rewardsAbi,
  AccessManager: accessManagerAbi,
} as const satisfies Record<string, Abi>;

const { contracts } = readEnvironment(process.env);
const TARGETS = new Map<string, { name: keyof typeof ABIS; address: Address }>(
  (Object.keys(ABIS) as (keyof typeof ABIS)[]).map((name) => {
    const address = contracts[name].toLowerCase() as Address;
    return [address, { name, address }];
  }),
);

export const announcements = new Hono();

/**
 * What was scheduled with the AccessManager for our contracts, the newest first: `{ announcements: [{ operationId, target,
 * functionName, args, caller, scheduledAt, readyAt, expiresAt, state, executedAt }] }`. `target` is a contract's name, `args`
 * what the call is given, integers as decimal strings; of a call that the contract does not have, `functionName` is its
 * selector and `args` are empty. It can be made from `readyAt` until before `expiresAt`; `state` is `waiting`, `ready`,
 * `executed`, `cancelled` or `expired`. `?limit=` (50, at most 200).
 */
announcements.get("/", async (context) => {
  const limit = limitOf(context, 50, 200);
  const [now, rows] = await Promise.all([
    chainNow(),
    db
      .select()
      .from(scheduledOperation)
      .where(
        inArray(
          scheduledOperation.target,
          [...TARGETS.values()].map(({ address }) => address),
        ),
      )
      .orderBy(desc(scheduledOperation.id))
      .limit(limit),
  ]);
  return toJson(context, {
    announcements: rows.map((row) => ({
      ...{ operationId: row.operationHash, target: TARGETS.get(row.target)?.name, ...callOf(row.target, row.data) },
      ...{ caller: row.caller, scheduledAt: row.timestamp, readyAt: row.readyAt, expiresAt: row.readyAt + EXPIRATION },
      ...{ state: operationState(row, now), executedAt: row.executedAt },
    })),
  });
});

/** What a call asks for, in words of its contract. */
function callOf(target: Address, data: Hex): { functionName: string; args: unknown } {
  const name = TARGETS.get(target)?.name;
  try {
    const { functionName, args } = decodeFunctionData({ abi: ABIS[name ?? "AccessManager"] as Abi, data });
    return { functionName, args: inWords(args ?? []) };
  } catch {
    // Whoever has a role may schedule what the contract will refuse.
    return { functionName: slice(data, 0, 4), args: [] };
  }
}

/** The same with every number as a decimal string, however small its type. */
function inWords(value: unknown): unknown {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map(inWords);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inWords(each)]));
}
