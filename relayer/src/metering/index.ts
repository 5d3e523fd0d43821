import { randomUUID } from "node:crypto";
import { decodeSettled } from "@stelai/sdk";
import { inferenceMeterAbi } from "@stelai/sdk/abis";
import type { Seal, Session, SignedVoucher } from "@stelai/sdk/wire";
import { and, eq } from "drizzle-orm";
import { type Address, decodeAbiParameters, type Hex, type RpcLog, toEventSelector } from "viem";
import type { Chain } from "../chain/index.ts";
import { addressTopic, type Watched } from "../chain/watcher.ts";
import type { Config } from "../config.ts";
import { NotFoundError, RelayerError } from "../errors.ts";
import { available } from "../http.ts";
import type { OperatorAccount } from "../operator.ts";
import type { Store } from "../store/index.ts";
import { receipts, requests, tabs } from "../store/schema/metering.ts";
import { Answers, type KeptAnswer } from "./answers.ts";
import { recoverSigner } from "./curve.ts";
import { type MeterDigests, meterDigests } from "./digest.ts";
import {
  RequestInProgressError,
  TabClosedError,
  TabExhaustedError,
  TabExpiredError,
  TabNotFoundError,
  VoucherRefusedError,
  VoucherRequiredError,
  WrongSessionKeyError,
} from "./errors.ts";
import { Ledger, type Metered, ReservationLostError } from "./ledger.ts";
import { receiptOf } from "./lines.ts";
import { type VerifiedPayment, verifySession } from "./payment.ts";
import { releaseAbandoned } from "./recovery.ts";
import type { Charge, Release, Reservation } from "./requests.ts";
import { LineLimitError, UnknownTabError } from "./rules.ts";
import { createTabBook, type TabBook, type TabRow } from "./tabs.ts";
import { createVoucherBook } from "./vouchers.ts";

/** A request that is held, or the answer that it had before. */
export type Admitted =
  | { kind: "held"; reservation: Reservation; payer: Address }
  | { kind: "served"; answer: KeptAnswer; metered: Metered };

/** What was delivered, in words of {@link Charge} with the answer still readable. */
export type Delivery = Omit<Charge, "answer"> & {
  /** What a repeated request gets again; left out where that is kept elsewhere. */
  answer?: KeptAnswer;
};

/** Tabs, vouchers and receipts of one operator (DESIGN section 5). */
export type Metering = {
  readonly digests: MeterDigests;
  /** This process among those on one database; it is dead once it did not {@link Metering.tend} for long. */
  readonly instance: string;
  readonly tabs: TabBook;
  /**
   * Holds the quoted maximum, or finds the answer that was given before.
   * @param refusal Why it is not served now, should it not have been served before.
   * @param how `isQueued` for what waits for its turn; `isOwn` says whose bonus credits do not pay for it; `acknowledge`
   * signs for what was served, where the operator holds the session key.
   * @throws the refusals of docs/PROTOCOL.md, "Errors"
   */
  admit(
    payment: VerifiedPayment,
    needed: bigint,
    refusal?: Error,
    how?: Pick<Reservation, "isQueued" | "isOwn"> & { acknowledge?: () => Promise<void> },
  ): Promise<Admitted>;
  /**
   * Begins to serve what waits in a queue, held before with `isQueued`: from now on it is exposure. Any process may; one
   * that was started before stays as it is.
   * @throws VoucherRequiredError, TabClosedError, TabExpiredError: it waits on; ReservationLostError
   */
  start(reservation: Reservation): Promise<void>;
  /** Has a queue's request wait again, as no exposure. @throws ReservationLostError */
  pause(reservation: Reservation): Promise<void>;
  /** The receipt of a request, and the base to sign from; undefined for one that was not charged. */
  meteredOf(tabId: bigint, id: Hex): Promise<Metered | undefined>;
  /** Charges what was delivered. */
  charge(delivery: Delivery): Promise<Metered>;
  /** Lets go of what was held for a request that delivered nothing. */
  release(release: Release): Promise<void>;
  acceptVoucher(signed: SignedVoucher): Promise<void>;
  /** Seals the newest voucher of the tab's base; undefined when nothing new is signed. */
  seal(tabId: bigint): Promise<Seal | undefined>;
  /** Keeps the session key's signature to close at what was served and signed; nothing is served from then on. */
  requestClose(tabId: bigint, total: bigint, signature: Hex): Promise<void>;
  /** The tab whose books a `Stelai-Session` header opens. */
  session(header: string): Promise<Session & { signer: string }>;
  /** Says that this process lives, gives up what dead ones held, forgets old answers. */
  tend(): Promise<void>;
  readonly watched: Watched;
  /** Tells of every tab with something newly charged that the operator can sign for itself: it is to. */
  onHeldCharge(listener: (tabId: bigint) => void): void;
};

