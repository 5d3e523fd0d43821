import { ponder } from "ponder:registry";
import schema from "ponder:schema";
import { whereOf } from "./chain.ts";

ponder.on("AccessManager:OperationScheduled", async ({ event, context }) => {
  const { operationId: operationHash, nonce, schedule, caller, target, data } = event.args;
  await context.db.insert(schema.scheduledOperation).values({
    ...{ operationHash, nonce: BigInt(nonce), id: event.id, target, data, caller, readyAt: BigInt(schedule) },
    ...whereOf(event),
  });
});

ponder.on("AccessManager:OperationExecuted", async ({ event, context }) => {
  const { operationId: operationHash, nonce } = event.args;
  const key = { operationHash, nonce: BigInt(nonce) };
  await context.db.update(schema.scheduledOperation, key).set({ executedAt: event.block.timestamp });
});

ponder.on("AccessManager:OperationCanceled", async ({ event, context }) => {
  const { operationId: operationHash, nonce } = event.args;
  const key = { operationHash, nonce: BigInt(nonce) };
  await context.db.update(schema.scheduledOperation, key).set({ cancelledAt: event.block.timestamp });
});
