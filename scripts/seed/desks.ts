/** Lets a person try the desks on a local chain: an account of the demo wallet for each. */

import type { Chain } from "viem";
import { type Account, type Client, type Hex, parseAbi, type Transport } from "viem";
import { waitForTransactionReceipt, writeContract } from "viem/actions";
import { ROLES } from "../deploy/roles.ts";
import { DESK_ACCOUNTS } from "../dev/accounts.ts";

const managerAbi = parseAbi(["function grantRole(uint64 roleId, address account, uint32 executionDelay)"]);

/** Who holds what at which desk. Prices wait a minute, so that an announcement can be watched. */
const GRANTS = [
  [DESK_ACCOUNTS.MODERATOR, "MODERATOR", 0],
  [DESK_ACCOUNTS.RESOLVER, "RESOLVER", 0],
  [DESK_ACCOUNTS.ADMIN, "PRICING", 60],
  [DESK_ACCOUNTS.ADMIN, "COMMISSION", 60],
  [DESK_ACCOUNTS.ADMIN, "CAMPAIGNS", 0],
  [DESK_ACCOUNTS.ADMIN, "GUARDIAN", 0],
] as const;

/** @param admin Who holds the role ADMIN, which waits for nothing on a local chain. */
export async function openDesks(admin: Client<Transport, Chain, Account>, accessManager: Hex): Promise<void> {
  for (const [{ address }, role, delay] of GRANTS) {
    const hash = await writeContract(admin, {
      address: accessManager,
      abi: managerAbi,
      functionName: "grantRole",
      args: [ROLES[role], address, delay],
    });
    await waitForTransactionReceipt(admin, { hash });
  }
}