export type MeteringOptions = { store: Store; chain: Chain; operator: OperatorAccount; config: Config };

const TAB_EVENTS = [
  ...["TabOpened", "TabBonus", "TabToppedUp", "TabExtended", "SessionKeyRotated", "TabCloseRequested", "TabClosed"],
];
const TAB_TOPICS = inferenceMeterAbi
  .filter((item) => item.type === "event")
  .filter((item) => TAB_EVENTS.includes(item.name))
  .map((item) => toEventSelector(item));
const OPENED = toEventSelector("TabOpened(address,uint64,address,address,uint40,uint64)");
const SETTLED = toEventSelector("Settled(address,bytes)");

/** Metering over one store and chain. */
export function createMetering({ store, chain, operator, config }: MeteringOptions): Metering {
  const instance = randomUUID();
  const now = () => chain.head().timestamp;
  const digests = meterDigests(chain.id, chain.contracts.InferenceMeter);
  const book = createTabBook(store, chain, operator.address, config);
  const listeners = new Set<(tabId: bigint) => void>();
  const ledger = new Ledger(store, operator, digests, instance, now, (tabId) => {
    for (const listener of listeners) listener(tabId);
  });
  const vouchers = createVoucherBook(store, book, operator, digests, now, (row) => ledger.remember(row));
  const answers = new Answers(store, config);
  const orphans: Release[] = [];

  const chargedBefore = async (tabId: bigint, id: Hex) => {
    const [row] = await store.db
      .select({ request: requests, receipt: receipts, base: tabs.base })
      .from(requests)
      .innerJoin(
        receipts,
        and(
          eq(receipts.operator, requests.operator),
          eq(receipts.tabId, requests.tabId),
          eq(receipts.sequence, requests.sequence),
        ),
      )
      .innerJoin(tabs, and(eq(tabs.operator, requests.operator), eq(tabs.tabId, requests.tabId)))
      .where(and(eq(requests.operator, operator.address), eq(requests.tabId, tabId), eq(requests.id, id)));
    if (row === undefined) return undefined;
    const receipt = { receipt: receiptOf(row.receipt), signature: row.receipt.signature };
    return { answer: row.request.answer, metered: { receipt, base: row.base } };
  };

  const servedBefore = async (tabId: bigint, id: Hex): Promise<Admitted> => {
    const before = await chargedBefore(tabId, id);
    if (before === undefined || before.answer === null) {
      throw new NotFoundError("This was answered and charged once, and the answer is not kept any more. Use a new id.");
    }
    return { kind: "served", answer: answers.open(tabId, id, before.answer), metered: before.metered };
  };

  return {
    ...{ digests, instance },
    tabs: book,
    watched: watchTabs(book, chain, operator.address),
    onHeldCharge: (listener) => listeners.add(listener),

    admit: async (payment, needed, refusal, { acknowledge, ...how } = {}) => {
      const { tabId, id, bodyHash, characterId, termsVersion, maxCost, deadline, signature, structHash, signer } =
        payment;
      const reservation: Reservation = {
        ...{
          tabId,
          id,
          bodyHash,
          characterId,
          termsVersion,
          maxCost,
          deadline,
          signature,
          structHash,
          signer,
          needed,
          refusal,
        },
        ...how,
      };
      let isRefreshed = false;
      for (let attempt = 0; ; attempt += 1) {
        try {
          const admission = await ledger.reserve(reservation);
          if (admission.kind === "served") return await servedBefore(tabId, id);
          // Nothing was held under this id before, so nothing is left to let go of.
          const unheld = orphans.filter(({ reservation: one }) => one.tabId !== tabId || one.id !== id);
          orphans.splice(0, orphans.length, ...unheld);
          return { kind: "held", reservation, payer: admission.payer };
        } catch (error) {
          if (mayBeHeld(error)) orphans.push({ reservation, error: INTERRUPTED });
          if (mayBeOutdated(error) && !isRefreshed) {
            isRefreshed = true;
            // Out of reach, it is refused by what is known.
            await book.refresh(tabId).catch(() => undefined);
            continue;
          }
          if (attempt >= 2) throw error;
          if (error instanceof UnknownTabError) {
            const tab = await available("The chain", book.sync(tabId));
            if (tab === undefined) throw new TabNotFoundError(tabId);
          } else if (error instanceof LineLimitError) {
            await acknowledge?.();
            if ((await vouchers.seal(tabId)) === undefined) throw await unsigned(book, tabId);
          } else {
            throw error;
          }
        }
      }
    },

    charge: ({ answer, ...delivery }) => {
      const { tabId, id } = delivery.reservation;
      return ledger.charge({ ...delivery, answer: answer === undefined ? null : answers.seal(tabId, id, answer) });
    },
    start: (reservation) => ledger.start(reservation),
    pause: (reservation) => ledger.pause(reservation),
    meteredOf: async (tabId, id) => (await chargedBefore(tabId, id))?.metered,
    release: async (release) => {
      try {
        await ledger.release(release);
      } catch (error) {
        // Held by a living process, so nobody else gives it up: again with the next tend().
        if (!(error instanceof ReservationLostError)) orphans.push(release);
      }
    },
    acceptVoucher: (signed) => vouchers.accept(signed),
    seal: (tabId) => vouchers.seal(tabId),
    session: (header) => verifySession(header, operator.address, digests, now()),

    requestClose: async (tabId, total, signature) => {
      const signer = await recoverSigner(digests.of("Close", { operator: operator.address, tabId, total }), signature);
      if ((await book.find(tabId, signer)) === undefined) throw new TabNotFoundError(tabId);
      await store.transaction(async (tx) => {
        const key = and(eq(tabs.operator, operator.address), eq(tabs.tabId, tabId));
        const [tab] = await tx.select().from(tabs).where(key).for("update");
        if (tab === undefined) throw new TabNotFoundError(tabId);
        checkClose(tab, total, signer);
        await tx.update(tabs).set({ closeTotal: total, closeSignature: signature }).where(key);
      });
    },

    tend: async () => {
      for (const release of orphans.splice(0)) {
        await ledger.release(release).catch((error: unknown) => {
          if (!(error instanceof ReservationLostError)) orphans.push(release);
        });
      }
      await releaseAbandoned(store, operator.address, instance);
      await answers.prune();
    },
  };
}

