/** What the test relayer sends for wallets without ETH. */
import type { Account, Chain, Hex, PublicClient, Transport, WalletClient } from "viem";
import { simulateContract } from "viem/actions";
import { creditStoreAbi, inferenceMeterAbi, rewardsAbi } from "../src/generated/abis.ts";
import type { Deployment } from "../src/index.ts";
import {
  signedGrantSchema,
  sponsoredClosureSchema,
  sponsoredCodeSchema,
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
  const { CreditStore, InferenceMeter, Rewards } = deployment.contracts;
  const operator = walletClient.account.address;
  const rewards = { address: Rewards, abi: rewardsAbi, account: walletClient.account, chain } as const;
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
      const { opening, bonus, authorization, sponsorship } = sponsoredTabSchema.parse(body);
      const wanted = { ...opening, cap: Number(opening.cap) };
      if (bonus !== undefined) {
        const args = [wanted, Number(bonus), authorization, sponsorship] as const;
        return walletClient.writeContract({ ...meter, functionName: "openWithBonusAndAuthorization", args });
      }
      const args = [wanted, authorization, sponsorship] as const;
      return walletClient.writeContract({ ...meter, functionName: "openWithAuthorization", args });
    }
    if (what === "top-ups") {
      const { tabId, amount, authorization, sponsorship } = sponsoredTopUpSchema.parse(body);
      const args = [operator, tabId, Number(amount), authorization, sponsorship] as const;
      return walletClient.writeContract({ ...meter, functionName: "topUpWithAuthorization", args });
    }
    if (what === "codes") {
      const { campaignId, account, signature } = sponsoredCodeSchema.parse(body);
      const args = [campaignId, account, signature] as const;
      await simulateContract(publicClient, { ...rewards, functionName: "redeemCode", args });
      return walletClient.writeContract({ ...rewards, functionName: "redeemCode", args });
    }
    if (what === "grants") {
      const { grant, signature } = signedGrantSchema.parse(body);
      const args = [grant, signature] as const;
      await simulateContract(publicClient, { ...rewards, functionName: "claimGrant", args });
      return walletClient.writeContract({ ...rewards, functionName: "claimGrant", args });
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
