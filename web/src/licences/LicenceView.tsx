import "./words.ts";
import { useStelai } from "@stelai/sdk/react";
import { lazy, Suspense } from "react";
import { Page } from "../app/Page.tsx";
import { useT } from "../i18n/react.tsx";
import { shownOf } from "../market/media.ts";
import { useNameOfPerson } from "../people/names.ts";
import { useChainNow } from "../stelai/chainNow.ts";
import { explain } from "../stelai/explain.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { ButtonLink, Link } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { CertificatePanel } from "./certificate/CertificatePanel.tsx";
import { type Licence, licenceOf } from "./facts.ts";
import css from "./Licence.module.css";
import { OrderPanel, useIsMine } from "./order/OrderPanel.tsx";
import { useCertificate, useOrder, useWorkMetadata } from "./useLicence.ts";
import { TONES, useLicenceWords } from "./useWords.ts";

const LicenceResale = lazy(() => import("./resale/LicenceResale.tsx"));

/** The work that a licence is of: preview, title, who made it, what the licence gives. */
function Head({ licence }: { licence: Licence }) {
  const t = useT();
  const stelai = useStelai();
  const now = useChainNow();
  const creator = useNameOfPerson(licence.creator);
  const { title, right } = useLicenceWords()(licence, now);
  const { picture } = shownOf({ preview: licence.preview ?? null, poster: null });
  return (
    <div className={css.head}>
      {picture && (
        <img
          className={css.picture}
          src={stelai.characters.gatewayUrl(picture.uri)}
          alt=""
          width={picture.width}
          height={picture.height}
        />
      )}
      <div className={css.about}>
        <p className={css.title}>
          <Link href={`/works/${licence.workId}`} look="plain" translate="no">
            {title}
          </Link>
        </p>
        <p className={css.muted}>
          <Link href={`/people/${licence.creator}`} look="plain" translate="no">
            {t("licence.by", { name: creator })}
          </Link>
        </p>
        <p className={css.muted}>{t("certificate.words")}</p>
        <p>{right}</p>
        <p>
          <Badge tone={TONES[licence.status]} framed>
            {t(`licence.status.${licence.status}`)}
          </Badge>
        </p>
        {licence.isBehind && <p className={css.muted}>{t("licence.behind")}</p>}
      </div>
    </div>
  );
}

/** A licence: its order for who holds it, its certificate for anyone. */
export function LicenceView({ licenceId }: { licenceId: bigint }) {
  const t = useT();
  const id = String(licenceId);
  const chain = useCertificate(licenceId);
  const index = useOrder(licenceId, chain.data?.licence.status);
  const metadata = useWorkMetadata(chain.data?.work?.metadataURI);
  const licence = chain.data && licenceOf(chain.data, index.data, metadata.data);
  const isMine = useIsMine(licence);
  const title = t("licence.number", { id });

  if (!chain.data) {
    const failed = chain.error ? explain(chain.error) : undefined;
    return (
      <Page title={title}>
        {failed ? (
          <ErrorState
            what={t("licence.unread")}
            money="untouched"
            technical={failed.technical}
            actions={<Button onClick={() => void chain.refetch()}>{t("chat.again")}</Button>}
          >
            {failed.what}
          </ErrorState>
        ) : (
          <div className={css.columns} aria-busy>
            <Skeleton height="24rem" />
            <Skeleton height="32rem" />
          </div>
        )}
      </Page>
    );
  }
  if (!licence) {
    return (
      <Page title={title}>
        <EmptyState
          title={t("licence.unknown", { id })}
          actions={<ButtonLink href="/library?tab=licences">{t("licence.toLibrary")}</ButtonLink>}
        >
          {t("licence.unknownText")}
        </EmptyState>
      </Page>
    );
  }
  const order = (
    <div className={css.column}>
      <OrderPanel licence={licence} />
      {isMine && licence.status !== "Refunded" && (
        <Suspense fallback={<Skeleton height="6rem" />}>
          <LicenceResale licence={licence} />
        </Suspense>
      )}
    </div>
  );
  return (
    <Page title={title}>
      {/* What one came for stands first: the order for who holds it, the certificate for anyone else. */}
      <div className={css.columns}>
        <Head licence={licence} />
        {isMine && order}
        <div className={css.certificate}>
          <CertificatePanel
            licence={licence}
            onCheck={async () => (await chain.refetch({ throwOnError: true })).data}
          />
        </div>
        {!isMine && order}
      </div>
    </Page>
  );
}
