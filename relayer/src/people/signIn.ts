import { createHash, randomBytes } from "node:crypto";
import { SESSION_KEY_RESOURCE, type SignedIn } from "@stelai/sdk/wire";
import { and, eq, gt, lt, type SQL } from "drizzle-orm";
import { type Address, getAddress, type Hex, isAddress, type PublicClient, recoverMessageAddress } from "viem";
import { parseSiweMessage, type SiweMessage } from "viem/siwe";
import { NotSignedInError, UnavailableError } from "../errors.ts";
import { type Database, tables } from "../store/index.ts";
import { type AccountHeaders, verifyAccount } from "./accountHeader.ts";
import { SignInRefusedError } from "./errors.ts";

const { signInNonces, signInSessions } = tables;

const NONCE_MS = 600_000;
const SESSION_MS = 86_400_000;
/** With a session key: how long it speaks for the account. */
const KEY_SESSION_MS = 30 * 86_400_000;
/** How far the clocks of a wallet and of the relayer may differ. */
const SKEW_MS = 300_000;

export type SignInOptions = {
  db: Database;
  client: PublicClient;
  chainId: number;
  /** Web pages that people may sign in from; `*` is not one. */
  webOrigins: readonly string[];
  /** What `Stelai-Account` headers are checked with. */
  accounts: AccountHeaders;
  /** Real time in milliseconds: a local chain's clock may be elsewhere. */
  now?: () => number;
};

/** Who speaks for an account, by which headers. */
export type Credentials = { authorization?: string | undefined; account?: string | undefined };

/**
 * Signing in with a wallet (EIP-4361): a nonce, a signed message, a bearer token for a day. When the message names a
 * session key, that key and the token speak for the account for 30 days (docs/PROTOCOL.md, "Speaking for an account").
 */
export class SignIn {
  readonly #options: SignInOptions;
  readonly #now: () => number;

  constructor(options: SignInOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** A nonce that is good once, for ten minutes. */
  async nonce(): Promise<string> {
    const nonce = randomBytes(16).toString("hex");
    await this.#options.db.insert(signInNonces).values({ nonce, expiresAt: this.#later(NONCE_MS) });
    return nonce;
  }

  /**
   * Checks a signed message and opens a session, with the session key it names if it names one.
   * @param endOthers Whether every other sign-in of the account ends with it.
   * @throws SignInRefusedError saying what is wrong; the nonce is used up all the same.
   * @throws UnavailableError when the wallet is a contract and the chain cannot be asked.
   */
  async verify(message: string, signature: Hex, endOthers = false): Promise<SignedIn> {
    const fields = this.#read(message);
    await this.#useNonce(fields.nonce);
    this.#checkPlace(fields);
    const sessionKey = sessionKeyIn(message);
    const expiresAt = this.#checkTime(fields, sessionKey === null ? SESSION_MS : KEY_SESSION_MS);
    if (!(await this.#isSigned(message, signature, fields.address))) {
      throw new SignInRefusedError("The signature is not by the address in the message. Sign it with that wallet.");
    }
    const token = randomBytes(32).toString("base64url");
    const account = getAddress(fields.address);
    const session = { tokenHash: hashOf(token), account, expiresAt, sessionKey };
    await this.#options.db.transaction(async (tx) => {
      if (endOthers) await tx.delete(signInSessions).where(eq(signInSessions.account, account));
      await tx.insert(signInSessions).values(session);
    });
    const bound = sessionKey === null ? null : getAddress(sessionKey);
    return { token, address: account, sessionKey: bound, expiresAt: expiresAt.toISOString() };
  }

  /**
   * The account that a request speaks for: by a `Stelai-Account` header, else by the bearer token of `Authorization`;
   * undefined when it has neither.
   * @throws NotSignedInError when what it has is unknown, was signed out or has lapsed.
   */
  async accountOf({ authorization, account }: Credentials): Promise<Address | undefined> {
    if (account !== undefined) return this.#accountOfKey(account);
    if (authorization === undefined) return undefined;
    const token = tokenIn(authorization);
    const [session] = token === undefined ? [] : await this.#sessions(eq(signInSessions.tokenHash, hashOf(token)));
    if (session === undefined) throw new NotSignedInError("This sign-in has lapsed or is unknown. Sign in again.");
    return session.account;
  }

