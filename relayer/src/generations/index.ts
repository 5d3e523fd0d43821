import { randomBytes } from "node:crypto";
import { and, desc, eq, isNotNull, isNull, notInArray, sql } from "drizzle-orm";
import { type Address, getAddress, type Hex } from "viem";
import type { Config } from "../config.ts";
import type { ContentStore } from "../content/index.ts";
import { NotOwnerError, UnavailableError } from "../errors.ts";
import { InvalidApiKeyError } from "../keys/errors.ts";
import type { Logger } from "../log.ts";
import { VoucherRequiredError } from "../metering/errors.ts";
import type { Metering } from "../metering/index.ts";
import { keccak256 } from "../metering/keccak.ts";
import { ReservationLostError } from "../metering/ledger.ts";
import type { Reservation } from "../metering/requests.ts";
import type { Metrics } from "../metrics.ts";
import type { OperatorAccount } from "../operator.ts";
import type { PassUses } from "../passes/uses.ts";
import type { People } from "../people/index.ts";
import { feeOf } from "../pricing.ts";
import { type Database, type Store, tables } from "../store/index.ts";
import { Allowance } from "./allowance.ts";
import { Changes } from "./changes.ts";
import {
  BeingChargedError,
  CancelledError,
  GenerationLostError,
  QueuedOrNotError,
  WaitedTooLongError,
} from "./errors.ts";
import { EncryptedFiles } from "./files.ts";
import { Maker, type MakerOptions } from "./maker.ts";
import { type Endable, isBegun, isOpen, Queue } from "./queue.ts";
import { createReading } from "./reading.ts";
import { paymentOf, reservationOf, storeQuote, storeReservation } from "./rows.ts";
import { Secrets } from "./secrets.ts";
import type { Filter, GenerationRow, Generations, Order, QueuedPayments, Viewer } from "./types.ts";
import { Watching } from "./watching.ts";
import { failureOf, observe, Worker } from "./worker.ts";

const { budgetKeys, generations: table, requests, x402Payments } = tables;

/** How long it is waited for one that is being charged, before it is forgotten. */
const CHARGING_MS = 5_000;

export type GenerationsOptions = Omit<MakerOptions, "files" | "secrets" | "config" | "allowance" | "blocklist"> & {
  config: Config;
  store: Store;
  content: ContentStore;
  metering: Metering;
  people: Pick<People, "blocklist" | "quotas">;
  operator: Pick<OperatorAccount, "address">;
  uses: Pick<PassUses, "giveBack" | "dayOf">;
  /** Single payments, where the operator takes them. */
  payments: QueuedPayments | undefined;
  log: Logger;
  metrics: Metrics;
};

