import { isAddressEqual, parseEventLogs, type TransactionReceipt } from "viem";
import type { StelaiClient } from "../../client.ts";
import { rewardsCampaignStartedEvent } from "../../generated/fragments.ts";
import { type Sent, send } from "../../internal/send.ts";
import { type StepOptions, sendWithAllowance } from "../../internal/sendBatch.ts";
import { encodeCall, type RoleCall } from "./calls.ts";

export type ExecuteCallParameters = RoleCall & StepOptions;
/** The campaign that was started, else null. */
export type CallMade = { campaignId: bigint | null };
export type ExecuteCallReturnType = Sent<CallMade>;

/**
 * Makes a change that the wallet announced and whose delay is over, or that needs no announcement. A campaign is funded with
 * the wallet's USDC: what the credit store may take is raised by `maxCost`, so that the wallet's own plan and top-ups keep
 * what they live on; in one batch with the funding where the wallet does that (EIP-5792), else before it (`onStep`).
 * @throws AccessManagerNotScheduledError, AccessManagerNotReadyError, AccessManagerExpiredError,
 * AccessManagedUnauthorizedError, what the contract refuses, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.roles.execute({ kind: "setPlanPrice", planId: 1n, price: 9_000_000n })).wait();
 * ```
 */
export async function executeCall(client: StelaiClient, call: ExecuteCallParameters): Promise<ExecuteCallReturnType> {
  const { CreditStore, Reserve, Rewards } = client.deployment.contracts;
  // The contract itself uses the announcement up; through the AccessManager it would be that who pays and acts.
  const { address, abi, functionName, args } = encodeCall(client, call);
  const made = { address, abi, functionName, args };
  const read = ({ logs }: TransactionReceipt): CallMade => {
    const started = parseEventLogs({ abi: [rewardsCampaignStartedEvent], logs });
    const ours = started.find((log) => isAddressEqual(log.address, Rewards));
    return { campaignId: ours?.args.campaignId ?? null };
  };
  if (call.kind !== "fundCampaign") return send(client, made, read);
  const grant = { token: Reserve, spender: CreditStore, needed: ENDLESS, raisedBy: call.maxCost };
  return sendWithAllowance(client, grant, made, read, call);
}

/** More than there is of any token: an allowance that nothing uses up, and the only one that is not raised. */
const ENDLESS = 2n ** 128n;
