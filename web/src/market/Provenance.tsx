import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { useHrefOfCharacter, useNameOfCharacter } from "../people/names.ts";
import { CreatorLink } from "../people/profile/CreatorLink.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Hash } from "../ui/Hash.tsx";
import { Link } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { verdictOf } from "./provenance.ts";
import { useProvenance } from "./useProvenance.ts";
import type { Details } from "./useWork.ts";
import css from "./Work.module.css";

const TONE = { fits: "live", wrong: "lost", none: "plain" } as const;
const VERDICT = { proven: "live", wrong: "lost", unclear: "held", nothing: "plain" } as const;

function Tool({ characterId }: { characterId: bigint }) {
  const name = useNameOfCharacter(characterId);
  const href = useHrefOfCharacter(characterId);
  return (
    <Link href={href} translate="no">
      {name}
    </Link>
  );
}

/** Where a work comes from, as checks made in this browser against the chain. */
export function Provenance({ work }: { work: Details["work"] }) {
  const t = useT();
  const { data, error, refetch } = useProvenance(work);
  const verdict = data && verdictOf(data.checks);
  const record = work.metadata?.provenance;
  const shown = data?.checks.filter(({ result }) => verdict !== "nothing" || result !== "none");
  return (
    <section className={css.section} aria-labelledby="provenance-title">
      <h2 id="provenance-title">{t("provenance.title")}</h2>
      {!data && error && (
        <div className={css.changed}>
          <p role="alert">{t("provenance.unread")}</p>
          <Button size="small" onClick={() => void refetch()}>
            {t("chat.again")}
          </Button>
        </div>
      )}
      {!data && !error && (
        <div role="status">
          <p className={css.muted}>{t("provenance.checking")}</p>
          <Skeleton height="8rem" />
        </div>
      )}
      {data && verdict && (
        <>
          <p>
            <Badge tone={VERDICT[verdict]} framed>
              {t(`provenance.${verdict}`)}
            </Badge>
          </p>
          {(verdict === "nothing" || verdict === "unclear") && <p>{t(`provenance.${verdict}Text`)}</p>}
          <ul className={css.checks}>
            {shown?.map(({ check, result }) => (
              <li key={check}>
                <Badge tone={TONE[result]}>{t(`provenance.check.${check}.${result}`)}</Badge>
              </li>
            ))}
          </ul>
          <dl className={css.facts}>
            {data.receipt && (
              <>
                <dt>{t("provenance.tool")}</dt>
                <dd>
                  <Tool characterId={BigInt(data.receipt.characterId)} />
                </dd>
              </>
            )}
            <dt>{t("provenance.creator")}</dt>
            <dd>
              <CreatorLink owner={data.work.creator} name={work.creator.name ?? undefined} />
            </dd>
            {data.receipt && (
              <>
                <dt>{t("provenance.operator")}</dt>
                <dd>
                  <Hash value={data.receipt.operator} what={t("provenance.operator")} />
                </dd>
                <dt>{t("provenance.madeAt")}</dt>
                <dd>{formatMoment(Number(data.receipt.servedAt))}</dd>
              </>
            )}
            {record && verdict !== "nothing" && (
              <>
                <dt>{t("provenance.engine")}</dt>
                <dd translate="no">{record.engine.label}</dd>
              </>
            )}
            <dt>{t("provenance.contentHash")}</dt>
            <dd>
              <Hash value={data.work.contentHash} what={t("provenance.contentHash")} />
            </dd>
            {data.work.receipt && (
              <>
                <dt>{t("provenance.receipt")}</dt>
                <dd>
                  <Hash value={data.work.receipt} what={t("provenance.receipt")} />
                </dd>
              </>
            )}
          </dl>
        </>
      )}
    </section>
  );
}
