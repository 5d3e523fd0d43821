import type { Stelai } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import type { DraftParent } from "./draft.ts";
import { type ChangedShare, changedShares } from "./parents.ts";

const REFETCH_MS = 10_000;

/** What parents ask now, in ten-thousandths by their number, from the chain. */
export async function readShares(
  stelai: Stelai,
  parents: readonly DraftParent[],
): Promise<ReadonlyMap<string, number>> {
  const read = async ({ workId }: DraftParent) => {
    const { derivativeBps } = await stelai.works.getWork({ workId: BigInt(workId) });
    return [workId, derivativeBps] as const;
  };
  return new Map(await Promise.all(parents.map(read)));
}

/** Which of a draft's parents ask for another share by now than it says; none while that is not known. */
export function useChangedShares(parents: readonly DraftParent[]): readonly ChangedShare[] {
  const stelai = useStelai();
  const { data } = useQuery({
    queryKey: stelaiKey(stelai, "parentShares", ...parents.map(({ workId }) => workId)),
    enabled: parents.length > 0,
    refetchInterval: REFETCH_MS,
    queryFn: async () => [...(await readShares(stelai, parents))],
  });
  return data ? changedShares(parents, new Map(data)) : [];
}
