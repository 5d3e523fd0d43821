import type { Subscriber } from "@stelai/sdk";
import { csv } from "../../statement/csv.ts";

const COLUMNS = [
  "account",
  "active",
  "lifetime",
  "since",
  "until",
  "renews_as",
  "renews_at_most_microcredits",
  "paid_microcredits",
  "refunded_microcredits",
] as const;

const moment = (seconds: bigint) => (seconds === 0n ? "" : new Date(Number(seconds) * 1000).toISOString());

/**
 * Subscribers as a table for a spreadsheet (RFC 4180); times in UTC, amounts in whole microcredits. The column names
 * are part of the format and stay in English.
 */
export function subscribersCsv(subscribers: readonly Subscriber[]): string {
  return csv(
    COLUMNS,
    subscribers.map(({ account, active, lifetime, since, until, plan, mandate, paid, refunded }) => ({
      account,
      active: active ? "yes" : "no",
      lifetime: lifetime ? "yes" : "no",
      since: moment(since),
      until: lifetime ? "" : moment(until),
      renews_as: mandate > 0n ? (plan ?? "") : "",
      renews_at_most_microcredits: mandate,
      paid_microcredits: paid,
      refunded_microcredits: refunded,
    })),
  );
}
