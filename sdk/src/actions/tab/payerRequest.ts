import type { Hex } from "viem";
import { readContract, signTypedData } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { inferenceMeterNonces } from "../../generated/fragments.ts";
import { chainTime, SIGNATURE_LIFETIME } from "../../internal/authorization.ts";
import { meterDomain, meterTypes } from "../../typedData.ts";

/** Has the payer's wallet sign `Extend`, `Rotate` or `RequestClose` for anyone to send. */
export async function signPayerRequest(
  client: StelaiClient,
  primaryType: "Extend" | "Rotate" | "RequestClose",
  fields: Record<string, unknown>,
): Promise<{ deadline: bigint; signature: Hex }> {
  const { wallet, account } = requireWallet(client);
  const meter = client.deployment.contracts.InferenceMeter;
  const [now, nonce] = await Promise.all([
    chainTime(client),
    readContract(client.publicClient, {
      address: meter,
      abi: [inferenceMeterNonces],
      functionName: "nonces",
      args: [account.address],
    }),
  ]);
  const deadline = now + SIGNATURE_LIFETIME;
  const signature = await signTypedData(wallet, {
    account,
    domain: meterDomain(client.deployment.chainId, meter),
    types: { [primaryType]: meterTypes[primaryType] },
    primaryType,
    message: { ...fields, nonce, deadline },
  });
  return { deadline, signature };
}
