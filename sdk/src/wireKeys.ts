/**
 * What travels of budget keys: bearer tokens for clients that can send nothing else, each of which stands for a tab whose
 * session key the operator holds (docs/PROTOCOL.md, "Budget keys"). Part of `wire.ts`. Money in microcredits.
 */
import * as z from "zod";
import { address, uint40, uint48, uint64 } from "./wirePrimitives.ts";

/** What every budget key begins with; 43 characters of base64url (32 random bytes) follow. */
export const BUDGET_KEY_PREFIX = "sk-stelai-";

/** A budget key as it is sent. */
export const BUDGET_KEY_FORM = /^sk-stelai-[A-Za-z0-9_-]{43}$/;

/**
 * Where a key stands: no tab was opened for it yet (`unfunded`); it pays (`active`); nothing is left of its cap until it is
 * topped up (`spent`); its time is over (`expired`); it was revoked (`revoked`); its tab was closed or given another
 * session key otherwise (`closed`).
 */
export const BUDGET_KEY_STATES = ["unfunded", "active", "spent", "expired", "revoked", "closed"] as const;
/** Where a budget key stands. */
export type BudgetKeyState = (typeof BUDGET_KEY_STATES)[number];

const name = z.string().trim().min(1).max(60);

/** `POST /v1/budget-keys`, `PUT /v1/budget-keys/:id` (signed in). */
export const budgetKeyNameSchema = z.object({ name });

/** `POST /v1/budget-keys/:id/tab` (signed in): the tab that was opened for the key. */
export const budgetKeyTabSchema = z.object({ tabId: uint64 });

/** A key as its account sees it; never the key itself. */
export const budgetKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The key's first characters, to tell it by. */
  prefix: z.string(),
  /** Whom its tab is opened for: the session key that the operator holds. */
  sessionAddress: address,
  operator: address,
  state: z.enum(BUDGET_KEY_STATES),
  /** ISO 8601. */
  createdAt: z.iso.datetime(),
  /** When it last asked for something, to the minute. */
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  /** Null until one was opened. */
  tab: z
    .object({
      tabId: uint64,
      /** The most that it can ever spend: once it is closed, what it spent. */
      cap: uint40,
      /** What was charged. */
      spent: uint40,
      /** What is held for requests under way. */
      reserved: uint40,
      /** Unix seconds of the chain's time. */
      expiry: uint64,
      /** It is being closed: what is left is on its way back to the account. */
      closing: z.boolean(),
      /** It is closed: what was left is back. */
      closed: z.boolean(),
      /** Why the operator cannot close it: ask the chain to (`requestClose`, then `reclaim`). */
      problem: z.string().nullable(),
    })
    .nullable(),
});
/** A budget key, as its account sees it; the key itself is shown once, when it is made. */
export type BudgetKey = z.output<typeof budgetKeySchema>;

/** `GET /v1/budget-keys`, newest first. */
export const budgetKeyListSchema = z.object({ data: z.array(budgetKeySchema) });

/** The answer to `POST /v1/budget-keys`: the one time that `key` is told. */
export const newBudgetKeySchema = budgetKeySchema.extend({ key: z.string().regex(BUDGET_KEY_FORM) });
/** A budget key that was just made, with the key itself: it is told this once. */
export type NewBudgetKey = z.output<typeof newBudgetKeySchema>;

/** `GET /v1/budget-keys/:id/usage`: what was charged. Each receipt is in the tab's statement. */
export const budgetKeyUsageSchema = z.object({
  requests: z.int(),
  amount: uint40,
  /** UTC days of the chain's time with something charged, newest first, at most 90. */
  days: z.array(z.object({ day: z.iso.date(), requests: z.int(), amount: uint40 })),
  /** By character, dearest first; the operator's fee included. */
  characters: z.array(z.object({ characterId: uint48, requests: z.int(), milliunits: uint64, amount: uint40 })),
});
/** What a budget key was used for. */
export type BudgetKeyUsage = z.output<typeof budgetKeyUsageSchema>;