  /** Ends a sign-in, token and key; an unknown token is no error. */
  async signOut({ authorization, account }: Credentials): Promise<void> {
    const { db } = this.#options;
    if (account !== undefined) {
      const signed = await verifyAccount(account, this.#options.accounts, this.#now());
      await db.delete(signInSessions).where(boundTo(signed.account, signed.key));
    }
    const token = authorization === undefined ? undefined : tokenIn(authorization);
    if (token === undefined) return;
    const ended = await db
      .delete(signInSessions)
      .where(eq(signInSessions.tokenHash, hashOf(token)))
      .returning({ account: signInSessions.account, key: signInSessions.sessionKey });
    // The key may have been bound more than once.
    for (const { account: of, key } of ended) if (key !== null) await db.delete(signInSessions).where(boundTo(of, key));
  }

  /**
   * Ends every sign-in of the account that is signed in, tokens and keys: for when one of them was lost.
   * @throws NotSignedInError
   */
  async signOutEverywhere(credentials: Credentials): Promise<void> {
    const account = await this.accountOf(credentials);
    if (account === undefined) throw new NotSignedInError();
    await this.#options.db.delete(signInSessions).where(eq(signInSessions.account, account));
  }

  /** Forgets what has expired. */
  async prune(): Promise<void> {
    const now = new Date(this.#now());
    await this.#options.db.delete(signInNonces).where(lt(signInNonces.expiresAt, now));
    await this.#options.db.delete(signInSessions).where(lt(signInSessions.expiresAt, now));
  }

  async #accountOfKey(header: string): Promise<Address> {
    const { account, key } = await verifyAccount(header, this.#options.accounts, this.#now());
    const [session] = await this.#sessions(boundTo(account, key));
    if (session === undefined) {
      throw new NotSignedInError(
        "The key that signed Stelai-Account does not speak for this account, or not any more. Sign in again.",
      );
    }
    return session.account;
  }

  #sessions(where: SQL | undefined): Promise<{ account: Address }[]> {
    return this.#options.db
      .select({ account: signInSessions.account })
      .from(signInSessions)
      .where(and(where, gt(signInSessions.expiresAt, new Date(this.#now()))))
      .limit(1);
  }

  #read(message: string): SiweMessage {
    const { address, chainId, domain, nonce, uri, version, ...rest } = parseSiweMessage(message);
    const isWhole = address !== undefined && domain !== undefined && nonce !== undefined && rest.issuedAt !== undefined;
    if (!isWhole || chainId === undefined || uri === undefined || version !== "1" || fieldsOf(message) === null) {
      throw new SignInRefusedError(
        "This is not a sign-in message of EIP-4361, version 1. Build it with viem's createSiweMessage.",
      );
    }
    return { address, chainId, domain, nonce, uri, version, ...rest };
  }

  /** One statement takes it away, so that of two requests with one nonce a single one gets on. */
  async #useNonce(nonce: string): Promise<void> {
    const used = await this.#options.db
      .delete(signInNonces)
      .where(eq(signInNonces.nonce, nonce))
      .returning({ expiresAt: signInNonces.expiresAt });
    const expiresAt = used[0]?.expiresAt.getTime();
    if (expiresAt === undefined || expiresAt <= this.#now()) {
      throw new SignInRefusedError(
        "The nonce was used before, has expired, or is not ours. Get a new one at /v1/auth/nonce.",
      );
    }
  }

  #checkPlace({ domain, scheme, uri, chainId }: SiweMessage): void {
    const page = URL.canParse(uri) ? new URL(uri) : undefined;
    const isOurs = page !== undefined && this.#options.webOrigins.includes(page.origin) && page.host === domain;
    if (!isOurs || (scheme !== undefined && `${scheme}:` !== page.protocol)) {
      throw new SignInRefusedError(
        "The message is for another web page than this operator serves. Sign in from its own page.",
      );
    }
    if (chainId !== this.#options.chainId) {
      throw new SignInRefusedError(
        `The message is for chain ${chainId}; this operator works on chain ${this.#options.chainId}.`,
      );
    }
  }

  /** @returns until when the session may last. */
  #checkTime({ issuedAt, expirationTime, notBefore }: SiweMessage, longest: number): Date {
    const now = this.#now();
    // A date that cannot be read is NaN, which no comparison below lets through.
    const isCurrent =
      (issuedAt?.getTime() ?? Number.NaN) <= now + SKEW_MS &&
      (expirationTime === undefined || expirationTime.getTime() > now) &&
      (notBefore === undefined || notBefore.getTime() <= now + SKEW_MS);
    if (!isCurrent)
      throw new SignInRefusedError("The message is not valid at this time. Check the clock and sign a new one.");
    const end = this.#later(longest);
    return expirationTime !== undefined && expirationTime < end ? expirationTime : end;
  }

  async #isSigned(message: string, signature: Hex, address: Address): Promise<boolean> {
    const signer = await recoverMessageAddress({ message, signature }).catch(() => undefined);
    if (signer?.toLowerCase() === address.toLowerCase()) return true;
    try {
      // A chain out of reach would look like a refusal below.
      await this.#options.client.getChainId();
      return await this.#options.client.verifyMessage({ address, message, signature });
    } catch (cause) {
      throw new UnavailableError("The chain cannot be asked about this wallet's signature right now. Try again.", {
        cause,
      });
    }
  }

