import type { Address } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { allowanceOf } from "../../internal/passes.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";

export type GetAllowanceParameters = {
  /** The wallet itself when absent. */
  account?: Address | undefined;
  /** Who may take; CharacterAccess, which renews passes, when absent. */
  spender?: Address | undefined;
};

/** In whole microcredits. */
export type GetAllowanceReturnType = bigint;

/**
 * What an account lets a contract take of its credits. All its subscriptions share it.
 * @throws WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const allowance = await stelai.access.getAllowance({ account });
 * ```
 */
export async function getAllowance(
  client: StelaiClient,
  parameters: GetAllowanceParameters = {},
): Promise<GetAllowanceReturnType> {
  const owner = parameters.account ?? requireWallet(client).account.address;
  const spender = parameters.spender ?? client.deployment.contracts.CharacterAccess;
  return (await allowanceOf(client, { owner, spender })) / WEI_PER_MICROCREDIT;
}
