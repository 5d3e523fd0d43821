/** What the test relayer sends for wallets without ETH. */
import type { Account, Chain, Hex, PublicClient, Transport, WalletClient } from "viem";
import { simulateContract } from "viem/actions";
import { creditStoreAbi, inferenceMeterAbi } from "../src/generated/abis.ts";
import type { Deployment } from "../src/index.ts";
import {
  sponsoredClosureSchema,
  sponsoredExtensionSchema,
  sponsoredPurchaseSchema,
  sponsoredRotationSchema,
  sponsoredTabSchema,
  sponsoredTopUpSchema,
} from "../src/wire.ts";

export function sponsorRoutes(parts: {
  publicClient: PublicClient<Transport, Chain>;
  walletClient: WalletClient<Transport, Chain, Account>;
  deployment: Deployment;
  chain: Chain;
}) {
  const { publicClient, walletClient, deployment, chain } = parts;
  const { CreditStore, InferenceMeter } = deployment.contracts;
  const operator = walletClient.account.address;
  const meter = { address: InferenceMeter, abi: inferenceMeterAbi, account: walletClient.account, chain } as const;

  /** Sends what was signed. The schemas are the relayer's own, so a wrong body fails here. */
  return async (what: string, raw: string): Promise<Hex> => {
    const body: unknown = JSON.parse(raw);
    if (what === "purchases") {
      const { order, authorization, sponsorship } = sponsoredPurchaseSchema.parse(body);
      const args = [order, authorization, sponsorship] as const;
      const call = { address: CreditStore, abi: creditStoreAbi, account: walletClient.account, chain } as const;
      await simulateContract(publicClient, { ...call, functionName: "buyWithAuthorization", args });
      return walletClient.writeContract({ ...call, functionName: "buyWithAuthorization", args });
    }
    if (what === "tabs") {
      const { opening, authorization, sponsorship } = sponsoredTabSchema.parse(body);
      const args = [{ ...opening, cap: Number(opening.cap) }, authorization, sponsorship] as const;
      return walletClient.writeContract({ ...meter, functionName: "openWithAuthorization", args });
    }
    if (what === "top-ups") {
      const { tabId, amount, authorization, sponsorship } = sponsoredTopUpSchema.parse(body);
      const args = [operator, tabId, Number(amount), authorization, sponsorship] as const;
      return walletClient.writeContract({ ...meter, functionName: "topUpWithAuthorization", args });
    }
    if (what === "extensions") {
      const { tabId, expiry, deadline, signature } = sponsoredExtensionSchema.parse(body);
      const args = [operator, tabId, expiry, deadline, signature] as const;
      return walletClient.writeContract({ ...meter, functionName: "extendBySignature", args });
    }
    if (what === "rotations") {
      const { tabId, sessionKey, deadline, signature } = sponsoredRotationSchema.parse(body);
      const args = [operator, tabId, sessionKey, deadline, signature] as const;
      return walletClient.writeContract({ ...meter, functionName: "rotateBySignature", args });
    }
    const { tabId, deadline, signature } = sponsoredClosureSchema.parse(body);
    const args = [operator, tabId, deadline, signature] as const;
    return walletClient.writeContract({ ...meter, functionName: "requestCloseBySignature", args });
  };
}
