import { type Generation, type TabSession, verifyProvenance } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Hash } from "../ui/Hash.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { type Checked, checksOf } from "./checks.ts";
import css from "./Viewer.module.css";

const TONE = { fits: "live", wrong: "lost", none: "plain" } as const;

function Words({ checks }: { checks: readonly Checked[] }) {
  const t = useT();
  const isWrong = checks.some(({ result }) => result === "wrong");
  return (
    <>
      <p aria-live="polite">
        <Badge tone={isWrong ? "lost" : "live"} framed>
          {isWrong ? t("studio.provenance.wrong") : t("studio.provenance.fits")}
        </Badge>
      </p>
      <ul className={css.checks}>
        {checks.map(({ check, result, findings }) => (
          <li key={check}>
            <Badge tone={TONE[result]}>{t(`studio.check.${check}.${result}`)}</Badge>
            {findings.map((finding) => (
              <p key={finding} className={css.muted} translate="no">
                {finding}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

export interface ProvenanceSheetProps {
  generation: Generation;
  session: TabSession | undefined;
  onClose: () => void;
}

/** Where a result comes from: every check in words, made in this browser, and what they rest on. */
export function ProvenanceSheet({ generation, session, onClose }: ProvenanceSheetProps) {
  const t = useT();
  const stelai = useStelai();
  const { id, prompt, file } = generation;
  const { data, error, refetch } = useQuery({
    queryKey: stelaiKey(stelai, "provenance", id),
    queryFn: async ({ signal }) => {
      const [record, { bytes }] = await Promise.all([
        stelai.generate.getRecord({ id, session, signal }),
        stelai.generate.getFile({ generation, session, signal }),
      ]);
      const { characterId, termsVersion } = record;
      const history = await stelai.characters.getTermsHistory({ characterId });
      const { chainId, contracts } = stelai.client.deployment;
      const verified = await verifyProvenance({
        ...{ bytes, record, prompt },
        terms: history.find((version) => version.termsVersion === termsVersion)?.terms ?? null,
        meter: { chainId, inferenceMeter: contracts.InferenceMeter },
      });
      return { record, checks: checksOf(record, verified) };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Dialog
      open
      onClose={onClose}
      kind="panel"
      title={t("studio.provenance.title")}
      description={t("studio.provenance.lead")}
    >
      <div className={css.text}>
        {error && !data && <Failed error={error} onAgain={() => void refetch()} />}
        {!data && !error && (
          <div role="status">
            <p>{t("studio.provenance.checking")}</p>
            <Skeleton height="12rem" />
          </div>
        )}
        {data && (
          <>
            <Words checks={data.checks} />
            <p className={css.muted}>{t("studio.provenance.word")}</p>
            <dl className={css.facts}>
              <dt>{t("studio.provenance.operator")}</dt>
              <dd>
                <Hash value={data.record.operator} what={t("studio.provenance.operator")} />
              </dd>
              <dt>{t("studio.provenance.engine")}</dt>
              <dd translate="no">{data.record.engine.label}</dd>
              <dt>{t("studio.provenance.madeAt")}</dt>
              <dd>{formatMoment(data.record.madeAt)}</dd>
              <dt>{t("studio.provenance.seed")}</dt>
              <dd>{String(data.record.seed)}</dd>
              <dt>{t("studio.provenance.terms")}</dt>
              <dd>{String(data.record.termsVersion)}</dd>
              <dt>{t("studio.provenance.receipt")}</dt>
              <dd>
                {data.record.receipt ? String(data.record.receipt.receipt.sequence) : t("studio.provenance.noReceipt")}
              </dd>
              <dt>{t("studio.provenance.promptHash")}</dt>
              <dd>
                <Hash value={data.record.promptHash} what={t("studio.provenance.promptHash")} />
              </dd>
              <dt>{t("studio.provenance.contentHash")}</dt>
              <dd>
                <Hash value={data.record.contentHash} what={t("studio.provenance.contentHash")} />
              </dd>
              {file && (
                <>
                  <dt>{t("studio.provenance.cid")}</dt>
                  <dd>
                    <Hash value={file.cid} what={t("studio.provenance.cid")} />
                  </dd>
                </>
              )}
              {file?.publicCid && (
                <>
                  <dt>{t("studio.publish.at")}</dt>
                  <dd>
                    <Hash
                      value={file.publicCid}
                      what={t("studio.publish.at")}
                      href={stelai.characters.gatewayUrl(`ipfs://${file.publicCid}`)}
                    />
                  </dd>
                </>
              )}
            </dl>
          </>
        )}
      </div>
    </Dialog>
  );
}
