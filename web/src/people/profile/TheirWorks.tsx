import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { Address } from "viem";
import { T, useT } from "../../i18n/react.tsx";
import { WorkGrid } from "../../market/WorkGrid.tsx";
import { Button } from "../../ui/Button.tsx";
import { Link } from "../../ui/Link.tsx";
import { Failed } from "../Failed.tsx";
import css from "./Person.module.css";

const PAGE = 12;

/** What an account made and listed, newest first; those without an open offer, too. */
export function TheirWorks({ account, isOwn }: { account: Address; isOwn: boolean }) {
  const t = useT();
  const stelai = useStelai();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: stelaiKey(stelai, "theirWorks", account.toLowerCase()),
    queryFn: ({ pageParam, signal }) =>
      stelai.works.listWorks({ account, role: "created", limit: PAGE, after: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: 30_000,
  });
  const works = data?.pages.flatMap((page) => page.works);
  return (
    <section className={css.characters} aria-labelledby="their-works">
      <h2 id="their-works">{t("theirWorks.title")}</h2>
      {error && !works ? (
        <Failed error={error} onAgain={() => void refetch()} />
      ) : works?.length === 0 ? (
        <p className={css.muted}>
          {isOwn ? <T id="theirWorks.noneOwn" components={{ link: <Link href="/library" /> }} /> : t("theirWorks.none")}
        </p>
      ) : (
        <WorkGrid works={works ?? []} by={false} waiting={works ? 0 : 4} wide />
      )}
      {hasNextPage && (
        <div>
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("market.more")}
          </Button>
        </div>
      )}
    </section>
  );
}
