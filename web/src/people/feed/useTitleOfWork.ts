import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useT } from "../../i18n/react.tsx";

/** A work's title as the index knows it; its number while that is not known. */
export function useTitleOfWork(id: bigint | null): string {
  const t = useT();
  const stelai = useStelai();
  const { data } = useQuery({
    queryKey: stelaiKey(stelai, "work", String(id)),
    queryFn: ({ signal }) => stelai.works.getDetails({ workId: id ?? 0n, signal }),
    enabled: id !== null,
    staleTime: 60_000,
  });
  return data?.work.title ?? t("feed.work", { id: String(id ?? "") });
}