  #later(milliseconds: number): Date {
    return new Date(this.#now() + milliseconds);
  }
}

function hashOf(token: string): Hex {
  return `0x${createHash("sha256").update(token).digest("hex")}`;
}

/** A token of ours in an `Authorization` header. */
export function tokenIn(authorization: string): string | undefined {
  return /^Bearer ([A-Za-z0-9_-]{43})$/i.exec(authorization)?.[1];
}

function boundTo(account: Address, key: Address): SQL | undefined {
  return and(eq(signInSessions.account, account), eq(signInSessions.sessionKey, key));
}

const HEADER = /^[^\n]+ wants you to sign in with your Ethereum account:\n0x[0-9a-fA-F]{40}\n\n(?:[^\n]+\n)?\n/;
const FIELDS =
  /^URI: [^\n]+\nVersion: 1\nChain ID: \d+\nNonce: \w+\nIssued At: [^\n]+(\nExpiration Time: [^\n]+)?(\nNot Before: [^\n]+)?(\nRequest ID: [^\n]*)?(\nResources:(?<resources>(\n- [^\n]+)*))?$/;

/** The lines after the statement, where every line is where EIP-4361 has it: what was parsed is what the wallet showed. */
function fieldsOf(message: string): RegExpExecArray | null {
  const header = HEADER.exec(message)?.[0];
  return header === undefined ? null : FIELDS.exec(message.slice(header.length));
}

/**
 * The session key that a message's resources name, lower-case; null when they name none.
 * @throws SignInRefusedError when they name two, or what is no address.
 */
function sessionKeyIn(message: string): Address | null {
  const lines = fieldsOf(message)?.groups?.resources?.split("\n- ") ?? [];
  const named = lines.filter((line) => line.startsWith(SESSION_KEY_RESOURCE));
  if (named.length === 0) return null;
  const key = named[0]?.slice(SESSION_KEY_RESOURCE.length) ?? "";
  if (named.length > 1 || !isAddress(key, { strict: false }) || BigInt(key) === 0n) {
    throw new SignInRefusedError(`Name one session key in the resources, as ${SESSION_KEY_RESOURCE}0x…`);
  }
  return key.toLowerCase() as Address;
}
