import type { Address, TypedDataDomain } from "viem";

/**
 * EIP-712 domain of the InferenceMeter. Vouchers, seals and payer's requests are checked on-chain under it;
 * requests, sessions and receipts, which only clients and operators read, use it too.
 */
export function meterDomain(chainId: number, inferenceMeter: Address) {
  return {
    name: "Stelai InferenceMeter",
    version: "1",
    chainId,
    verifyingContract: inferenceMeter,
  } as const satisfies TypedDataDomain;
}

/** A session key that an account bound by signing in: speaks for the account until `deadline`. */
const account = [
  { name: "operator", type: "address" },
  { name: "account", type: "address" },
  { name: "deadline", type: "uint64" },
] as const;
/** What someone signed in signs with the session key; on its own, so that it weighs little. */
export const accountTypes = { Account: account } as const;

/** Every type that is signed under {@link meterDomain} (DESIGN section 5). */
export const meterTypes = {
  /** Session key: the tab's running total and where it goes. `lines` is keccak256 of the packed lines. */
  Voucher: [
    { name: "operator", type: "address" },
    { name: "tabId", type: "uint64" },
    { name: "base", type: "uint40" },
    { name: "cumulative", type: "uint40" },
    { name: "lines", type: "bytes32" },
    { name: "receipts", type: "bytes32" },
  ],
  /** Operator: the one voucher of its base that will be settled. `voucher` is its struct hash. */
  Seal: [{ name: "voucher", type: "bytes32" }],
  /** Session key and operator: pay back at once what is left above `total`. */
  Close: [
    { name: "operator", type: "address" },
    { name: "tabId", type: "uint64" },
    { name: "total", type: "uint40" },
  ],
  /** Payer: serve longer. */
  Extend: [
    { name: "operator", type: "address" },
    { name: "tabId", type: "uint64" },
    { name: "expiry", type: "uint64" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
  /** Payer: another session key spends from now on. */
  Rotate: [
    { name: "operator", type: "address" },
    { name: "tabId", type: "uint64" },
    { name: "sessionKey", type: "address" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
  /** Payer: close without the operator. */
  RequestClose: [
    { name: "operator", type: "address" },
    { name: "tabId", type: "uint64" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
  /** Session key: one request for one inference. `body` is keccak256 of the HTTP body's bytes. */
  Request: [
    { name: "operator", type: "address" },
    { name: "tabId", type: "uint64" },
    { name: "id", type: "bytes32" },
    { name: "body", type: "bytes32" },
    { name: "characterId", type: "uint48" },
    { name: "termsVersion", type: "uint40" },
    { name: "maxCost", type: "uint40" },
    { name: "deadline", type: "uint64" },
  ],
  /** Session key: may read this tab's books until `deadline`. */
  Session: [
    { name: "operator", type: "address" },
    { name: "tabId", type: "uint64" },
    { name: "deadline", type: "uint64" },
  ],
  Account: account,
  /** Operator: what one inference was and cost. Its struct hash is the head of the chain after it. */
  Receipt: [
    { name: "operator", type: "address" },
    { name: "tabId", type: "uint64" },
    { name: "sequence", type: "uint64" },
    { name: "request", type: "bytes32" },
    { name: "response", type: "bytes32" },
    { name: "characterId", type: "uint48" },
    { name: "termsVersion", type: "uint40" },
    { name: "milliunits", type: "uint48" },
    { name: "quality", type: "uint8" },
    { name: "amount", type: "uint40" },
    { name: "fee", type: "uint40" },
    { name: "servedAt", type: "uint64" },
    { name: "previous", type: "bytes32" },
  ],
} as const;

/** EIP-712 domain of Characters, under which invites are signed. */
export function charactersDomain(chainId: number, characters: Address) {
  return {
    name: "Stelai Characters",
    version: "1",
    chainId,
    verifyingContract: characters,
  } as const satisfies TypedDataDomain;
}

/** Every type that is signed under {@link charactersDomain}. */
export const charactersTypes = {
  /** Owner: leave to use a private character, for `account` or for whoever has the key of `key`. */
  Invite: [
    { name: "characterId", type: "uint256" },
    { name: "account", type: "address" },
    { name: "key", type: "address" },
    { name: "generation", type: "uint64" },
    { name: "expiry", type: "uint64" },
    { name: "salt", type: "bytes32" },
  ],
  /** Invite key: redeems its invite (a struct hash) for `account`, so that nobody who sees it can take it. */
  Redemption: [
    { name: "invite", type: "bytes32" },
    { name: "account", type: "address" },
  ],
} as const;

/** EIP-712 domain of Rewards, under which codes are redeemed and contributions granted for. */
export function rewardsDomain(chainId: number, rewards: Address) {
  return {
    name: "Stelai Rewards",
    version: "1",
    chainId,
    verifyingContract: rewards,
  } as const satisfies TypedDataDomain;
}

/** Every type that is signed under {@link rewardsDomain}; amounts in wei of STELAI. */
export const rewardsTypes = {
  /** A code's key: for whom it is redeemed, so that nobody who sees it can take it. */
  Redemption: [
    { name: "campaignId", type: "uint256" },
    { name: "account", type: "address" },
  ],
  /** A campaign's signer: that an account did something that the campaign gives for. */
  Grant: [
    { name: "campaignId", type: "uint256" },
    { name: "account", type: "address" },
    { name: "amount", type: "uint256" },
    { name: "deed", type: "bytes32" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

/** EIP-3009 `ReceiveWithAuthorization`, signed under the token's own domain. */
export const receiveWithAuthorizationTypes = {
  ReceiveWithAuthorization: [
    { name: "from", type: "address" },
    { name: "to", type: "address" },
    { name: "value", type: "uint256" },
    { name: "validAfter", type: "uint256" },
    { name: "validBefore", type: "uint256" },
    { name: "nonce", type: "bytes32" },
  ],
} as const;

/** EIP-2612 `Permit`, signed under the token's own domain. */
export const permitTypes = {
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;
