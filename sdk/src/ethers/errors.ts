import { StelaiError } from "../errors/base.ts";
import { WrongChainError } from "../errors/wallet.ts";

/** Thrown when an ethers signer has no provider and is asked for something that only a node knows. */
export class SignerWithoutProviderError extends StelaiError {
  override readonly name = "SignerWithoutProviderError";
  constructor(method: string, cause?: unknown) {
    super(
      `The signer has no provider, and ${method} needs one.`,
      "Connect it: signer.connect(provider). What the operator sponsors needs none.",
      { cause },
    );
  }
}

/** What errors of ethers, and of wallets behind it, may carry. */
type Link = {
  code?: unknown;
  message?: unknown;
  data?: unknown;
  event?: unknown;
  operation?: unknown;
  shortMessage?: unknown;
  error?: unknown;
  info?: unknown;
  cause?: unknown;
};

/** EIP-1193: the person said no. */
const REJECTED = 4001;

/**
 * What an ethers signer threw, as a wallet of EIP-1193 says it: with the number that viem and this SDK go by. ethers has
 * names of its own for them, and keeps what the wallet said inside.
 */
export function asProviderError(error: unknown, method: string): unknown {
  if (error instanceof StelaiError) return error;
  const links = linksOf(error);
  const is = (code: string) => links.some((link) => link.code === code);
  if (is("ACTION_REJECTED")) return providerError(REJECTED, error, links);
  // A browser's wallet that went to another chain since its provider was made.
  if (links.some(({ code, event }) => code === "NETWORK_ERROR" && event === "changed")) {
    return new WrongChainError(undefined, undefined, error);
  }
  if (links.some(({ code, shortMessage }) => code === "UNSUPPORTED_OPERATION" && shortMessage === "missing provider")) {
    return new SignerWithoutProviderError(method, error);
  }
  const numbered = links.find(({ code }) => typeof code === "number");
  return numbered ? providerError(numbered.code as number, error, [numbered]) : error;
}

/** An error as EIP-1193 has it, with what a contract answered where something did. */
export function providerError(code: number, cause: unknown, links: readonly Link[] = []): Error {
  const [first] = links;
  const message = typeof first?.message === "string" ? first.message : "The wallet refused.";
  const data = links.find((link) => link.data !== undefined)?.data;
  return Object.assign(new Error(message, { cause }), { code, ...(data === undefined ? {} : { data }) });
}

function linksOf(error: unknown): Link[] {
  const links: Link[] = [];
  const queue: unknown[] = [error];
  while (queue.length > 0 && links.length < 16) {
    const next = queue.shift();
    if (typeof next !== "object" || next === null || links.includes(next)) continue;
    const link = next as Link;
    links.push(link);
    // ethers keeps a node's answer in `info.error`, a wallet's in `error`.
    queue.push(link.error, link.info, link.cause);
  }
  return links;
}
