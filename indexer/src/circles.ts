/** Allow lists and invites of private characters. */
import { type Context, ponder } from "ponder:registry";
import schema from "ponder:schema";
import type { Address, Hex } from "viem";
import { whereOf } from "./chain.ts";
import { change, log, type Told } from "./characters.ts";

ponder.on("Characters:AllowListChanged", async ({ event, context }) => {
  const { accounts, allowed } = event.args;
  if (accounts.length > 0) await list(context, event, accounts, { allowed, byInvite: false });
  await change(context, event, {}, { kind: "AllowList", value: String(accounts.length), enabled: allowed });
});

ponder.on("Characters:AllowListCleared", async ({ event, context }) => {
  const generation = (await generationOf(context, event)) + 1n;
  await change(context, event, { listGeneration: generation }, { kind: "AllowListCleared", value: String(generation) });
});

ponder.on("Characters:InviteRedeemed", async ({ event, context }) => {
  const { account, invite } = event.args;
  await keepInvite(context, event, invite, account);
  await list(context, event, [account], { allowed: true, byInvite: true });
  await log(context, event, { kind: "InviteRedeemed", value: account });
});

ponder.on("Characters:InviteRevoked", async ({ event, context }) => {
  const { invite } = event.args;
  await keepInvite(context, event, invite, null);
  await change(context, event, {}, { kind: "InviteRevoked", value: invite });
});

ponder.on("Characters:InvitesRevoked", async ({ event, context }) => {
  const { generation } = event.args;
  await change(context, event, { inviteGeneration: generation }, { kind: "InvitesRevoked", value: String(generation) });
});

/** Puts accounts on the allow list, or takes them off; who is on it already stays as it is. */
async function list(
  context: Context,
  event: Told,
  accounts: readonly Address[],
  { allowed, byInvite }: { allowed: boolean; byInvite: boolean },
): Promise<void> {
  const { characterId } = event.args;
  const generation = await generationOf(context, event);
  const since = event.block.timestamp;
  const rows = accounts.map((account, place) => {
    const id = `${event.id}-${String(place).padStart(5, "0")}`;
    return { characterId, account, id, allowed, generation, byInvite, since };
  });
  const places = new Map(rows.map(({ account, id }) => [account, id]));
  await context.db
    .insert(schema.circleMember)
    .values(rows)
    .onConflictDoUpdate((row) => {
      if (row.allowed === allowed && row.generation === generation) return {};
      return { id: places.get(row.account) ?? row.id, allowed, generation, byInvite, since };
    });
}

async function generationOf({ db }: Context, event: Told): Promise<bigint> {
  return (await db.find(schema.character, { id: event.args.characterId }))?.listGeneration ?? 0n;
}

/** What happened to an invite first is what became of it: later revocations change nothing. */
async function keepInvite({ db }: Context, event: Told, invite: Hex, account: Address | null): Promise<void> {
  const { characterId } = event.args;
  const state = account === null ? "Revoked" : "Redeemed";
  await db
    .insert(schema.invite)
    .values({ characterId, invite, id: event.id, state, account, ...whereOf(event) })
    .onConflictDoNothing();
}
