import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useT } from "../i18n/react.tsx";
import { useNameOfCharacter } from "../people/names.ts";
import type { Subject } from "./reports.ts";

/** A reported thing as the chain has it: whether it is suspended, and where its words are. */
export function useSubjectOnChain({ of, id }: Subject) {
  const stelai = useStelai();
  return useQuery<{ isSuspended: boolean; metadataURI: string }>({
    queryKey: stelaiKey(stelai, "reported", of, id),
    queryFn: async () => {
      if (of === "work") {
        const { suspended, metadataURI } = await stelai.works.getWork({ workId: id });
        return { isSuspended: suspended, metadataURI };
      }
      const { suspended, metadataURI } = await stelai.characters.getCharacter({ characterId: id });
      return { isSuspended: suspended, metadataURI };
    },
    staleTime: 10_000,
  });
}

/** What a reported work says of itself, held against its CID. */
export function useReportedWork(subject: Subject) {
  const stelai = useStelai();
  const chain = useSubjectOnChain(subject);
  const metadataURI = subject.of === "work" ? chain.data?.metadataURI : undefined;
  return useQuery({
    queryKey: stelaiKey(stelai, "ownWorkMetadata", metadataURI),
    enabled: metadataURI !== undefined,
    queryFn: () => stelai.works.fetchMetadata({ metadataURI: metadataURI ?? "" }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What a reported thing is called; its number while that is not known. */
export function useSubjectName(subject: Subject): string {
  const t = useT();
  const character = useNameOfCharacter(subject.of === "character" ? subject.id : undefined);
  const work = useReportedWork(subject);
  if (subject.of === "character") return character;
  return work.data?.title ?? t("desk.work", { id: String(subject.id) });
}
