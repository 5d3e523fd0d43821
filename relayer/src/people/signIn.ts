import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, lt } from "drizzle-orm";
import { type Address, getAddress, type Hex, type PublicClient, recoverMessageAddress } from "viem";
import { parseSiweMessage, type SiweMessage } from "viem/siwe";
import { NotSignedInError, UnavailableError } from "../errors.ts";
import { type Database, tables } from "../store/index.ts";
import { SignInRefusedError } from "./errors.ts";

const { signInNonces, signInSessions } = tables;

const NONCE_MS = 600_000;
const SESSION_MS = 86_400_000;
/** How far the clocks of a wallet and of the relayer may differ. */
const SKEW_MS = 300_000;

/** What signing in gives: a bearer token, shown once, and until when it is good. */
export type SignedIn = { token: string; address: Address; expiresAt: string };

export type SignInOptions = {
  db: Database;
  client: PublicClient;
  chainId: number;
  /** Web pages that people may sign in from; `*` is not one. */
  webOrigins: readonly string[];
  /** Real time in milliseconds: a local chain's clock may be elsewhere. */
  now?: () => number;
};

/** Signing in with a wallet (EIP-4361): a nonce, a signed message, a bearer token for a day. */
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
   * Checks a signed message and opens a session.
   * @throws SignInRefusedError saying what is wrong; the nonce is used up all the same.
   * @throws UnavailableError when the wallet is a contract and the chain cannot be asked.
   */
  async verify(message: string, signature: Hex): Promise<SignedIn> {
    const fields = this.#read(message);
    await this.#useNonce(fields.nonce);
    this.#checkPlace(fields);
    const expiresAt = this.#checkTime(fields);
    if (!(await this.#isSigned(message, signature, fields.address))) {
      throw new SignInRefusedError("The signature is not by the address in the message. Sign it with that wallet.");
    }
    const token = randomBytes(32).toString("base64url");
    const account = getAddress(fields.address);
    await this.#options.db.insert(signInSessions).values({ tokenHash: hashOf(token), account, expiresAt });
    return { token, address: account, expiresAt: expiresAt.toISOString() };
  }

  /**
   * The account of an `Authorization` header's bearer token; undefined without a header.
   * @throws NotSignedInError when the token is unknown or has lapsed.
   */
  async accountOf(authorization: string | undefined): Promise<Address | undefined> {
    if (authorization === undefined) return undefined;
    const token = /^Bearer ([A-Za-z0-9_-]{43})$/i.exec(authorization)?.[1];
    const known = token === undefined ? [] : await this.#session(token);
    const session = known[0];
    if (session === undefined) throw new NotSignedInError("This sign-in has lapsed or is unknown. Sign in again.");
    return session.account;
  }

  /** Ends a session; an unknown token is no error. */
  async signOut(authorization: string): Promise<void> {
    const token = authorization.replace(/^Bearer /i, "");
    await this.#options.db.delete(signInSessions).where(eq(signInSessions.tokenHash, hashOf(token)));
  }

  /** Forgets what has expired. */
  async prune(): Promise<void> {
    const now = new Date(this.#now());
    await this.#options.db.delete(signInNonces).where(lt(signInNonces.expiresAt, now));
    await this.#options.db.delete(signInSessions).where(lt(signInSessions.expiresAt, now));
  }

  #session(token: string): Promise<{ account: Address }[]> {
    return this.#options.db
      .select({ account: signInSessions.account })
      .from(signInSessions)
      .where(and(eq(signInSessions.tokenHash, hashOf(token)), gt(signInSessions.expiresAt, new Date(this.#now()))));
  }

  #read(message: string): SiweMessage {
    const { address, chainId, domain, nonce, uri, version, ...rest } = parseSiweMessage(message);
    const isWhole = address !== undefined && domain !== undefined && nonce !== undefined && rest.issuedAt !== undefined;
    if (!isWhole || chainId === undefined || uri === undefined || version !== "1" || !isInOrder(message)) {
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
  #checkTime({ issuedAt, expirationTime, notBefore }: SiweMessage): Date {
    const now = this.#now();
    // A date that cannot be read is NaN, which no comparison below lets through.
    const isCurrent =
      (issuedAt?.getTime() ?? Number.NaN) <= now + SKEW_MS &&
      (expirationTime === undefined || expirationTime.getTime() > now) &&
      (notBefore === undefined || notBefore.getTime() <= now + SKEW_MS);
    if (!isCurrent)
      throw new SignInRefusedError("The message is not valid at this time. Check the clock and sign a new one.");
    const end = this.#later(SESSION_MS);
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

const HEADER = /^[^\n]+ wants you to sign in with your Ethereum account:\n0x[0-9a-fA-F]{40}\n\n(?:[^\n]+\n)?\n/;
const FIELDS =
  /^URI: [^\n]+\nVersion: 1\nChain ID: \d+\nNonce: \w+\nIssued At: [^\n]+(\nExpiration Time: [^\n]+)?(\nNot Before: [^\n]+)?(\nRequest ID: [^\n]*)?(\nResources:(\n- [^\n]+)*)?$/;

/** Whether every line is where EIP-4361 has it, so that what was parsed is what the wallet showed. */
function isInOrder(message: string): boolean {
  const header = HEADER.exec(message)?.[0];
  return header !== undefined && FIELDS.test(message.slice(header.length));
}
