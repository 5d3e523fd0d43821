import { type Context, type Event, ponder } from "ponder:registry";
import schema from "ponder:schema";
import { type Address, type Hex, hexToBigInt } from "viem";
import { dayOf, payeeHex, whereOf } from "./chain.ts";
import { book, enter } from "./ledger.ts";
import { earnedByLicence, earnedByResale } from "./resale.ts";
import { addToPayee, addToProtocol, creditPayee, PROTOCOL } from "./totals.ts";

ponder.on("InferenceMeter:Collected", async ({ event, context }) => {
  const { characterId, operator, amount } = event.args;
  const isFee = characterId === 0n;
  await context.db.insert(schema.collection).values({
    id: event.id,
    characterId: isFee ? null : characterId,
    operator: isFee ? operator : null,
    amount,
    ...whereOf(event),
  });
  if (isFee) {
    await context.db
      .update(schema.operator, { address: operator })
      .set((row) => ({ feesCollected: row.feesCollected + amount }));
  } else {
    await context.db
      .update(schema.character, { id: characterId })
      .set((row) => ({ collected: row.collected + amount }));
  }
  await addToProtocol(context, event, { collected: amount });
});

ponder.on("Payouts:Earned", async ({ event, context }) => {
  const { source, ref, amount: gross, commission } = event.args;
  const payee = payeeHex(event.args.payee);
  const net = gross - commission;
  const by = await sourceOf(context, event, payee);
  await context.db.insert(schema.earning).values({
    id: event.id,
    payee,
    source,
    ref,
    ...by,
    gross,
    commission,
    net,
    day: dayOf(event.block.timestamp),
    ...whereOf(event),
  });
  await creditPayee(context, event, payee, { gross, commission, net });
  await addToProtocol(context, event, { earned: gross, commission });
  if (commission === 0n) return;
  const known = (await context.db.find(schema.protocol, PROTOCOL))?.treasury;
  const treasury =
    known ??
    (await context.client.readContract({
      abi: context.contracts.Payouts.abi,
      address: context.contracts.Payouts.address,
      functionName: "treasury",
    }));
  if (!known) await context.db.update(schema.protocol, PROTOCOL).set({ treasury });
  await addToPayee(context, treasury, { commissionIn: commission });
});

ponder.on("Payouts:SplitRegistered", async ({ event, context }) => {
  const id = payeeHex(event.args.split);
  const { shares } = event.args;
  await context.db
    .insert(schema.split)
    .values({ id, shareCount: shares.length, registrant: event.transaction.from, ...whereOf(event) });
  const rows = shares.map(({ recipient, bps }, position) => ({
    split: id,
    recipient: payeeHex(recipient),
    position,
    bps,
    flowed: 0n,
  }));
  await context.db.insert(schema.splitShare).values(rows);
});

ponder.on("Payouts:Flowed", async ({ event, context }) => {
  const { amount } = event.args;
  const split = payeeHex(event.args.split);
  const recipient = payeeHex(event.args.recipient);
  await context.db.insert(schema.splitFlow).values({ id: event.id, split, recipient, amount, ...whereOf(event) });
  await context.db.update(schema.splitShare, { split, recipient }).set((row) => ({ flowed: row.flowed + amount }));
  await addToPayee(context, split, { flowedOut: amount });
  await creditPayee(context, event, recipient, { flowedIn: amount });
});

ponder.on("Payouts:Claimed", async ({ event, context }) => {
  const { account, to, amount, redeemed } = event.args;
  await context.db.insert(schema.claim).values({ id: event.id, account, to, amount, redeemed, ...whereOf(event) });
  await addToPayee(context, payeeHex(BigInt(account)), { claimed: amount, redeemed });
  await addToProtocol(context, event, { claimed: amount, claimRedeemed: redeemed });
  if (redeemed === 0n && to === account) return book(context, event, { account, kind: "Earned", credits: amount });
  // It never was the account's to hold: what came went at once.
  await enter(context, event, { account, kind: "Earned", credits: amount });
  const counterparty = to === account ? null : to;
  const gone = { account, credits: -amount, counterparty };
  if (redeemed !== 0n) return enter(context, event, { ...gone, kind: "Redeemed", usdc: redeemed }, 1);
  await enter(context, event, { ...gone, kind: "Sent" }, 1);
  await book(context, event, { account: to, kind: "Received", credits: amount, counterparty: account }, 2);
});

ponder.on("Payouts:CommissionSet", async ({ event, context }) => {
  const { source, bps } = event.args;
  const since = event.block.timestamp;
  await context.db.insert(schema.commissionChange).values({ id: event.id, source, bps, ...whereOf(event) });
  await context.db.insert(schema.commission).values({ source, bps, since }).onConflictDoUpdate({ bps, since });
});

/** A receiver's lines name the character that earns; zero is its operator's own. */
async function singlePaymentTo({ db }: Context, source: Address, ref: Hex) {
  const receiver = await db.find(schema.operatorReceiver, { address: source });
  if (receiver === null) return { kind: "Other" as const };
  const characterId = hexToBigInt(ref);
  const { operator } = receiver;
  return { kind: "Payment" as const, operator, ...(characterId === 0n ? {} : { characterId }) };
}

/** What was earned by, and what of: the contract that paid it in says how its `ref` is to be read. */
async function sourceOf(context: Context, { args }: Event<"Payouts:Earned">, payee: Hex) {
  const { InferenceMeter, CharacterAccess, Licenses, Resale } = context.contracts;
  const { source, ref, amount } = args;
  switch (source) {
    case InferenceMeter.address: {
      // Zero is the operator's own fee.
      const characterId = hexToBigInt(ref);
      return characterId === 0n ? { kind: "Fee" as const, operator: payee } : { kind: "Metered" as const, characterId };
    }
    case CharacterAccess.address:
      return { kind: "Passes" as const, characterId: hexToBigInt(ref) };
    case Licenses.address:
      return earnedByLicence(context, ref, amount);
    case Resale.address:
      return earnedByResale(context, ref, amount);
    default:
      return singlePaymentTo(context, source, ref);
  }
}
