/** What an invite's link holds, and why it cannot be redeemed, in words. */
import { ContractError, decodeInvite, InvalidInviteLinkError, type SignedInvite } from "@stelai/sdk";
import { type Address, isAddressEqual, zeroAddress } from "viem";
import type { MessageId } from "../locales/en/index.ts";

/** An invite, or that the link holds none. */
export type ReadInvite = { readonly signed: SignedInvite } | { readonly problem: "malformed" };

/** Reads an invite from a page's fragment, with or without the name that other pages give it. */
export function readInvite(fragment: string): ReadInvite {
  try {
    return { signed: decodeInvite(fragment.replace(/^#(invite=)?/, "")) };
  } catch (error) {
    if (error instanceof InvalidInviteLinkError) return { problem: "malformed" };
    throw error;
  }
}

/** Why an invite cannot be redeemed. */
export type InviteProblem = "spent" | "expired" | "another" | "revoked" | "forged" | "malformed";

const BY_ERROR: Record<string, InviteProblem> = {
  InviteSpent: "spent",
  InviteExpired: "expired",
  InviteForAnother: "another",
  InviteRevokedWithAll: "revoked",
  InvalidInviteSignature: "forged",
  InvalidInvite: "malformed",
  ERC721NonexistentToken: "forged",
};

/** The problem that an error of checking or redeeming names; undefined for one that is not about the invite. */
export function problemOf(error: unknown): InviteProblem | undefined {
  return error instanceof ContractError ? BY_ERROR[error.contractError] : undefined;
}

/** What is known without asking the chain: its time, and whom it is for. @param now Unix time in seconds. */
export function problemSeen({ invite }: SignedInvite, account: Address | undefined, now: bigint) {
  if (invite.expiry < now) return "expired" as const;
  const isFor = invite.account;
  if (account && !isAddressEqual(isFor, zeroAddress) && !isAddressEqual(isFor, account)) return "another" as const;
  return undefined;
}

export const inviteWords = (problem: InviteProblem): { what: MessageId; todo: MessageId } => ({
  what: `invite.problem.${problem}`,
  todo: `invite.todo.${problem}`,
});
