import { PAUSABLE } from "@stelai/sdk";
import { useOperator, usePackages, useStelaiQuery } from "@stelai/sdk/react";
import { type Address, isAddressEqual, parseAbi } from "viem";
import { readContract } from "viem/actions";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { usePlans } from "../../plans/usePlans.ts";
import { useCampaigns, useReferral } from "../../rewards/queries.ts";
import { EARNERS, type Earner, type Standing } from "./changes.ts";

const REFRESH = { refetchInterval: 10_000 } as const;
const pausedAbi = parseAbi(["function paused() view returns (bool)"]);
const trustedAbi = parseAbi(["function isTrusted(address) view returns (bool)"]);
const commissionAbi = parseAbi(["function commissionOf(address) view returns (uint16)"]);
const scheduleAbi = parseAbi(["function getSchedule(bytes32) view returns (uint48)"]);

/** Which contracts' sales are stopped, from the chain. */
export function usePaused() {
  return useStelaiQuery(
    ["paused"],
    async ({ client: { publicClient, deployment } }) => {
      const read = (name: (typeof PAUSABLE)[number]) =>
        readContract(publicClient, { address: deployment.contracts[name], abi: pausedAbi, functionName: "paused" });
      const states = await Promise.all(PAUSABLE.map(async (name) => [name, await read(name)] as const));
      return new Map<string, boolean>(states);
    },
    REFRESH,
  );
}

/** What of each contract's earnings goes to the treasury, in basis points, from the chain. */
function useCommissions() {
  return useStelaiQuery(
    ["commissions"],
    async ({ client: { publicClient, deployment } }) => {
      const { contracts } = deployment;
      const read = (name: Earner) =>
        readContract(publicClient, {
          ...{ address: contracts.Payouts, abi: commissionAbi, functionName: "commissionOf", args: [contracts[name]] },
        });
      return new Map(await Promise.all(EARNERS.map(async (name) => [name, await read(name)] as const)));
    },
    REFRESH,
  );
}

/** Whether bonus credits may be spent with an operator, from the chain. */
export function useTrusted(operator: Address | undefined) {
  return useStelaiQuery(
    ["trusted", operator],
    ({ client: { publicClient, deployment } }) =>
      readContract(publicClient, {
        address: deployment.contracts.Rewards,
        abi: trustedAbi,
        functionName: "isTrusted",
        args: [operator ?? "0x"],
      }),
    REFRESH,
  );
}

/** From when an announced change can be made, as the chain has it now; zero when it was made, taken back or is too late. */
export function useSchedule(operationId: `0x${string}`) {
  return useStelaiQuery(
    ["schedule", operationId],
    async ({ client: { publicClient, deployment } }) =>
      BigInt(
        await readContract(publicClient, {
          address: deployment.contracts.AccessManager,
          abi: scheduleAbi,
          functionName: "getSchedule",
          args: [operationId],
        }),
      ),
    REFRESH,
  );
}

/** What holds now, of all that roles change. @param operator Whose trust is asked for; this operator's when absent. */
export function useStanding(operator?: Address): Standing {
  const { contracts } = useAppConfig();
  const own = useOperator().data?.operator;
  const asked = operator ?? own;
  const packages = usePackages(REFRESH);
  const plans = usePlans();
  const referral = useReferral(undefined);
  const campaigns = useCampaigns();
  const paused = usePaused();
  const trusted = useTrusted(asked);
  const commissions = useCommissions();
  return {
    packages: packages.data,
    plans: plans.data,
    referral: referral.data?.terms,
    campaigns: campaigns.data?.campaigns,
    commission: (source) => {
      const earner = EARNERS.find((name) => isAddressEqual(contracts[name], source));
      return earner && commissions.data?.get(earner);
    },
    isTrusted: (of) => (asked && isAddressEqual(asked, of) ? trusted.data : undefined),
    isPaused: (contract) => paused.data?.get(contract),
  };
}
