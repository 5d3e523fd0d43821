/**
 * Session keys. The code that makes them and signs with them is fetched when there is one: most of what a page does
 * needs none, and it is the largest part of viem.
 */
import type { Hex, LocalAccount } from "viem";

/** A fresh private key. */
export async function newSessionKey(): Promise<Hex> {
  const { generatePrivateKey } = await import("viem/accounts");
  return generatePrivateKey();
}

/** What a private key signs with. */
export async function sessionAccount(privateKey: Hex): Promise<LocalAccount> {
  const { privateKeyToAccount } = await import("viem/accounts");
  return privateKeyToAccount(privateKey);
}
