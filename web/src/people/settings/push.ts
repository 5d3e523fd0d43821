/** Web Push on this browser: where it stands, and turning it on and off (Push API, RFC 8292). */
import type { PushSubscriptionJson, Stelai } from "@stelai/sdk";
import type { Address } from "viem";
import { deleteChainState, readChainState, writeChainState } from "../../config/chainState.ts";

/** The worker that shows what comes; the page's own host serves it. */
const WORKER = "/push.js";

/**
 * `off`: the operator sends none. `unsupported`: the browser cannot. `denied`: it was told not to ask.
 * `idle`: it could be turned on. `on`: this account's notifications come to this browser.
 */
export type PushState = "off" | "unsupported" | "denied" | "idle" | "on";

/** What decides it. */
export interface PushFacts {
  readonly pushKey: string | null;
  readonly isSupported: boolean;
  readonly permission: NotificationPermission;
  /** Endpoint that this browser is subscribed with, if it is. */
  readonly endpoint: string | undefined;
  /** Endpoint that this account gave the operator from this browser, if it did. */
  readonly given: string | undefined;
}

/** Where push stands for an account on this browser. */
export function pushStateOf({ pushKey, isSupported, permission, endpoint, given }: PushFacts): PushState {
  if (pushKey === null) return "off";
  if (!isSupported) return "unsupported";
  if (permission === "denied") return "denied";
  return permission === "granted" && endpoint !== undefined && endpoint === given ? "on" : "idle";
}

/** Thrown when the person, or the browser for them, said no to notifications. */
export class PushRefusedError extends Error {
  override readonly name = "PushRefusedError";
}

/** Thrown when the browser has permission, and its push service takes no subscription all the same. */
export class PushUnavailableError extends Error {
  override readonly name = "PushUnavailableError";
}

function isSupported(): boolean {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

function givenKey({ client }: Stelai, account: Address): string {
  return `push:${client.relayerUrl ?? ""} ${account.toLowerCase()}`;
}

async function currentSubscription(): Promise<PushSubscription | undefined> {
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  return (await registration?.pushManager.getSubscription()) ?? undefined;
}

/** Reads where push stands; asks the person nothing. */
export async function readPush(stelai: Stelai, account: Address, pushKey: string | null): Promise<PushState> {
  const supported = isSupported();
  const permission = supported ? Notification.permission : "default";
  const given = await readChainState<string>(givenKey(stelai, account)).catch(() => undefined);
  const endpoint = supported ? (await currentSubscription())?.endpoint : undefined;
  return pushStateOf({ pushKey, isSupported: supported, permission, endpoint, given });
}

/**
 * Asks the person for permission and has this account's notifications sent to this browser. Call it in a click.
 * @param pushKey The operator's, base64url.
 * @throws PushRefusedError, PushUnavailableError, or what the relayer says.
 */
export async function turnPushOn(stelai: Stelai, account: Address, pushKey: string): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted") throw new PushRefusedError();
  const subscription = await subscribe(pushKey);
  await stelai.relayer.savePush(subscription.toJSON() as PushSubscriptionJson);
  await writeChainState(givenKey(stelai, account), subscription.endpoint);
}

async function subscribe(pushKey: string): Promise<PushSubscription> {
  try {
    await navigator.serviceWorker.register(WORKER);
    const { pushManager } = await navigator.serviceWorker.ready;
    const before = await pushManager.getSubscription();
    const applicationServerKey = bytesOf(pushKey);
    if (before && isSame(before.options.applicationServerKey, applicationServerKey)) return before;
    // One that was made for another operator's key takes none of this one's messages.
    await before?.unsubscribe();
    return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  } catch (cause) {
    throw new PushUnavailableError("the browser took no subscription", { cause });
  }
}

/** Sends nothing more of this account to this browser. Another account's notifications still come. */
export async function turnPushOff(stelai: Stelai, account: Address): Promise<void> {
  const key = givenKey(stelai, account);
  const endpoint = await readChainState<string>(key);
  if (endpoint !== undefined) await stelai.relayer.deletePush({ endpoint });
  await deleteChainState(key);
}

/** A key as the operator writes it (base64url, without padding), in bytes. */
export function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}

function isSame(one: ArrayBuffer | null, other: Uint8Array): boolean {
  if (!one || one.byteLength !== other.byteLength) return false;
  return new Uint8Array(one).every((byte, at) => byte === other[at]);
}
