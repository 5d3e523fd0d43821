import type { OrderView } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { Download } from "lucide-react";
import { formatDay } from "../../format/time.ts";
import { useT } from "../../i18n/react.tsx";
import { shownOf } from "../../market/media.ts";
import { useChainNow } from "../../stelai/chainNow.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { ButtonLink, Link } from "../../ui/Link.tsx";
import { clockOf, formatLeft } from "../clock.ts";
import { hasEnded, whyNotCertified } from "../facts.ts";
import { FileState } from "../order/FileState.tsx";
import { useFile } from "../useFile.ts";
import { creditsText, TONES, useLicenceWords } from "../useWords.ts";
import css from "./LicenceList.module.css";

/** One licence: what it gives, where its order stands, its file and its certificate. */
export function LicenceRow({ order }: { order: OrderView }) {
  const t = useT();
  const stelai = useStelai();
  const now = useChainNow();
  const { licenceId, workId, preview, status, price, listing } = order;
  const { title, right } = useLicenceWords()(order, now);
  const { state, download } = useFile({ token: { licenceId }, title });
  const clock = clockOf(order, now);
  const { picture } = shownOf({ preview, poster: null });
  const page = `/licences/${licenceId}`;
  const isOver = hasEnded(order, now);
  const hasFile = (status === "Delivered" || status === "Released") && !isOver;
  return (
    <Card className={css.row}>
      <Avatar id={`work ${workId}`} size={72} src={picture && stelai.characters.gatewayUrl(picture.uri)} />
      <div className={css.what}>
        <div className={css.top}>
          <h3 className={css.title}>
            <Link href={page} look="plain" translate="no">
              {title}
            </Link>
          </h3>
          <Badge tone={isOver ? "plain" : TONES[status]} framed>
            {t(isOver ? "licence.status.ended" : `licence.status.${status}`)}
          </Badge>
        </div>
        <p className={css.muted}>{right}</p>
        {clock && (
          <p>
            {clock.isDue
              ? t(`order.due.${clock.status}`, {
                  price: creditsText(price),
                  bond: creditsText(order.bond ?? undefined),
                })
              : t(`order.clock.${clock.status}`, { left: formatLeft(clock.left) })}
          </p>
        )}
        {listing && (
          <p className={css.muted}>
            {t("licences.listed", { price: creditsText(listing.price), until: formatDay(Number(listing.until)) })}
          </p>
        )}
        <div className={css.buttons}>
          {hasFile && (
            <Button
              size="small"
              variant="primary"
              icon={Download}
              disabled={state.at === "fetching"}
              onClick={() => void download()}
            >
              {t("file.download")}
            </Button>
          )}
          {clock && (
            <ButtonLink size="small" href={page}>
              {t("licences.order")}
            </ButtonLink>
          )}
          {!whyNotCertified(order, now) && !clock && (
            <ButtonLink size="small" href={page}>
              {t("licences.certificate")}
            </ButtonLink>
          )}
        </div>
        <FileState state={state} price={price} onAgain={() => void download()} />
        {state.at === "wrong" && status === "Delivered" && (
          <div>
            <ButtonLink href={page} variant="primary">
              {t("file.dispute")}
            </ButtonLink>
          </div>
        )}
      </div>
    </Card>
  );
}
