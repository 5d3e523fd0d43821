import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import type { Notification, NotificationKind } from "@stelai/sdk/wire";
import { and, eq, gt } from "drizzle-orm";
import { createTransport } from "nodemailer";
import { type Address, type Hex, hexToBytes, isAddress } from "viem";
import { InvalidRequestError, NotFoundError } from "../../errors.ts";
import { type Database, tables } from "../../store/index.ts";
import { DailyLimitError } from "../errors.ts";
import type { Quotas } from "../quotas.ts";
import type { Vault } from "../vault.ts";
import { wordsOf } from "./words.ts";

const { mailAddresses } = tables;

const CONFIRM_MS = 86_400_000;
/** What a holder or buyer must not miss: strangers' doings, however many, do not use up the mails for it. */
const NOT_TO_MISS: ReadonlySet<NotificationKind> = new Set([
  ...(["renewal_due", "renewal_failed", "pass_ended"] as const),
  ...(["licence_delivered", "licence_refunded", "licence_disputed"] as const),
  ...(["plan_renewed", "plan_refused", "topped_up", "topup_refused", "bonus_lapsing"] as const),
]);
/** Mails a day: notifications of passes and others to one account, links to confirm of one account and to one address. */
const NOTIFICATIONS_PER_DAY = 20n;
const CONFIRMATIONS_PER_ACCOUNT = 5n;
const CONFIRMATIONS_PER_ADDRESS = 3n;

