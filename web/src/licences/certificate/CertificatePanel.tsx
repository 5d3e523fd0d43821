import type { GetCertificateReturnType } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { ShieldCheck } from "lucide-react";
import type { ReactNode } from "react";
import { useState } from "react";
import type { Address } from "viem";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { formatDay } from "../../format/time.ts";
import { useT } from "../../i18n/react.tsx";
import { shownOf } from "../../market/media.ts";
import { useNameOfPerson } from "../../people/names.ts";
import { useProfileOf } from "../../people/profile/useProfile.ts";
import { useChainNow } from "../../stelai/chainNow.ts";
import { explain } from "../../stelai/explain.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { CountedWait } from "../../ui/CountedWait.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { Link } from "../../ui/Link.tsx";
import { QrCode } from "../../ui/QrCode.tsx";
import { type Licence, whyNotCertified } from "../facts.ts";
import { momentText, TONES, useLicenceWords } from "../useWords.ts";
import css from "./Certificate.module.css";
import { Checks } from "./Checks.tsx";
import { SaveButton } from "./SaveButton.tsx";
import { TermsInShort } from "./TermsInShort.tsx";

/** An account by its name, leading to its page, with its address. */
function Account({ address, what }: { address: Address; what: string }) {
  const { data } = useProfileOf(address);
  const name = data?.name ?? data?.ens;
  return (
    <>
      {name && (
        <>
          <Link href={`/people/${address}`} translate="no">
            {name}
          </Link>{" "}
        </>
      )}
      <Hash value={address} what={what} href={name ? undefined : `/people/${address}`} />
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={css.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export interface CertificatePanelProps {
  licence: Licence;
  /** Reads it all from the chain again. */
  onCheck: () => Promise<GetCertificateReturnType | undefined>;
}

/** What a licence gives to whom, and how anyone checks that: for everybody. */
export function CertificatePanel({ licence, onCheck }: CertificatePanelProps) {
  const t = useT();
  const stelai = useStelai();
  const now = useChainNow();
  const { chain: network, contracts } = useAppConfig();
  const { holder, creator, licensor, status, expiry, since, boughtAt, licenceId, preview } = licence;
  const words = useLicenceWords()(licence, now);
  const holderName = useProfileOf(holder).data?.name ?? undefined;
  const creatorName = useNameOfPerson(creator);
  const licensorName = useProfileOf(licensor).data?.name ?? undefined;
  const missing = whyNotCertified(licence, now);
  const url = `${window.location.origin}/licences/${licenceId}`;
  const { picture } = shownOf({ preview: preview ?? null, poster: null });
  const [check, setCheck] = useState<
    | { at: "idle" }
    | { at: "reading"; since: number }
    | { at: "read"; found: GetCertificateReturnType }
    | { at: "failed"; error: unknown }
  >({ at: "idle" });
  const read = async () => {
    setCheck({ at: "reading", since: Date.now() });
    try {
      const found = await onCheck();
      setCheck(found ? { at: "read", found } : { at: "idle" });
    } catch (error) {
      setCheck({ at: "failed", error });
    }
  };
  const failed = check.at === "failed" ? explain(check.error) : undefined;

  return (
    <section className={css.certificate} aria-labelledby="certificate">
      <h2 id="certificate">{t("certificate.title")}</h2>
      {missing && (
        <div className={css.none}>
          <strong>{t("certificate.none")}</strong>
          <p>{t(`certificate.none${missing}`, { until: formatDay(Number(expiry)) })}</p>
        </div>
      )}
      {licence.isSuspended && (
        <p role="note">
          <Badge tone="held">{t("certificate.suspended")}</Badge> {t("certificate.suspendedText")}
        </p>
      )}
      <dl className={css.facts}>
        <Fact label={t("certificate.licence")}>
          {t("licence.number", { id: String(licenceId) })} · {words.tier}
        </Fact>
        {holder && status !== "Refunded" && (
          <Fact label={t("certificate.heldBy")}>
            <Account address={holder} what={t("certificate.heldBy")} />
          </Fact>
        )}
        <Fact label={t("certificate.by")}>
          <Account address={creator} what={t("certificate.by")} />
        </Fact>
        {licensor && (
          <Fact label={t("certificate.licensor")}>
            <Account address={licensor} what={t("certificate.licensor")} />
          </Fact>
        )}
        <Fact label={t("certificate.since")}>{momentText(boughtAt ?? since)}</Fact>
        {status !== "Refunded" && (
          <Fact label={t("certificate.until")}>{expiry === 0n ? t("licence.forEver") : momentText(expiry)}</Fact>
        )}
        <Fact label={t("certificate.status")}>
          <Badge tone={missing === "Ended" ? "lost" : TONES[status]}>
            {t(missing === "Ended" ? "licence.status.ended" : `licence.status.${status}`)}
          </Badge>
        </Fact>
        <Fact label={t("certificate.contentHash")}>
          <Hash value={licence.contentHash} what={t("certificate.contentHash")} />
        </Fact>
        <Fact label={t("certificate.contract")}>
          <Hash
            value={contracts.Licenses}
            what={t("certificate.contract")}
            href={network.explorerUrl && `${network.explorerUrl}/token/${contracts.Licenses}?a=${licenceId}`}
          />
        </Fact>
        <Fact label={t("certificate.chain")}>
          <span translate="no">{t("certificate.pdf.chain", { name: network.name, id: String(network.id) })}</span>
        </Fact>
      </dl>
      {status !== "Refunded" && <TermsInShort licence={licence} />}
      <div className={css.check}>
        <p className={css.muted}>{t("certificate.checkText")}</p>
        {check.at === "reading" ? (
          <CountedWait label={t("certificate.checking")} expectedSeconds={2} startedAt={check.since} />
        ) : (
          <Button icon={ShieldCheck} onClick={() => void read()}>
            {t(check.at === "read" ? "certificate.checkAgain" : "certificate.check")}
          </Button>
        )}
        {check.at === "read" && <Checks certificate={check.found} />}
        {failed && (
          <ErrorState what={failed.what} money="notInvolved" technical={failed.technical}>
            {failed.todo}
          </ErrorState>
        )}
      </div>
      {!missing && (
        <div className={css.share}>
          <div className={css.code}>
            <QrCode text={url} label={t("certificate.qr")} />
          </div>
          <div className={css.link}>
            <p className={css.muted}>{t("certificate.share")}</p>
            <p className={css.url} translate="no">
              {url} <CopyButton text={url} what={t("certificate.copy")} />
            </p>
            <SaveButton
              about={{
                ...{ licence, holderName, licensorName, creatorName, url, title: words.title, right: words.right },
                ...{ contract: contracts.Licenses, chain: network, printedAt: now },
              }}
              picture={picture && stelai.characters.gatewayUrl(picture.uri)}
            />
          </div>
        </div>
      )}
    </section>
  );
}
