/** Single payments by x402: the operators' receivers, what was paid to them, and who earned it. */
import { ponder } from "ponder:registry";
import schema from "ponder:schema";
import { whereOf } from "./chain.ts";
import { book, lineId } from "./ledger.ts";

ponder.on("OperatorReceivers:OperatorReceiverCreated", async ({ event, context }) => {
  const { operator, receiver } = event.args;
  await context.db.insert(schema.operatorReceiver).values({
    ...{ address: receiver, operator, payments: 0, received: 0n, distributed: 0n },
    ...whereOf(event),
  });
});

ponder.on("OperatorReceiver:Settled", async ({ event, context }) => {
  const { from: payer, nonce, value, passOf } = event.args;
  const { db } = context;
  const receiver = event.log.address;
  const { operator } = await db.update(schema.operatorReceiver, { address: receiver }).set((row) => ({
    ...{ payments: row.payments + 1, received: row.received + value },
    ...{ lastPayment: event.id, lastTransaction: event.transaction.hash },
  }));
  const bought = passOf === 0n ? null : passOf;
  await db.insert(schema.singlePayment).values({
    ...{ id: event.id, receiver, operator, payer, nonce, value, passOf: bought },
    ...whereOf(event),
  });
  await book(context, event, { account: payer, kind: "Payment", credits: -value, operator, characterId: bought });
});

ponder.on("OperatorReceiver:Distributed", async ({ event, context }) => {
  const { characterId, amount } = event.args;
  const { db } = context;
  const receiver = event.log.address;
  const { operator, lastPayment, lastTransaction } = await db
    .update(schema.operatorReceiver, { address: receiver })
    .set((row) => ({ distributed: row.distributed + amount }));
  const paymentId = lastTransaction === event.transaction.hash ? lastPayment : null;
  const earns = characterId === 0n ? null : characterId;
  await db.insert(schema.singlePaymentLine).values({
    ...{ id: event.id, paymentId, receiver, operator, characterId: earns, amount },
    ...whereOf(event),
  });
  if (paymentId === null || earns === null) return;
  // The payer's line says whom it went to.
  const told = { id: lineId(paymentId) };
  if ((await db.find(schema.ledgerLine, told)) === null) return;
  await db.update(schema.ledgerLine, told).set((row) => ({ characterId: row.characterId ?? earns }));
});