const FORM = /^[^\s@<>"(),:;\\[\]]{1,64}@[^\s@<>"(),:;\\[\]]+\.[^\s@<>"(),:;\\[\]]{2,}$/;

/** A mail as it is sent. */
type Letter = { to: string; subject: string; text: string; headers?: Record<string, string> };

export type MailOptions = {
  db: Database;
  vault: Vault;
  quotas: Pick<Quotas, "take">;
  masterKey: Hex;
  /** The mail server and the sender; without them no mail is sent. */
  smtpUrl: string | undefined;
  from: string | undefined;
  /** Where this relayer and the dApp are reached: the base of links. */
  publicUrl: string;
  webUrl: string;
};

/** Notifications by mail, to addresses that were confirmed. */
export class Mail {
  readonly #options: MailOptions;
  readonly #secret: Buffer;
  readonly #transport: ReturnType<typeof createTransport> | undefined;

  constructor(options: MailOptions) {
    this.#options = options;
    this.#secret = Buffer.from(hkdfSync("sha256", hexToBytes(options.masterKey), "stelai relayer", "mail", 32));
    const { smtpUrl, from } = options;
    this.#transport = smtpUrl === undefined || from === undefined ? undefined : createTransport(smtpUrl, { from });
  }

  get isEnabled(): boolean {
    return this.#transport !== undefined;
  }

  /**
   * Has notifications sent to an address, once the link in a first mail was opened; null ends it.
   * @throws InvalidRequestError when it is no address, or no mail is sent here; DailyLimitError
   */
  async set(account: Address, address: string | null): Promise<void> {
    const { db, vault, quotas, publicUrl } = this.#options;
    if (address === null) return this.forget(account);
    if (!this.isEnabled) throw new InvalidRequestError("This operator sends no mail.", "address");
    if (address.length > 254 || !FORM.test(address)) {
      throw new InvalidRequestError("address: must be a mail address.", "address");
    }
    const now = await this.of(account);
    if (now?.isConfirmed === true && now.address === address) return;
    const subject = createHmac("sha256", this.#secret).update(address.toLowerCase()).digest("hex");
    await quotas.take(
      [
        { scope: "mail.account", subject: account, amount: 1n, limit: CONFIRMATIONS_PER_ACCOUNT },
        { scope: "mail.address", subject, amount: 1n, limit: CONFIRMATIONS_PER_ADDRESS },
      ],
      "As many links as we send in a day were sent already. Look into your mail, or try again tomorrow.",
    );
    const token = randomBytes(24).toString("base64url");
    const row = {
      ...{ account, ...vault.seal(address, account), isConfirmed: false },
      ...{ tokenHash: hashOf(token), tokenExpiresAt: new Date(Date.now() + CONFIRM_MS) },
    };
    await db.insert(mailAddresses).values(row).onConflictDoUpdate({ target: mailAddresses.account, set: row });
    await this.#send({
      to: address,
      subject: "Confirm this address for Stelai",
      text:
        `Someone who is signed in as ${account} asked to have Stelai's notifications sent here.\n\n` +
        `If that was you, open this link within a day:\n${publicUrl}/v1/mail/confirm?token=${token}\n\n` +
        "If it was not, do nothing: no more mail will come.",
    });
  }

  /** Confirms the address that a link was sent to. @throws NotFoundError when the link is unknown or too old. */
  async confirm(token: string): Promise<void> {
    const confirmed = await this.#options.db
      .update(mailAddresses)
      .set({ isConfirmed: true, tokenHash: null, tokenExpiresAt: null })
      .where(and(eq(mailAddresses.tokenHash, hashOf(token)), gt(mailAddresses.tokenExpiresAt, new Date())))
      .returning({ account: mailAddresses.account });
    if (confirmed.length === 0) {
      throw new NotFoundError("This link was used before or is more than a day old. Enter the address again.");
    }
  }

  /** Ends mail to the account that the link of a mail names. @throws NotFoundError when it is none of ours. */
  async unsubscribe(token: string): Promise<void> {
    const account = token.split(".")[0] ?? "";
    if (!isAddress(account) || !isSame(token, this.#unsubscribeToken(account))) {
      throw new NotFoundError("This link is not one of ours. Turn mail off in the settings of your account.");
    }
    await this.forget(account);
  }

  /** Sends a notification, if the account has a confirmed address and did not get too many today. */
  async send(account: Address, notification: Notification): Promise<void> {
    const to = await this.of(account);
    if (!this.isEnabled || to?.isConfirmed !== true) return;
    try {
      const scope = NOT_TO_MISS.has(notification.kind) ? "mails.passes" : "mails";
      const claim = { scope, subject: account, amount: 1n, limit: NOTIFICATIONS_PER_DAY } as const;
      await this.#options.quotas.take([claim], "enough mail for today");
    } catch (error) {
      // The rest of the day is in the feed.
      if (error instanceof DailyLimitError) return;
      throw error;
    }
    const { publicUrl, webUrl } = this.#options;
    const unsubscribe = `${publicUrl}/v1/mail/unsubscribe?token=${this.#unsubscribeToken(account)}`;
    const { subject, text } = wordsOf(notification);
    const link = `${webUrl}${pageOf(notification)}`;
    await this.#send({
      ...{ to: to.address, subject, text: `${text}\n\n${link}\n\n—\nNo more mail: ${unsubscribe}` },
      // RFC 8058.
      headers: { "List-Unsubscribe": `<${unsubscribe}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
    });
  }

  /** Where an account is mailed; undefined when nowhere. */
  async of(account: Address): Promise<{ address: string; isConfirmed: boolean } | undefined> {
    const { db, vault } = this.#options;
    const [row] = await db.select().from(mailAddresses).where(eq(mailAddresses.account, account));
    return row === undefined ? undefined : { address: vault.open(row, account), isConfirmed: row.isConfirmed };
  }

  async forget(account: Address): Promise<void> {
    await this.#options.db.delete(mailAddresses).where(eq(mailAddresses.account, account));
  }

  close(): void {
    this.#transport?.close();
  }

  async #send(letter: Letter): Promise<void> {
    await this.#transport?.sendMail({ ...letter, disableFileAccess: true, disableUrlAccess: true });
  }

  #unsubscribeToken(account: Address): string {
    const proof = createHmac("sha256", this.#secret).update(`unsubscribe ${account}`).digest("base64url");
    return `${account}.${proof}`;
  }
}

/** The page of the dApp that a notification is about. */
function pageOf({ characterId, workId, data }: Notification): string {
  if (characterId !== null) return `/c/${characterId}`;
  if (typeof data.licenceId === "string") return `/licences/${data.licenceId}`;
  return workId === null ? "" : `/works/${workId}`;
}

function hashOf(token: string): Hex {
  return `0x${createHash("sha256").update(token).digest("hex")}`;
}

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}
