import { createHash } from "node:crypto";
import { request } from "node:https";
import type { Notification, PushSubscriptionJson } from "@stelai/sdk/wire";
import { and, asc, eq } from "drizzle-orm";
import type { Address, Hex } from "viem";
import webPush from "web-push";
import { InvalidRequestError } from "../../errors.ts";
import { isPublicHttps, publicAgent } from "../../net/publicHost.ts";
import { type Database, tables } from "../../store/index.ts";
import type { Vault } from "../vault.ts";

const { pushSubscriptions, secrets } = tables;

/** Browsers of one account; the oldest goes when there is another one. */
const MAX_BROWSERS = 10;
/** For how long a push service keeps a message for a browser that is away, in seconds. */
const TTL = 86_400;
const KEYS = "vapid";
/** How long a push service may take. */
const PATIENCE_MS = 5_000;

/** A message as it goes to a push service. */
export type PushRequest = { endpoint: string; method: string; headers: Record<string, string>; body: Buffer };
/** Sends it: the status that came back. */
export type PushTransport = (message: PushRequest) => Promise<number>;

type VapidKeys = { publicKey: string; privateKey: string };

export type PushOptions = {
  db: Database;
  vault: Vault;
  /** Whom a push service writes to about this operator: `mailto:` or an https address (RFC 8292). */
  subject: string;
  transport?: PushTransport;
};

/** Web Push (RFC 8030, 8291, 8292) to browsers that subscribed. */
export class Push {
  readonly #options: PushOptions;
  readonly #transport: PushTransport;
  #keys: Promise<VapidKeys> | undefined;

  constructor(options: PushOptions) {
    this.#options = options;
    this.#transport = options.transport ?? overHttps;
  }

  /** What a browser subscribes with; made once and kept. */
  async publicKey(): Promise<string> {
    return (await this.#vapid()).publicKey;
  }

  /** @throws InvalidRequestError when it is no subscription with a push service on the public internet. */
  async save(account: Address, subscription: PushSubscriptionJson): Promise<void> {
    const { endpoint, keys } = subscription;
    if (!isPublicHttps(endpoint)) {
      throw new InvalidRequestError("endpoint: must be the https address of a push service.", "endpoint");
    }
    if (bytesIn(keys.p256dh) !== 65 || bytesIn(keys.auth) !== 16) {
      throw new InvalidRequestError("keys: must be what the browser's PushSubscription has.", "keys");
    }
    const { db, vault } = this.#options;
    const endpointHash = hashOf(endpoint);
    const sealed = vault.seal(JSON.stringify({ endpoint, keys }), endpointHash);
    const row = { endpointHash, account, ...sealed, createdAt: new Date() };
    await db
      .insert(pushSubscriptions)
      .values(row)
      .onConflictDoUpdate({ target: pushSubscriptions.endpointHash, set: { ...row } });
    const own = await this.#of(account);
    for (const old of own.slice(0, -MAX_BROWSERS)) await this.#drop(old.endpointHash);
  }

  async delete(account: Address, endpoint: string): Promise<void> {
    const mine = and(eq(pushSubscriptions.endpointHash, hashOf(endpoint)), eq(pushSubscriptions.account, account));
    await this.#options.db.delete(pushSubscriptions).where(mine);
  }

  /** Sends a notification to every browser of the account; one that is gone is forgotten. */
  async send(account: Address, { id, kind, characterId, data }: Notification): Promise<void> {
    const own = await this.#of(account);
    if (own.length === 0) return;
    const payload = JSON.stringify({ id, kind, characterId: characterId === null ? null : String(characterId), data });
    const { publicKey, privateKey } = await this.#vapid();
    const { subject } = this.#options;
    await Promise.all(
      own.map(async (row) => {
        const subscription = JSON.parse(this.#options.vault.open(row, row.endpointHash)) as PushSubscriptionJson;
        const { endpoint, method, headers, body } = webPush.generateRequestDetails(subscription, payload, {
          vapidDetails: { subject, publicKey, privateKey },
          TTL,
          urgency: "normal",
        });
        const status = await this.#transport({ endpoint, method, headers, body });
        if (status === 404 || status === 410) await this.#drop(row.endpointHash);
      }),
    );
  }

  /** Where an account is reached by push: the endpoints. */
  async endpoints(account: Address): Promise<string[]> {
    const own = await this.#of(account);
    return own.map((row) => (JSON.parse(this.#options.vault.open(row, row.endpointHash)) as PushRequest).endpoint);
  }

  async forget(account: Address): Promise<void> {
    await this.#options.db.delete(pushSubscriptions).where(eq(pushSubscriptions.account, account));
  }

  #of(account: Address) {
    return this.#options.db
      .select()
      .from(pushSubscriptions)
      .where(eq(pushSubscriptions.account, account))
      .orderBy(asc(pushSubscriptions.createdAt));
  }

  async #drop(endpointHash: Hex): Promise<void> {
    await this.#options.db.delete(pushSubscriptions).where(eq(pushSubscriptions.endpointHash, endpointHash));
  }

  #vapid(): Promise<VapidKeys> {
    this.#keys ??= this.#readKeys().catch((error: unknown) => {
      this.#keys = undefined;
      throw error;
    });
    return this.#keys;
  }

  /** Of several processes that begin at once, the first one's keys count. */
  async #readKeys(): Promise<VapidKeys> {
    const { db, vault } = this.#options;
    const find = () => db.select().from(secrets).where(eq(secrets.name, KEYS));
    let [row] = await find();
    if (row === undefined) {
      const sealed = vault.seal(JSON.stringify(webPush.generateVAPIDKeys()), KEYS);
      await db
        .insert(secrets)
        .values({ name: KEYS, ...sealed })
        .onConflictDoNothing();
      [row] = await find();
    }
    if (row === undefined) throw new Error("the keys for Web Push were not kept");
    return JSON.parse(vault.open(row, KEYS)) as VapidKeys;
  }
}

/** To the public internet, whatever the endpoint's name leads to; redirects are not followed. */
const overHttps: PushTransport = ({ endpoint, method, headers, body }) =>
  new Promise((resolve, reject) => {
    const call = request(
      endpoint,
      { method, headers, agent: publicAgent, signal: AbortSignal.timeout(PATIENCE_MS) },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    call.on("error", reject);
    call.end(body);
  });

function hashOf(endpoint: string): Hex {
  return `0x${createHash("sha256").update(endpoint).digest("hex")}`;
}

function bytesIn(base64url: string): number {
  return Buffer.from(base64url, "base64url").length;
}
