import { type Context, type Event, ponder } from "ponder:registry";
import schema from "ponder:schema";
import type { Address } from "viem";
import { added, dayOf, earlierOf, named, WEI_PER_MICROCREDIT, whereOf } from "./chain.ts";
import { book } from "./ledger.ts";
import { addToAccount, addToCharacterDay, addToPayer, addToProtocol } from "./totals.ts";
import { Changes, enter, takeOut } from "./vesting.ts";

type Sold = Event<"CharacterAccess:PassBought"> | Event<"CharacterAccess:PassRenewed">;
type Cancelled = Event<"CharacterAccess:PassCancelled">;

ponder.on("CharacterAccess:PassBought", async ({ event, context }) => {
  await sell(context, event, event.args.payer, false);
});

ponder.on("CharacterAccess:PassRenewed", async ({ event, context }) => {
  await sell(context, event, event.args.account, true);
});

ponder.on("CharacterAccess:RenewalSet", async ({ event, context }) => {
  const { characterId, account } = event.args;
  const renewalPlan = named(schema.passPlan.enumValues, event.args.plan);
  await context.db
    .update(schema.passHolder, { characterId, account })
    .set({ renewalPlan, mandate: BigInt(event.args.mandate) });
});

ponder.on("CharacterAccess:PassCancelled", async ({ event, context }) => {
  const { db } = context;
  const { characterId, account, refund, kept } = event.args;
  const { timestamp } = event.block;
  await db
    .insert(schema.passCancellation)
    .values({ id: event.id, characterId, account, refund, kept, ...whereOf(event) });
  const { periods } = await db.update(schema.passHolder, { characterId, account }).set((row) => ({
    until: earlierOf(row.until, timestamp),
    mandate: 0n,
    refunded: row.refunded + refund,
  }));
  await endPeriods(context, event, periods);
  if (refund === 0n) return;
  await addToCharacterDay(context, event, characterId, { passesRefunded: refund });
  await db.update(schema.character, { id: characterId }).set((row) => added(row, { passesRefunded: refund }));
  await addToAccount(context, account, { passesRefunded: refund });
  await addToProtocol(context, event, { passesRefunded: refund });
  await book(context, event, { account, kind: "PassRefund", credits: refund * WEI_PER_MICROCREDIT, characterId });
});

ponder.on("CharacterAccess:Harvested", async ({ event, context }) => {
  const { characterId, amount } = event.args;
  const through = Number(event.args.through);
  await context.db.insert(schema.harvest).values({ id: event.id, characterId, amount, through, ...whereOf(event) });
  await context.db.update(schema.character, { id: characterId }).set((row) => added(row, { passesHarvested: amount }));
  await addToProtocol(context, event, { passesHarvested: amount });
});

/** Enters what was bought, given or renewed. */
async function sell(context: Context, event: Sold, paidBy: Address, renewal: boolean): Promise<void> {
  const { db } = context;
  // A receiver pays for who paid it.
  const isSingle = (await db.find(schema.operatorReceiver, { address: paidBy })) !== null;
  const payer = isSingle ? event.args.account : paidBy;
  const { characterId, account } = event.args;
  const { timestamp } = event.block;
  const plan = named(schema.passPlan.enumValues, event.args.plan);
  const lifetime = plan === "Lifetime";
  const price = BigInt(event.args.price);
  const until = BigInt(event.args.until);
  const monthly = BigInt(event.args.monthly);
  const gifted = payer !== account;
  const lastPlan = lifetime ? {} : { until, lastPlan: plan };
  const { periods: number } = await db
    .insert(schema.passHolder)
    .values({
      ...{ characterId, account, id: event.id, lifetime, until: 0n, ...lastPlan, renewalPlan: "Lifetime", mandate: 0n },
      ...{ since: timestamp, periods: 1, paid: price, refunded: 0n, gifted },
    })
    .onConflictDoUpdate((row) => ({
      ...lastPlan,
      ...added(row, { periods: 1, paid: price }),
      lifetime: row.lifetime || lifetime,
      gifted: row.gifted || gifted,
    }));
  await db.insert(schema.passPeriod).values({
    ...{ characterId, account, number, id: event.id, payer, plan, price, monthly, until, renewal },
    ...{ start: BigInt(event.args.start), refunded: 0n, kept: 0n, ...whereOf(event) },
  });
  const changes = new Changes();
  const today = dayOf(timestamp);
  if (plan === "Lifetime") changes.add(today, { atOnce: price });
  else enter(changes, { plan, price, monthly, until }, today);
  await changeDays(context, characterId, changes);

  const { payers, payersToday } = await addToPayer(context, event, { characterId, payer }, { passesPaid: price });
  await addToCharacterDay(context, event, characterId, { passesSold: price, payers: payersToday });
  await db
    .update(schema.character, { id: characterId })
    .set((row) => ({ ...added(row, { passesSold: price, payers }), lastPaidAt: timestamp }));
  await addToAccount(context, payer, { passesPaid: price });
  await addToProtocol(context, event, { passesSold: price });
  // The payment's own line tells of it.
  if (isSingle) return;
  const counterparty = gifted ? account : null;
  const credits = -price * WEI_PER_MICROCREDIT;
  await book(context, event, { account: payer, kind: "Pass", credits, characterId, counterparty });
}

/** Ends what a holder has of periods, from the last one back: those behind it end earlier or were ended before. */
async function endPeriods(context: Context, event: Cancelled, periods: number): Promise<void> {
  const { db } = context;
  const { characterId, account } = event.args;
  const { timestamp } = event.block;
  const suspended = (await db.find(schema.character, { id: characterId }))?.suspended ?? false;
  const changes = new Changes();
  for (let number = periods; number > 0; number--) {
    const key = { characterId, account, number };
    const row = await db.find(schema.passPeriod, key);
    if (row?.plan === "Lifetime") continue;
    if (!row || row.cancelledAt !== null || row.until <= timestamp) break;
    const { plan, price, monthly, until } = row;
    const { refunded, kept } = takeOut(changes, { plan, price, monthly, until }, { at: timestamp, suspended });
    await db.update(schema.passPeriod, key).set({ cancelledAt: timestamp, refunded, kept });
    // The holder has it back, but it was not the holder who had paid for a gift.
    await db
      .update(schema.characterPayer, { characterId, payer: row.payer })
      .set((paid) => added(paid, { passesRefunded: refunded }));
  }
  await changeDays(context, characterId, changes);
}

async function changeDays({ db }: Context, characterId: bigint, changes: Changes): Promise<void> {
  for (const [day, change] of changes) {
    await db
      .insert(schema.vestingDay)
      .values({ characterId, day, ...change })
      .onConflictDoUpdate((row) => added(row, change));
  }
}