/** Generations over one database: the queue, the workers of this process, and what came of them. */
export function createGenerations(options: GenerationsOptions): Generations {
  const { config, store, content, metering, operator, people, uses, payments, media, log, metrics } = options;
  const { db } = store;
  const changes = new Changes();
  const files = new EncryptedFiles(content);
  const secrets = new Secrets(config);
  const allowance = new Allowance(people.quotas, config);
  const maker = new Maker({ ...options, blocklist: people.blocklist, allowance, files, secrets });
  const { instance } = metering;
  const queue = new Queue({ store, operator: operator.address, instance, limits: config });

  const discard = (row: GenerationRow): Promise<void> =>
    maker.discard(row).catch((error: unknown) => {
      // Without its key it is noise.
      log.warn({ generation: row.id, error }, "the file of a forgotten generation stays in the storage");
    });

  /** Ends one without a charge: what was held is let go of, and the use of a pass is given back. */
  const end = async (
    id: string,
    status: "failed" | "cancelled",
    error: unknown,
    of: Endable = "open",
  ): Promise<GenerationRow | undefined> => {
    const { code, message } = failureOf(error);
    const told = status === "failed" ? { errorCode: code, errorMessage: message } : NOTHING_TOLD;
    const giveBack = async (tx: Database, row: GenerationRow) => {
      const { pass, characterId } = row;
      // The engine worked for it: going away is no way to have it work for nothing.
      if (pass === null || (status === "cancelled" && isBegun(row))) return;
      await uses.giveBack({ characterId, account: pass.account as Address, day: BigInt(pass.day) }, tx);
    };
    const before = await queue.end(id, { status, ...told }, giveBack, of);
    if (before === undefined) return undefined;
    const reservation = reservationOf(before);
    if (reservation !== undefined) await metering.release({ reservation, error: { code, message } });
    const payment = paymentOf(before);
    // What the engine worked for and is not paid counts against who cancelled it, as what cannot be charged does.
    const isCancelled = status === "cancelled" && isBegun(before);
    if (payment !== undefined) await payments?.release(payment, code, isCancelled ? "payer" : "operator");
    await discard(before);
    changes.tell(id);
    observe({ metrics }, before, status);
    return before;
  };

  const worker = new Worker({
    ...{ config, queue, maker, metering, payments, changes, log, metrics },
    requirePayer: (reservation) => requireKey(db, operator.address, reservation),
    fail: async (row, error, of) => {
      await end(row.id, "failed", error, of ?? "own");
      log.info({ generation: row.id, modality: row.modality, code: failureOf(error).code }, "a generation failed");
    },
  });

  const isHere = eq(table.operator, operator.address);

  const find = async (id: string): Promise<GenerationRow | undefined> => {
    const [row] = await db
      .select()
      .from(table)
      .where(and(isHere, eq(table.id, id)));
    return row;
  };

  const cancel = async (id: string): Promise<GenerationRow | undefined> => {
    const ended = await end(id, "cancelled", new CancelledError());
    if (ended !== undefined) {
      worker.abort(id, new GenerationLostError());
      worker.nudge();
      log.info({ generation: id, modality: ended.modality }, "a generation was cancelled");
    }
    return find(id);
  };

  const { wait } = new Watching({ db, changes, find });

  const remove = async (id: string): Promise<void> => {
    const row = await cancel(id);
    // Its file is stored and it is being charged: that takes a moment, and then it is over.
    if (row !== undefined && isOpen(row)) await wait(id, CHARGING_MS, new AbortController().signal);
    const [gone] = await db
      .delete(table)
      .where(and(isHere, eq(table.id, id), notInArray(table.status, ["queued", "in_progress"])))
      .returning();
    if (gone !== undefined) {
      changes.tell(id);
      await discard(gone);
    } else if ((await find(id)) !== undefined) {
      throw new BeingChargedError();
    }
  };

  const { open } = createReading(files, secrets);

  const ofAccount = (account: Address) =>
    db
      .select()
      .from(table)
      .where(and(isHere, eq(table.account, getAddress(account))))
      .orderBy(desc(table.createdAt), desc(table.id));

  return {
    ...{ find, wait, cancel, remove, open, ofAccount },
    requireRoom: (requester) => queue.requireRoom(requester),
    requireAllowance: (requester) => allowance.require(requester),
    submit: async (order) => {
      const id = `gen_${randomBytes(16).toString("hex")}`;
      const values = {
        ...newRow(order, feeOf(config, order.character.modality), uses),
        id,
        ...sealedPrompt(secrets, id, order),
        engine: engineOf(media[order.character.modality]),
      };
      let row: GenerationRow;
      try {
        row = await queue.add(values, (tx) => requireHeld(tx, operator.address, order));
      } catch (error) {
        // The answer to a commit may be lost, and the generation in the queue all the same.
        const stored = await find(id).catch(() => {
          throw new QueuedOrNotError();
        });
        if (stored === undefined) throw error;
        row = stored;
      }
      log.info({ generation: id, modality: row.modality }, "a generation is queued");
      worker.nudge();
      return row;
    },
    findAsked: async (by) => {
      const asked =
        "tabId" in by
          ? and(eq(table.tabId, by.tabId), eq(table.requestId, by.requestId))
          : and(sql`coalesce(${table.account}, ${table.requester}) = ${by.owner}`, eq(table.requestKey, by.requestKey));
      const [row] = await db
        .select()
        .from(table)
        .where(and(isHere, asked, notInArray(table.status, ["failed", "cancelled"])));
      return row;
    },
    list: (viewer, filter) => list(db, operator.address, viewer, filter),
    ahead: async (row) => (row.status === "queued" ? queue.ahead(row) : 0),
    meteredOf: async ({ tabId, requestId }) =>
      tabId === null || requestId === null ? undefined : metering.meteredOf(tabId, requestId),
    promptOf: (row) => secrets.open(row.id, "prompt", row.prompt),
    publish: async (row) => {
      if (row.account === null) {
        throw new NotOwnerError(
          "Nobody was signed in when this was made, so nobody can publish it. Sign in, make it again.",
        );
      }
      const { bytes } = await open(row, "file");
      const cid = (await content.add(bytes)).toString();
      await db.update(table).set({ publicCid: cid }).where(eq(table.id, row.id));
      return cid;
    },
    forgetAccount: async (account) => {
      for (const { id } of await ofAccount(account)) await remove(id);
    },
    start: () => worker.start(),
    nudge: () => worker.nudge(),
    tend: async () => {
      const seconds = config.GENERATION_WAIT_SECONDS;
      for (const row of await queue.overdue(seconds)) {
        const tab = row.waitsFor === "voucher" && row.tabId !== null ? await metering.tabs.find(row.tabId) : undefined;
        const unsigned = tab === undefined ? undefined : new VoucherRequiredError(tab.cumulative, tab.exposureLimit);
        await end(row.id, "failed", unsigned ?? new WaitedTooLongError(seconds), "queued");
      }
      await worker.tend();
      const retention = sql`now() - make_interval(secs => ${config.UNOWNED_RETENTION_SECONDS})`;
      const unowned = await db
        .select({ id: table.id })
        .from(table)
        .where(and(isHere, isNull(table.account), isNotNull(table.endedAt), sql`${table.endedAt} < ${retention}`));
      for (const { id } of unowned) await remove(id);
      await queue.pruneTurns();
      const { turn, voucher } = await queue.waiting();
      metrics.generationsQueued.set({ waits_for: "turn" }, turn);
      metrics.generationsQueued.set({ waits_for: "voucher" }, voucher);
    },
    stop: () => worker.stop(),
  };
}

