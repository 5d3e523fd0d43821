import type { StelaiClient } from "../../client.ts";
import { stelaiApprove } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";
import type { AllowanceContract } from "./getAllowances.ts";

export type RevokeAllowanceParameters = { contract: AllowanceContract };
export type RevokeAllowanceReturnType = Sent;

/**
 * Lets a contract take nothing of the wallet's any more. Renewals and top-ups that need it fail from then on, and say why; what
 * was paid for stays.
 * @throws UserRejectedError, InsufficientEthError.
 *
 * @example
 * ```ts
 * await (await stelai.credits.revoke({ contract: "CreditStore" })).wait();
 * ```
 */
export async function revokeAllowance(
  client: StelaiClient,
  { contract }: RevokeAllowanceParameters,
): Promise<RevokeAllowanceReturnType> {
  const { contracts } = client.deployment;
  const address = contract === "CreditStore" ? contracts.Reserve : contracts.Stelai;
  const args = [contracts[contract], 0n] as const;
  return send(client, { address, abi: [stelaiApprove], functionName: "approve", args }, nothing);
}
