import type { BudgetKey } from "@stelai/sdk";
import * as z from "zod";
import { credits, creditsOption } from "../amounts.ts";
import { signedInAt } from "../character/operators.ts";
import { type Context, positive } from "../context.ts";
import { CommandError, UsageError } from "../failures.ts";
import { facts, table } from "../output.ts";

export type CreateOptions = { cap: string; days: string; by?: string };

const DAY = 86_400n;

/** `stelai keys create`: an API key with a cap of its own, for programs that can send nothing else. Shown this once. */
export async function create(context: Context, name: string, options: CreateOptions): Promise<void> {
  if (name.trim() === "" || name.trim().length > 60) throw new UsageError("The name must have 1 to 60 characters.");
  const cap = creditsOption("--cap", options.cap);
  if (cap === 0n) throw new UsageError("--cap must be more than 0: it is the most that the key can ever spend.");
  const duration = positive("--days", options.days) * DAY;
  const { by } = options;
  if (by !== undefined && by !== "operator" && by !== "wallet") {
    throw new UsageError(`--by must be operator or wallet, not "${by}".`);
  }
  const stelai = await signedInAt(context, context.relayerUrl);
  const isSponsored = by === undefined ? (await stelai.relayer.getOperator()).sponsor.enabled : by === "operator";
  const how = { cap, duration, by: isSponsored ? "sponsored" : "transfer" } as const;
  const { id, key, hash, wait } = await stelai.budgetKeys.create({ name: name.trim(), ...how });
  context.say(`Setting ${credits(cap)} credits aside for it.`);
  const { budgetKey } = await wait().catch((error: unknown) => {
    // The key is lost with this process; its credits need not be.
    context.terminal.error(
      `The key ${id} was made, and its credits were sent for by ${hash}. Look with \`stelai keys list\`, ` +
        `and have what it holds come back: stelai keys revoke ${id}`,
    );
    throw error;
  });
  const baseUrl = `${context.relayerUrl}/v1`;
  context.print({ ...plain(budgetKey), key, baseUrl, transaction: hash }, () =>
    [
      facts([
        ["key", key],
        ["base URL", baseUrl],
        ["name", budgetKey.name],
        ["id", id],
        ["spends at most", `${credits(cap)} credits`],
        ["until", untilWords(budgetKey)],
        ["transaction", hash],
      ]),
      "",
      "Keep the key: it is not shown again. Whoever has it can spend what is left of its cap.",
      `To end it and have the rest back: stelai keys revoke ${id}`,
    ].join("\n"),
  );
}

/** `stelai keys list`: the account's keys with this operator, newest first, and what is left of each. */
export async function list(context: Context): Promise<void> {
  const stelai = await signedInAt(context, context.relayerUrl);
  const keys = await stelai.budgetKeys.list();
  const { address: account } = await context.signer();
  context.print({ account, keys: keys.map(plain) }, () =>
    keys.length === 0
      ? `${account} has no API key with this operator. Make one: stelai keys create <name> --cap <credits>`
      : table(
          ["id", "name", "begins with", "state", right("spent"), right("left"), "until", "last used"],
          keys.map((one) => [
            ...[one.id, one.name, one.prefix, stateWords(one)],
            ...[amount(one.tab?.spent), amount(leftOf(one)), untilWords(one)],
            one.lastUsedAt === null ? "never" : minute(one.lastUsedAt),
          ]),
        ),
  );
}

/** `stelai keys revoke`: ends a key at once and for good; what is left of it comes back. */
export async function revoke(context: Context, id: string): Promise<void> {
  if (!z.uuid().safeParse(id).success) {
    throw new UsageError(`"${id}" is no key's id. \`stelai keys list\` shows them; a key itself is never an argument.`);
  }
  const stelai = await signedInAt(context, context.relayerUrl);
  const known = (await stelai.budgetKeys.list()).find((one) => one.id === id);
  if (known === undefined) {
    const { address: account } = await context.signer();
    throw new CommandError(
      `${account} has no key ${id} with the operator at ${context.relayerUrl}. Nothing was revoked. ` +
        "`stelai keys list` shows the account's keys; --relayer names another operator.",
    );
  }
  const revoked = await stelai.budgetKeys.revoke({ id });
  context.print(plain(revoked), () =>
    facts([
      ["revoked", `${revoked.name} (${revoked.prefix}…)`],
      ["spent", `${amount(revoked.tab?.spent)} credits`],
      ["the rest", restWords(revoked)],
    ]),
  );
}

const right = (name: string) => ({ name, isRight: true }) as const;

function leftOf({ tab }: BudgetKey): bigint | undefined {
  return tab === null ? undefined : tab.cap - tab.spent;
}

function amount(micro: bigint | undefined): string {
  return credits(micro ?? 0n);
}

function stateWords({ state, tab }: BudgetKey): string {
  const isReturning = tab !== null && !tab.closed && (tab.closing || state === "revoked" || state === "expired");
  return isReturning ? `${state}, closing` : state;
}

function untilWords({ tab }: BudgetKey): string {
  return tab === null ? "—" : minute(new Date(Number(tab.expiry) * 1_000).toISOString());
}

function minute(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}

function restWords({ tab }: BudgetKey): string {
  if (tab === null) return "nothing was set aside for it";
  if (tab.closed) return "is back";
  if (tab.problem !== null) return `does not come back by itself: ${tab.problem}`;
  return "is on its way back, once what is being served is charged";
}

function plain({ tab, ...key }: BudgetKey) {
  const { id, name, prefix, state, operator, createdAt, lastUsedAt, revokedAt } = key;
  const money = tab && { capMicro: tab.cap, spentMicro: tab.spent, reservedMicro: tab.reserved };
  return {
    ...{ id, name, prefix, state, operator, createdAt, lastUsedAt, revokedAt },
    tab: tab && {
      ...{ tabId: tab.tabId, ...money, expirySeconds: tab.expiry },
      ...{ closing: tab.closing, closed: tab.closed, problem: tab.problem },
    },
  };
}
