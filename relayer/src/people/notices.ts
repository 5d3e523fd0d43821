import type { NotificationKind } from "@stelai/sdk/wire";
import type { Address } from "viem";

/** Something that an account is told: an entry of its feed, and what is sent by push and mail. */
export type Notice = {
  /** The same notice has the same key: however often it comes, it is told once. */
  key: string;
  account: Address;
  kind: NotificationKind;
  characterId: bigint | null;
  /** The work it is about, if it is about one. */
  workId?: bigint;
  /** What it is about, by kind; amounts in microcredits and times in unix seconds as decimal strings. */
  data: Readonly<Record<string, string | number | null>>;
};

/** Tells accounts what concerns them. */
export type Notices = {
  /** Keeps the notice and sends it where the account wants it; a throw is tried again by who told it. */
  tell(notice: Notice): Promise<void>;
};

/** Which pass a notice is about, and when its period ends or ended (chain time). */
type OfPass = { account: Address; characterId: bigint; until: bigint };

/** A renewal will happen in three days or less: what it costs at the price now, and what was agreed to. */
export function renewalDue(
  pass: OfPass,
  { plan, price, mandate, problem }: { plan: string; price: bigint; mandate: bigint; problem: string | null },
): Notice {
  const data = { plan, price: String(price), mandate: String(mandate), problem };
  return notice("renewal_due", pass, { until: String(pass.until), ...data });
}

/** It was renewed, for what, and is good until its new end. */
export function renewed(
  pass: OfPass,
  { plan, price, transaction }: { plan: string; price: bigint; transaction: string },
): Notice {
  return notice("renewed", pass, { until: String(pass.until), plan, price: String(price), transaction });
}

/** It could not be renewed; `reason` as `RenewalStatus` names it. It is tried again until it lapses. */
export function renewalFailed(pass: OfPass, reason: string): Notice {
  return notice("renewal_failed", pass, { until: String(pass.until), reason });
}

/** What was paid for is over, and nothing was agreed to for the time after. */
export function passEnded(pass: OfPass): Notice {
  return notice("pass_ended", pass, { until: String(pass.until) });
}

/** Feedback was read: `state` is what a moderator decided, `note` what they say of it. Told again when that changes. */
export function feedbackDecided(
  account: Address,
  { id, state, note }: { id: string; state: "accepted" | "declined"; note: string },
): Notice {
  const data = { id, state, note: note === "" ? null : note };
  return { key: `feedback_decided:${id}:${state}`, account, kind: "feedback_decided", characterId: null, data };
}

function notice(kind: NotificationKind, { account, characterId, until }: OfPass, data: Notice["data"]): Notice {
  return { key: `${kind}:${characterId}:${account.toLowerCase()}:${until}`, account, kind, characterId, data };
}
