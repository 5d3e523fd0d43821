import { createHash, timingSafeEqual } from "node:crypto";
import type { Visibility } from "@stelai/sdk";
import type { Context } from "hono";
import type { Address } from "viem";
import { BlockedError, NotFoundError, NotSignedInError, UnavailableError } from "../errors.ts";
import type { AppEnv } from "../http.ts";
import type { PayingHeaders } from "../inference/paying.ts";
import { ModelNotFoundError } from "../metering/errors.ts";
import { isNoCharacter } from "./characterSource.ts";
import type { People } from "./index.ts";
import { type Credentials, tokenIn } from "./signIn.ts";

type Needs = Pick<People, "sessions" | "blocklist">;

/** The header by which a session key speaks for an account. */
export const ACCOUNT_HEADER = "Stelai-Account";

/** The headers of a request by which a tab may pay for it. */
export function payingHeaders(context: Context<AppEnv>): PayingHeaders {
  return {
    payment: context.req.header("Stelai-Payment"),
    authorization: context.req.header("Authorization"),
    idempotencyKey: context.req.header("Idempotency-Key"),
  };
}

/** The headers of a request that may speak for an account. */
export function credentialsOf(context: Context<AppEnv>): Credentials {
  return { authorization: context.req.header("Authorization"), account: context.req.header(ACCOUNT_HEADER) };
}

/**
 * The account that is signed in.
 * @throws NotSignedInError, or BlockedError when this operator refuses the account.
 */
export async function requireSignedIn(context: Context<AppEnv>, people: Needs): Promise<Address> {
  const account = await notBlocked(people, await people.sessions.accountOf(credentialsOf(context)));
  if (account === undefined) throw new NotSignedInError();
  return account;
}

/**
 * The account that is signed in, where nobody needs to be; undefined when nobody is. A bearer token that is none of
 * ours counts as nobody: OpenAI's clients always send one.
 * @throws NotSignedInError when a sign-in has lapsed, BlockedError when this operator refuses the account.
 */
export async function signedIn(context: Context<AppEnv>, people: Needs): Promise<Address | undefined> {
  const { authorization, account } = credentialsOf(context);
  const own = authorization === undefined || tokenIn(authorization) === undefined ? undefined : authorization;
  return notBlocked(people, await people.sessions.accountOf({ authorization: own, account }));
}

async function notBlocked({ blocklist }: Needs, account: Address | undefined): Promise<Address | undefined> {
  if (account !== undefined && (await blocklist.isAccountBlocked(account))) {
    throw new BlockedError("This operator does not serve this account.");
  }
  return account;
}

/**
 * Turns strangers away from a private character, as if it did not exist. The chain is not asked about one that is known
 * not to be private.
 * @returns the account that is signed in, if one is.
 * @throws ModelNotFoundError, UnavailableError, or what {@link signedIn} throws.
 */
export async function requireUse(
  context: Context<AppEnv>,
  people: Needs & Pick<People, "access">,
  character: { id: bigint; visibility?: Visibility },
): Promise<Address | undefined> {
  const account = await signedIn(context, people);
  let mayUse = false;
  try {
    mayUse = await people.access.mayUse(character, account);
  } catch (cause) {
    if (!isNoCharacter(cause)) {
      throw new UnavailableError("The chain cannot be reached right now. Try again in a moment.", { cause });
    }
  }
  if (!mayUse) throw new ModelNotFoundError(`stelai-${character.id}`);
  return account;
}

/**
 * Lets only the holder of `ADMIN_TOKEN` on.
 * @throws NotFoundError when no token is configured: then there is no administration; NotSignedInError on another one.
 */
export function requireAdmin(context: Context<AppEnv>, adminToken: string | undefined): void {
  if (adminToken === undefined) throw new NotFoundError();
  const given = /^Bearer (.+)$/i.exec(context.req.header("Authorization") ?? "")?.[1];
  if (given === undefined || !timingSafeEqual(digest(given), digest(adminToken))) {
    throw new NotSignedInError("This needs the operator's ADMIN_TOKEN as a bearer token.");
  }
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
