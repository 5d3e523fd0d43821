import type { Logger } from "../../log.ts";
import type { Accounts } from "../accounts.ts";
import { type Feed, notificationOf } from "./feed.ts";
import type { Mail } from "./mail.ts";
import type { Push } from "./push.ts";

const AT_ONCE = 50;
/** Accounts that are sent to at the same time: one with a slow push service does not keep the others waiting. */
const ACCOUNTS_AT_ONCE = 8;

type Row = Parameters<typeof notificationOf>[0];

export type DeliveryOptions = {
  feed: Feed;
  accounts: Pick<Accounts, "of">;
  push: Pick<Push, "send">;
  mail: Pick<Mail, "send">;
  log: Pick<Logger, "warn">;
};

/** Takes notifications from the feed to browsers and mailboxes, each once; what fails stays in the feed alone. */
export class Delivery {
  readonly #options: DeliveryOptions;
  #running: Promise<void> | undefined;
  #again = false;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    options.feed.onWritten = () => this.nudge();
  }

  /** Sends what waits, soon. */
  nudge(): void {
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Waits until what was begun is sent. */
  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    // After the transaction that wrote it.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#again) {
      this.#again = false;
      try {
        const rows = await this.#options.feed.takeUnsent(AT_ONCE);
        if (rows.length === AT_ONCE) this.#again = true;
        await this.#sendAll(rows);
      } catch (error) {
        this.#options.log.warn({ error }, "notifications wait to be sent");
      }
    }
  }

  /** Each account's in their order. */
  async #sendAll(rows: readonly Row[]): Promise<void> {
    const accounts = [...Map.groupBy(rows, ({ account }) => account).values()].values();
    const work = async () => {
      for (const own of accounts) for (const row of own) await this.#send(row);
    };
    await Promise.all(Array.from({ length: ACCOUNTS_AT_ONCE }, work));
  }

  async #send(row: Row): Promise<void> {
    const { accounts, push, mail, log } = this.#options;
    if ((await accounts.of(row.account))?.muted.includes(row.kind)) return;
    const notification = notificationOf(row);
    const sent = await Promise.allSettled([push.send(row.account, notification), mail.send(row.account, notification)]);
    for (const result of sent) {
      if (result.status === "rejected")
        log.warn({ error: result.reason, kind: row.kind }, "a notification was not sent");
    }
  }
}
