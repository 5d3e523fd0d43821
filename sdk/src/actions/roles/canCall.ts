import { type Address, slice } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { accessManagerCanCall } from "../../internal/accessManager.ts";
import { encodeCall, type RoleCall } from "./calls.ts";

export type CanCallParameters = {
  call: RoleCall;
  /** The wallet itself when absent. */
  account?: Address | undefined;
};

export type CanCallReturnType = {
  /** Whether the account holds the role for it. */
  isAllowed: boolean;
  /** Seconds between announcing and making the change; 0 is at once. */
  delay: number;
};

/**
 * Whether an account may make a change, and how long before it must be announced, from the chain.
 * @throws WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const { isAllowed, delay } = await stelai.roles.canCall({ call: { kind: "setPlanPrice", planId, price } });
 * ```
 */
export async function canCall(
  client: StelaiClient,
  { call, account = requireWallet(client).account.address }: CanCallParameters,
): Promise<CanCallReturnType> {
  const { address, data } = encodeCall(client, call);
  const [immediate, delay] = await readContract(client.publicClient, {
    address: client.deployment.contracts.AccessManager,
    abi: [accessManagerCanCall],
    functionName: "canCall",
    args: [account, address, slice(data, 0, 4)],
  });
  return { isAllowed: immediate || delay > 0, delay: immediate ? 0 : delay };
}
