/** Lets a person try the moderators' and the resolvers' desks on a local chain: an account of the demo wallet for each. */

import type { Chain } from "viem";
import { type Account, type Client, type Hex, parseAbi, type Transport } from "viem";
import { waitForTransactionReceipt, writeContract } from "viem/actions";
import { ROLES } from "../deploy/roles.ts";
import { DESK_ACCOUNTS } from "../dev/accounts.ts";

const managerAbi = parseAbi(["function grantRole(uint64 roleId, address account, uint32 executionDelay)"]);

/** @param admin Who holds the role ADMIN, which waits for nothing on a local chain. */
export async function openDesks(admin: Client<Transport, Chain, Account>, accessManager: Hex): Promise<void> {
  for (const [role, { address }] of Object.entries(DESK_ACCOUNTS) as [keyof typeof DESK_ACCOUNTS, { address: Hex }][]) {
    const args = [ROLES[role], address, 0] as const;
    const hash = await writeContract(admin, {
      address: accessManager,
      abi: managerAbi,
      functionName: "grantRole",
      args,
    });
    await waitForTransactionReceipt(admin, { hash });
  }
}
