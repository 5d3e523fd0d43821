import type { Address, Hash } from "viem";
import type { StelaiClient } from "../../client.ts";
import { charactersSetAllowed } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type SetAllowedParameters = {
  characterId: bigint;
  accounts: readonly Address[];
  /** On the list, or off it. */
  allowed: boolean;
  /** Told after each transaction that was sent: a long list takes several. */
  onSent?: ((sent: { hash: Hash; accounts: number; of: number }) => void) | undefined;
};

/** `hash` and `receipt` are the last transaction's, `wait` waits for all. */
export type SetAllowedReturnType = Sent & { hashes: Hash[] };

/** How many accounts fit a transaction with room to spare. */
const BATCH = 200;

/**
 * Puts accounts on a private character's allow list or takes them off, 200 a transaction. Who is on it twice is named
 * once. A pass that was paid for stays good off the list. Owner.
 * @throws NotCharacterOwnerError; UserRejectedError: what was sent before it stands, and the same call again is no harm.
 *
 * @example
 * ```ts
 * await (await stelai.characters.setAllowed({ characterId, accounts: [alice], allowed: true })).wait();
 * ```
 */
export async function setAllowed(
  client: StelaiClient,
  { characterId, accounts, allowed, onSent }: SetAllowedParameters,
): Promise<SetAllowedReturnType> {
  const address = client.deployment.contracts.Characters;
  const unique = [...new Map(accounts.map((account) => [account.toLowerCase(), account])).values()];
  const sent: Sent[] = [];
  let last: Sent | undefined;
  for (let from = 0; last === undefined || from < unique.length; from += BATCH) {
    const batch = unique.slice(from, from + BATCH);
    const args = [characterId, batch, allowed] as const;
    last = await send(client, { address, abi: [charactersSetAllowed], functionName: "setAllowed", args }, nothing);
    sent.push(last);
    onSent?.({ hash: last.hash, accounts: from + batch.length, of: unique.length });
  }
  const { hash, wait } = last;
  return {
    hash,
    hashes: sent.map((one) => one.hash),
    wait: async (options) => {
      for (const one of sent) await one.wait(options);
      return wait(options);
    },
  };
}