/** What a cancelled one says besides its status. */
const NOTHING_TOLD = { errorCode: null, errorMessage: null };

function engineOf({ name, label }: { name: string; label: string }) {
  return { name, label };
}

function sealedPrompt(secrets: Secrets, id: string, { prompt }: Order) {
  return { prompt: secrets.seal(id, "prompt", prompt), promptHash: keccak256(Buffer.from(prompt, "utf8")) };
}

function newRow(order: Order, feePerUnit: bigint, uses: Pick<PassUses, "dayOf">) {
  const { character, settings, bodyHash, requester, requestKey, reservation, payment, pass } = order;
  const account = order.account === undefined ? null : getAddress(order.account);
  return {
    ...{ requester, account, bodyHash, settings },
    tabId: reservation?.tabId ?? null,
    requestId: reservation?.id ?? null,
    requestKey: requestKey ?? null,
    reservation: reservation === undefined ? null : storeReservation(reservation),
    payment: payment ?? null,
    pass:
      pass === undefined || account === null ? null : { account, day: uses.dayOf(pass.use).toString(), use: pass.use },
    characterId: character.id,
    modality: character.modality,
    quote: storeQuote(order, feePerUnit),
    status: "queued" as const,
    waitsFor: "turn" as const,
  };
}

/** Under the locks that whoever lets go of it takes: from here on the generation names what is held. */
async function requireHeld(tx: Database, operator: Address, order: Order): Promise<void> {
  const { reservation, payment, account } = order;
  if (payment !== undefined && account !== undefined) await requirePayment(tx, operator, account, payment);
  if (reservation === undefined) return;
  const { tabId, id } = reservation;
  // Whoever revokes the key waits for this, and then finds it in the queue.
  await requireKey(tx, operator, reservation, "share");
  await tx.execute(sql`select tab_id from relayer.tabs where operator = ${operator} and tab_id = ${tabId} for update`);
  const [held] = await tx
    .select({ id: requests.id })
    .from(requests)
    .where(
      and(
        ...[eq(requests.operator, operator), eq(requests.tabId, tabId), eq(requests.id, id)],
        ...[eq(requests.status, "reserved"), isNotNull(requests.queue)],
      ),
    );
  if (held === undefined) throw new ReservationLostError(`request ${id} of tab ${tabId} was given up`);
}

/**
 * That the budget key which a reservation was signed for is still one.
 * @param lock Keeps it from being revoked until the SQL transaction ends.
 * @throws InvalidApiKeyError
 */
async function requireKey(
  db: Database,
  operator: Address,
  { tabId, signer }: Pick<Reservation, "tabId" | "signer">,
  lock?: "share",
): Promise<void> {
  const isIts = and(
    ...[eq(budgetKeys.operator, operator), eq(budgetKeys.tabId, tabId)],
    eq(budgetKeys.sessionAddress, signer.toLowerCase() as Address),
  );
  const asked = db.select({ revokedAt: budgetKeys.revokedAt }).from(budgetKeys).where(isIts);
  const [key] = await (lock === undefined ? asked : asked.for(lock));
  if (key !== undefined && key.revokedAt !== null) {
    throw new InvalidApiKeyError("This API key was revoked. Nothing was charged. Make another one.");
  }
}

/** That nobody let go of the single payment. @throws UnavailableError */
async function requirePayment(tx: Database, operator: Address, payer: Address, nonce: Hex): Promise<void> {
  const { status } = x402Payments;
  const isIt = and(
    ...[eq(x402Payments.operator, operator), eq(x402Payments.nonce, nonce)],
    eq(x402Payments.payer, payer.toLowerCase() as Address),
  );
  const [row] = await tx.select({ status }).from(x402Payments).where(isIt).for("share");
  if (row === undefined || row.status === "released" || row.status === "refused") {
    throw new UnavailableError("This payment was let go of meanwhile, and nothing was charged. Send the same again.");
  }
}

async function list(db: Database, operator: Address, viewer: Viewer, filter: Filter) {
  const { modality, status, characterId, before, limit } = filter;
  const rows = await db
    .select()
    .from(table)
    .where(
      and(
        eq(table.operator, operator),
        "account" in viewer ? eq(table.account, getAddress(viewer.account)) : eq(table.tabId, viewer.tabId),
        modality === undefined ? undefined : eq(table.modality, modality),
        status === undefined ? undefined : eq(table.status, status),
        characterId === undefined ? undefined : eq(table.characterId, characterId),
        before === undefined
          ? undefined
          : sql`(${table.createdAt}, ${table.id}) < (select b.created_at, b.id from relayer.generations b where b.operator = ${operator} and b.id = ${before})`,
      ),
    )
    .orderBy(desc(table.createdAt), desc(table.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  return { rows: shown, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}
