import { type Address, getAddress, isAddress, isAddressEqual, zeroAddress } from "viem";

/** What is wrong with an address that something is given to. */
export type ReceiverProblem = "notAddress" | "checksum" | "self" | "contract";

/**
 * Reads whom something is given to. What is lost at a wrong address cannot be fetched back, so a checksum is held to.
 * @param typed An address.
 * @returns The account, or what is wrong.
 */
export function receiverOf(
  typed: string,
  known: { self: Address | undefined; contracts: readonly Address[] },
): { account: Address } | ReceiverProblem {
  const text = typed.trim();
  if (!isAddress(text, { strict: false })) return "notAddress";
  const isMixed = text !== text.toLowerCase() && text.slice(2) !== text.slice(2).toUpperCase();
  if (isMixed && !isAddress(text)) return "checksum";
  const account = getAddress(text);
  if (known.self && isAddressEqual(account, known.self)) return "self";
  if (isAddressEqual(account, zeroAddress)) return "contract";
  return known.contracts.some((contract) => isAddressEqual(account, contract)) ? "contract" : { account };
}
