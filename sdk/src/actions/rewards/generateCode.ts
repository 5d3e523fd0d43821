import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { codeKey, newCode } from "../../codes.ts";
import { sessionAccount } from "../../tab/key.ts";

export type GenerateCodeParameters = {
  /** A code of one's own; a random one of 80 bits when absent. */
  code?: string | undefined;
};

export type GenerateCodeReturnType = {
  /** What is given to people: whoever has it can redeem it. It is nowhere else, so keep it. */
  code: string;
  /** The address of its key: the `signer` that a promotion is started with. */
  signer: Address;
};

/**
 * Makes a promotion's code, or the signer of one that was thought of. A short one can be guessed from what the chain shows.
 *
 * @example
 * ```ts
 * const { code, signer } = await stelai.rewards.generateCode();
 * const season = { start: now, end: now + 30n * 86_400n, perAccount: 10_000_000n, daily: 1_000_000_000n, uri };
 * await stelai.roles.propose({ kind: "startCampaign", source: "Promotion", signer, ...season });
 * console.log(`The code is ${code}`);
 * ```
 */
export async function generateCode(
  _client: StelaiClient,
  { code = newCode() }: GenerateCodeParameters = {},
): Promise<GenerateCodeReturnType> {
  return { code, signer: (await sessionAccount(codeKey(code))).address };
}
