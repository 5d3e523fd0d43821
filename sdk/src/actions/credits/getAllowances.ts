import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { stelaiAllowance } from "../../generated/fragments.ts";

/** What an allowance is for. */
export type AllowanceUse =
  | "purchases"
  | "plans"
  | "topUps"
  | "campaigns"
  | "tabs"
  | "passes"
  | "licences"
  | "disputes"
  | "resales";

/** Who may be allowed to take what, and what for. */
const SPENDERS = [
  { asset: "reserve", contract: "CreditStore", uses: ["purchases", "plans", "topUps", "campaigns"] },
  { asset: "stelai", contract: "InferenceMeter", uses: ["tabs"] },
  { asset: "stelai", contract: "CharacterAccess", uses: ["passes"] },
  { asset: "stelai", contract: "Licenses", uses: ["licences", "disputes"] },
  { asset: "stelai", contract: "Resale", uses: ["resales"] },
] as const satisfies readonly { asset: string; contract: string; uses: readonly AllowanceUse[] }[];

/** Who takes. */
export type AllowanceContract = (typeof SPENDERS)[number]["contract"];

/** What one of Stelai's contracts may take of a wallet. */
export type Allowance = {
  /** USDC, or $STELAI. */
  asset: "reserve" | "stelai";
  token: Address;
  contract: AllowanceContract;
  spender: Address;
  uses: readonly AllowanceUse[];
  /** What may be taken: reserve units, or wei of STELAI. */
  amount: bigint;
  /** Whether it is as good as endless. */
  isUnlimited: boolean;
};

export type GetAllowancesParameters = {
  /** The wallet itself when absent. */
  account?: Address | undefined;
};
export type GetAllowancesReturnType = Allowance[];

/** More than all dollars and all credits: what wallets write for endless. */
const ENDLESS = 2n ** 128n;

/**
 * What an account lets Stelai's contracts take, those that may take nothing included, from the chain. `credits.revoke` ends
 * one.
 * @throws WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const given = (await stelai.credits.getAllowances({ account })).filter(({ amount }) => amount > 0n);
 * ```
 */
export async function getAllowances(
  client: StelaiClient,
  { account = requireWallet(client).account.address }: GetAllowancesParameters = {},
): Promise<GetAllowancesReturnType> {
  const { contracts } = client.deployment;
  return Promise.all(
    SPENDERS.map(async ({ asset, contract, uses }) => {
      const token = asset === "reserve" ? contracts.Reserve : contracts.Stelai;
      const spender = contracts[contract];
      const amount = await readContract(client.publicClient, {
        ...{ address: token, abi: [stelaiAllowance], functionName: "allowance", args: [account, spender] },
      });
      return { asset, token, contract, spender, uses, amount, isUnlimited: amount >= ENDLESS };
    }),
  );
}
