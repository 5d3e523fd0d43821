import { type Hash, isAddressEqual, type PublicClient, parseEventLogs, type TransactionReceipt } from "viem";
import type { Deployment } from "../deployments.ts";
import { StelaiError } from "../errors/base.ts";
import { characterAccessAbi, operatorReceiverAbi, stelaiAbi } from "../generated/abis.ts";
import { WEI_PER_MICROCREDIT } from "../pricing.ts";
import type { X402Line, X402Record } from "../wireX402.ts";
import { requireReceiver } from "./receivers.ts";

/** Thrown when a bill says something else than the chain. */
export class PaymentAuditError extends StelaiError {
  override readonly name = "PaymentAuditError";
  constructor(what: string) {
    super(`The bill is not what the chain has: ${what}.`, "Ask the operator, and keep the bill.", {
      moneyMoved: "unknown",
    });
  }
}

export type AuditPaymentParameters = {
  deployment: Deployment;
  client: Pick<PublicClient, "readContract" | "getTransactionReceipt">;
  /** As {@link fetchPayment} gives it. */
  record: Pick<
    X402Record,
    "payer" | "nonce" | "value" | "lines" | "passOf" | "payTo" | "transaction" | "by" | "brought"
  >;
};

/**
 * Holds an operator's bill of a payment against the chain: paid by its payer's authorization to a genuine receiver, and
 * all of it earned by the lines that the bill names. One that somebody else had brought to the receiver was paid in another
 * transaction than it was distributed in. A distribution names no payment: two bills of the same lines that name the same
 * one are not both true.
 * @throws PaymentAuditError saying what differs; NotAReceiverError; viem's errors when the chain cannot be asked.
 *
 * @example
 * ```ts
 * const record = await fetchPayment({ relayer: relayerUrl, payer, nonce: salt });
 * if (record) await auditPayment({ deployment, client: publicClient, record });
 * ```
 */
export async function auditPayment({ deployment, client, record }: AuditPaymentParameters): Promise<void> {
  const { value, lines, passOf, payTo, transaction, by } = record;
  if (transaction === null) throw new PaymentAuditError("it is not settled");
  // The price of a pass goes to its character beside the lines.
  const sum = lines.reduce((total, { amount }) => total + amount, 0n);
  if (passOf === null ? sum !== value : sum >= value) {
    throw new PaymentAuditError(`its lines sum to ${sum} wei of ${value}`);
  }
  await requireReceiver({ deployment, client }, payTo);
  const receipt = await receiptOf(client, transaction);
  if (by === "distribute") await requireBrought({ deployment, client, record }, receipt);
  else requireSettled(record, receipt);
  const earned: X402Line[] = eventsOf(receipt, payTo).flatMap((event) =>
    event.eventName === "Distributed" ? [event.args] : [],
  );
  if (textOf(earned) !== textOf(lines)) throw new PaymentAuditError("its lines are others");
}

type Bill = AuditPaymentParameters["record"];

function requireSettled({ payTo, payer, nonce, value, passOf }: Bill, receipt: TransactionReceipt): void {
  const settled = settledIn(receipt, { payTo, payer, nonce });
  if (settled === undefined) throw new PaymentAuditError("its transaction settles another payment");
  if (settled.args.value !== value) throw new PaymentAuditError(`${settled.args.value} wei were paid, not ${value}`);
  if (settled.args.passOf !== (passOf ?? 0n)) throw new PaymentAuditError("another pass was bought");
}

/** What somebody else brought to the receiver: by the payer's authorization, all of it, before it was distributed. */
async function requireBrought(
  { deployment: { contracts }, client, record }: AuditPaymentParameters,
  distributed: TransactionReceipt,
): Promise<void> {
  const { payer, nonce, value, lines, payTo, passOf, brought } = record;
  if (brought == null) throw new PaymentAuditError("it does not say in which transaction it was paid");
  const receipt = await receiptOf(client, brought);
  if (receipt.blockNumber > distributed.blockNumber)
    throw new PaymentAuditError("it was distributed before it was paid");
  if (settledIn(receipt, record) !== undefined) throw new PaymentAuditError("it was settled, and not distributed");
  const events = parseEventLogs({ abi: stelaiAbi, logs: receipt.logs }).filter(({ address }) =>
    isAddressEqual(address, contracts.Stelai),
  );
  const used = events.find(
    ({ eventName, args }) =>
      eventName === "AuthorizationUsed" && args.nonce === nonce && isAddressEqual(args.authorizer, payer),
  );
  // The transfer is the token's next event: others of the same transaction are of other payments.
  const moved = events.find(({ logIndex }) => used !== undefined && logIndex === used.logIndex + 1);
  const isPaid =
    moved?.eventName === "Transfer" &&
    isAddressEqual(moved.args.from, payer) &&
    isAddressEqual(moved.args.to, payTo) &&
    moved.args.value === value;
  if (!isPaid) throw new PaymentAuditError(`transaction ${brought} does not pay it`);
  if (passOf === null) return;
  const bought = parseEventLogs({ abi: characterAccessAbi, eventName: "PassBought", logs: distributed.logs });
  // What the lines leave of it.
  const price = lines.reduce((rest, { amount }) => rest - amount, value);
  const isBought = bought.some(
    ({ address, args }) =>
      isAddressEqual(address, contracts.CharacterAccess) &&
      args.characterId === passOf &&
      isAddressEqual(args.account, payer) &&
      BigInt(args.price) * WEI_PER_MICROCREDIT === price,
  );
  if (!isBought) throw new PaymentAuditError("its payer was given no such pass at its price");
}

async function receiptOf(client: AuditPaymentParameters["client"], hash: Hash): Promise<TransactionReceipt> {
  const receipt = await client.getTransactionReceipt({ hash });
  if (receipt.status !== "success") throw new PaymentAuditError(`transaction ${hash} was reverted`);
  return receipt;
}

function eventsOf({ logs }: TransactionReceipt, receiver: Bill["payTo"]) {
  const own = logs.filter(({ address }) => isAddressEqual(address, receiver));
  return parseEventLogs({ abi: operatorReceiverAbi, logs: own });
}

function settledIn(receipt: TransactionReceipt, { payTo, payer, nonce }: Pick<Bill, "payTo" | "payer" | "nonce">) {
  return eventsOf(receipt, payTo)
    .filter((event) => event.eventName === "Settled")
    .find(({ args }) => args.nonce === nonce && isAddressEqual(args.from, payer));
}

function textOf(lines: readonly X402Line[]): string {
  return lines.map(({ characterId, amount }) => `${characterId}:${amount}`).join(" ");
}
