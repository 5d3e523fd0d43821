import { createHash, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import type { Address } from "viem";
import { BlockedError, NotFoundError, NotSignedInError } from "../errors.ts";
import type { AppEnv } from "../http.ts";
import type { People } from "./index.ts";

/**
 * The account that is signed in.
 * @throws NotSignedInError, or BlockedError when this operator refuses the account.
 */
export async function requireSignedIn(
  context: Context<AppEnv>,
  { sessions, blocklist }: Pick<People, "sessions" | "blocklist">,
): Promise<Address> {
  const account = await sessions.accountOf(context.req.header("Authorization"));
  if (account === undefined) throw new NotSignedInError();
  if (await blocklist.isAccountBlocked(account)) throw new BlockedError("This operator does not serve this account.");
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