/** What a request says of itself when the database's answer to holding it was lost. */
const INTERRUPTED = {
  code: "unavailable",
  message: "The operator could not reach its storage. Nothing was charged.",
};

/** Whether a reservation may have been written although this came back: the database's answer was lost. */
function mayBeHeld(error: unknown): boolean {
  return !(error instanceof RelayerError || error instanceof UnknownTabError || error instanceof LineLimitError);
}

/** Whether what the payer just did on the chain may make it wrong: rotated, extended, topped up, opened anew. */
function mayBeOutdated(error: unknown): boolean {
  return [WrongSessionKeyError, TabExpiredError, TabExhaustedError, TabClosedError].some((one) => error instanceof one);
}

function checkClose(tab: TabRow, total: bigint, signer: string | undefined): void {
  if (tab.closed) throw new TabClosedError(tab.tabId);
  // What is signed is never settled in full, so the chain alone closes it, when the payer asks.
  if (tab.broken !== null) throw new TabClosedError(tab.tabId, tab.broken);
  if (signer !== tab.sessionKey.toLowerCase()) throw new VoucherRefusedError("bad_signature");
  if (tab.inFlight > 0) throw new RequestInProgressError("A request is being served. Close when it has ended.");
  if (tab.signed < tab.cumulative) throw new VoucherRequiredError(tab.cumulative, tab.exposureLimit);
  if (total !== tab.cumulative) throw new VoucherRefusedError("total_differs");
}

async function unsigned(book: TabBook, tabId: bigint): Promise<Error> {
  const tab = await book.find(tabId);
  return tab === undefined ? new TabNotFoundError(tabId) : new VoucherRequiredError(tab.cumulative, tab.exposureLimit);
}

/** Reads a tab again when the chain says that it changed, and a new one before it is first used. */
function watchTabs(book: TabBook, chain: Chain, operator: Address): Watched {
  return {
    address: chain.contracts.InferenceMeter,
    topics: [[...TAB_TOPICS, SETTLED], addressTopic(operator)],
    onChange: async ({ added, removed }) => {
      const touched = new Set([...added, ...removed].flatMap(tabsIn));
      const opened = added.filter((log) => log.topics[0] === OPENED).flatMap(tabsIn);
      const known = await book.known([...touched]);
      for (const tabId of new Set([...known, ...opened])) await book.sync(tabId, removed.length > 0);
    },
  };
}

function tabsIn(log: RpcLog): bigint[] {
  if (log.topics[0] !== SETTLED) return [BigInt(log.topics[2] ?? "0x0")];
  const [rows] = decodeAbiParameters([{ type: "bytes" }], log.data);
  return decodeSettled(rows).map((row) => row.tabId);
}
