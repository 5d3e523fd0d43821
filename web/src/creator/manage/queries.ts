import type {
  GetCircleReturnType,
  GetIncomeReturnType,
  ListSubscribersReturnType,
  Stelai,
  StelaiError,
} from "@stelai/sdk";
import { charactersAbi } from "@stelai/sdk/abis";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { type InviteFacts, type KeptInvite, readInvites } from "./invites.ts";

const REFETCH_MS = 10_000;

/** A page of who may use a private character, and what became of its invites. */
export function useCircle(characterId: bigint, after?: string): UseQueryResult<GetCircleReturnType, StelaiError> {
  const stelai = useStelai();
  return useQuery<GetCircleReturnType, StelaiError>({
    queryKey: stelaiKey(stelai, "circle", characterId, after),
    refetchInterval: REFETCH_MS,
    queryFn: ({ signal }) => stelai.characters.getCircle({ characterId, after, limit: 50, signal }),
  });
}

export interface MyInvites {
  readonly invites: readonly KeptInvite[];
  readonly facts: InviteFacts;
}

/** The invites made in this browser, with what the chain says of them, and the index of those that are spent. */
export function useMyInvites(characterId: bigint): UseQueryResult<MyInvites> {
  const stelai = useStelai();
  const { publicClient, deployment } = stelai.client;
  const address = deployment.contracts.Characters;
  return useQuery<MyInvites>({
    queryKey: stelaiKey(stelai, "myInvites", characterId),
    refetchInterval: REFETCH_MS,
    queryFn: async ({ signal }) => {
      const contract = { address, abi: charactersAbi } as const;
      const [invites, generation] = await Promise.all([
        readInvites(characterId),
        readContract(publicClient, { ...contract, functionName: "inviteGenerationOf", args: [characterId] }),
      ]);
      const isSpent = await Promise.all(
        invites.map(({ hash }) =>
          readContract(publicClient, { ...contract, functionName: "isInviteSpent", args: [characterId, hash] }),
        ),
      );
      const spent = new Set(invites.filter((_, at) => isSpent[at]).map(({ hash }) => hash));
      const circle = await fatesOf(stelai, characterId, spent, signal).catch(() => undefined);
      return { invites, facts: { generation, spent, circle } };
    },
  });
}

/** What became of spent invites, page by page until all of them are found. */
async function fatesOf(
  stelai: Stelai,
  characterId: bigint,
  spent: ReadonlySet<Hex>,
  signal: AbortSignal,
): Promise<NonNullable<InviteFacts["circle"]>> {
  const found: Pick<GetCircleReturnType, "redeemed" | "revoked"> = { redeemed: [], revoked: [] };
  let after: string | undefined;
  let missing = spent.size;
  while (missing > 0) {
    const page = await stelai.characters.getCircle({ characterId, after, limit: 200, signal });
    const mine = ({ invite }: { invite: Hex }) => spent.has(invite);
    const [redeemed, revoked] = [page.redeemed.filter(mine), page.revoked.filter(mine)];
    found.redeemed.push(...redeemed);
    found.revoked.push(...revoked);
    missing -= redeemed.length + revoked.length;
    if (page.next === null) break;
    after = page.next;
  }
  return found;
}

/** A page of those who hold or held a pass. */
export function useSubscribers(
  characterId: bigint,
  after?: string,
): UseQueryResult<ListSubscribersReturnType, StelaiError> {
  const stelai = useStelai();
  return useQuery<ListSubscribersReturnType, StelaiError>({
    queryKey: stelaiKey(stelai, "subscribers", characterId, after),
    refetchInterval: REFETCH_MS,
    queryFn: ({ signal }) => stelai.access.listSubscribers({ characterId, after, limit: 50, signal }),
  });
}

/** What passes brought and will bring, from the index, and what waits to be harvested, from the chain. */
export function useIncome(
  characterId: bigint,
): UseQueryResult<GetIncomeReturnType & { harvestable: bigint }, StelaiError> {
  const stelai = useStelai();
  return useQuery<GetIncomeReturnType & { harvestable: bigint }, StelaiError>({
    queryKey: stelaiKey(stelai, "income", characterId),
    refetchInterval: REFETCH_MS,
    queryFn: async ({ signal }) => {
      const [income, harvestable] = await Promise.all([
        stelai.access.getIncome({ characterId, days: 30, signal }),
        stelai.access.getHarvestable({ characterId }),
      ]);
      return { ...income, harvestable };
    },
  });
}
