import { decodeErrorResult, type Hex, isHex } from "viem";
import { errorsAbi } from "../generated/errors.ts";
import * as access from "./access.ts";
import * as accessManager from "./accessManager.ts";
import { accessManagerErrors } from "./accessManagerAbi.ts";
import { StelaiError } from "./base.ts";
import * as characters from "./characters.ts";
import { type ContractErrorClass, ContractRevertedError } from "./contract.ts";
import * as credits from "./credits.ts";
import * as market from "./market.ts";
import * as metering from "./metering.ts";
import * as openzeppelin from "./openzeppelin.ts";
import * as payouts from "./payouts.ts";
import * as plans from "./plans.ts";
import * as receivers from "./receivers.ts";
import * as reviews from "./reviews.ts";
import * as rewards from "./rewards.ts";
import {
  AbortedError,
  ChainUnreachableError,
  InsufficientEthError,
  TransactionUnseenError,
  UnexpectedError,
  UserRejectedError,
  WrongChainError,
} from "./wallet.ts";

/** The class of every custom error, by its name in Solidity. */
export const CONTRACT_ERRORS: ReadonlyMap<string, ContractErrorClass> = /* @__PURE__ */ new Map(
  [
    credits,
    payouts,
    characters,
    metering,
    receivers,
    access,
    reviews,
    market,
    plans,
    rewards,
    openzeppelin,
    accessManager,
  ]
    .flatMap((module) => Object.values(module) as ContractErrorClass[])
    .map((type) => [type.contractError, type]),
);

/** What errors of viem, ethers and wallets may carry. */
type Link = {
  name?: unknown;
  code?: unknown;
  data?: unknown;
  raw?: unknown;
  reason?: unknown;
  cause?: unknown;
  error?: unknown;
  info?: unknown;
  currentChainId?: unknown;
  message?: unknown;
};

/**
 * The typed error for anything that an action, viem, ethers or a wallet threw: what happened, whether money moved,
 * what to do. Actions of `createStelai` throw these already; standalone actions throw what viem throws.
 *
 * @example
 * ```ts
 * try {
 *   await buy(client, { packageId });
 * } catch (error) {
 *   const { what, remedy } = decodeError(error);
 * }
 * ```
 */
export function decodeError(error: unknown): StelaiError {
  if (error instanceof StelaiError) return error;
  const links = chainOf(error);
  for (const link of links) if (link instanceof StelaiError) return link;
  const revert = links.map(revertOf).find((found) => found !== undefined);
  if (revert) return decodeRevert(revert, error);
  for (const link of links) {
    const known = decodeLink(link, error);
    if (known) return known;
  }
  const reason = links.map((link) => link.reason).find((text) => typeof text === "string" && text !== "");
  return reason ? new ContractRevertedError(String(reason), error) : new UnexpectedError(error);
}

/** The typed error for the data of a revert. */
export function decodeRevert(data: Hex, cause?: unknown): StelaiError {
  let decoded: { errorName: string; args?: readonly unknown[] | undefined; abiItem: unknown };
  try {
    decoded = decodeErrorResult({ abi: [...errorsAbi, ...accessManagerErrors], data });
  } catch {
    return new ContractRevertedError(`an error that is not Stelai's (${data.slice(0, 10)})`, cause);
  }
  const { errorName, args = [] } = decoded;
  if (errorName === "Error") return wordsOf(String(args[0]), cause);
  if (errorName === "Panic") return new ContractRevertedError(`panic ${args[0]}`, cause);
  const inputs = (decoded.abiItem as { inputs: readonly { name: string }[] }).inputs;
  const named = Object.fromEntries(inputs.map((input, index) => [input.name, args[index]]));
  const type = CONTRACT_ERRORS.get(errorName);
  return type ? new type(named, cause) : new ContractRevertedError(errorName, cause);
}

/** Stablecoins of before custom errors speak in words. */
function wordsOf(reason: string, cause: unknown): StelaiError {
  const args = { reason };
  if (/exceeds balance/i.test(reason)) {
    const unknown = { sender: "The wallet", balance: "too little", needed: "more" };
    return new openzeppelin.ERC20InsufficientBalanceError(unknown, cause);
  }
  if (/exceeds allowance/i.test(reason)) {
    const unknown = { spender: "The contract", allowance: "too little", needed: "more" };
    return new openzeppelin.ERC20InsufficientAllowanceError(unknown, cause);
  }
  if (/authorization is used/i.test(reason)) {
    return new openzeppelin.ERC3009UsedAuthorizationError({ authorizer: "The wallet", nonce: "", ...args }, cause);
  }
  return new ContractRevertedError(reason, cause);
}

function chainOf(error: unknown): Link[] {
  const links: Link[] = [];
  const queue: unknown[] = [error];
  while (queue.length > 0 && links.length < 32) {
    const next = queue.shift();
    if (typeof next !== "object" || next === null || links.includes(next)) continue;
    const link = next as Link;
    links.push(link);
    // ethers keeps the node's answer in `info.error`, wallets in `error` or `data`.
    queue.push(link.cause, link.error, link.info, link.data);
  }
  return links;
}

function revertOf(link: Link): Hex | undefined {
  for (const candidate of [link.raw, link.data]) {
    if (isHex(candidate) && candidate.length >= 10) return candidate;
  }
  return undefined;
}

function decodeLink(link: Link, cause: unknown): StelaiError | undefined {
  const { name, code } = link;
  const is = (...names: string[]) => names.includes(String(name));
  if (code === 4001 || code === "ACTION_REJECTED" || is("UserRejectedRequestError"))
    return new UserRejectedError(cause);
  if (is("AbortError")) return new AbortedError(cause);
  if (is("ChainMismatchError", "SwitchChainError") || code === 4902) {
    const found = typeof link.currentChainId === "number" ? link.currentChainId : undefined;
    return new WrongChainError(undefined, found, cause);
  }
  // How wallets refuse typed data whose domain names another chain than theirs.
  if (/must match the active chain/i.test(String(link.message ?? ""))) {
    return new WrongChainError(undefined, undefined, cause);
  }
  if (is("InsufficientFundsError") || code === "INSUFFICIENT_FUNDS") return new InsufficientEthError(cause);
  if (/insufficient funds|doesn't have enough funds/i.test(String(link.message ?? ""))) {
    return new InsufficientEthError(cause);
  }
  if (is("WaitForTransactionReceiptTimeoutError", "TransactionReceiptNotFoundError", "TransactionNotFoundError")) {
    return new TransactionUnseenError(cause);
  }
  if (is("HttpRequestError", "TimeoutError", "WebSocketRequestError", "SocketClosedError")) {
    return new ChainUnreachableError(cause);
  }
  if (code === "NETWORK_ERROR" || code === "SERVER_ERROR" || code === "TIMEOUT")
    return new ChainUnreachableError(cause);
  return undefined;
}
