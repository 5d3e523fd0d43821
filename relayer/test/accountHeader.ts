import { signMeter } from "@stelai/sdk";
import { type AccountHeader, toWire } from "@stelai/sdk/wire";
import type { Address, LocalAccount } from "viem";
import type { Config } from "../src/config.ts";
import { operatorFrom } from "../src/operator.ts";

/** A `Stelai-Account` header for an account, signed by `key`, with what a test changes. */
export async function accountHeader(
  { config }: { config: Pick<Config, "deployment" | "OPERATOR_PRIVATE_KEY"> },
  account: Address,
  key: LocalAccount,
  change: Partial<AccountHeader> = {},
): Promise<string> {
  const { chainId, contracts } = config.deployment;
  const message = {
    operator: operatorFrom(config.OPERATOR_PRIVATE_KEY).address,
    account,
    deadline: BigInt(Math.floor(Date.now() / 1_000) + 3_600),
    ...change,
  };
  const meter = { chainId, inferenceMeter: contracts.InferenceMeter };
  const signature = change.signature ?? (await signMeter(key, meter, "Account", message));
  return Buffer.from(toWire({ ...message, signature })).toString("base64url");
}
