import { ContentUnavailableError } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useT } from "../i18n/react.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import css from "./Desks.module.css";
import { plain } from "./plain.ts";

/** What somebody said in a dispute: fetched by its CID, held against it, and shown as nothing but text. */
export function Evidence({ uri }: { uri: string }) {
  const t = useT();
  const stelai = useStelai();
  const { data, error, refetch } = useQuery({
    queryKey: stelaiKey(stelai, "evidence", uri),
    queryFn: ({ signal }) => stelai.market.fetchEvidence({ textURI: uri, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data !== undefined) {
    return (
      <>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
        <pre className={css.words} translate="no" tabIndex={0}>
          {plain(data)}
        </pre>
        <Badge tone="live">{t("desk.evidenceChecked")}</Badge>
      </>
    );
  }
  if (!error) return <Skeleton height="6rem" />;
  const isGone = error instanceof ContentUnavailableError;
  return (
    <div className={css.row}>
      <p className={css.warn}>
        {t(isGone ? "desk.evidenceGone" : "desk.evidenceUnreadable")} <code translate="no">{plain(uri)}</code>
      </p>
      {isGone && (
        <Button size="small" onClick={() => void refetch()}>
          {t("desk.again")}
        </Button>
      )}
    </div>
  );
}
