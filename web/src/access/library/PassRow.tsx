import type { Pass } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { lazy, Suspense, useState } from "react";
import { characterHref } from "../../explore/links.ts";
import { useT } from "../../i18n/react.tsx";
import { Avatar } from "../../ui/Avatar.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { ButtonLink, Link } from "../../ui/Link.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { StoppedError } from "../../wallet/errors.ts";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import type { AccessAct } from "../AccessSheets.tsx";
import { PassNow } from "../PassNow.tsx";
import { plansOf } from "../plans.ts";
import { useMyAccess } from "../useMyAccess.ts";
import { useSold } from "../useSold.ts";
import css from "./Library.module.css";

const AccessSheets = lazy(() => import("../AccessSheets.tsx"));

/** One pass: until when, the next charge, why it would fail and what mends it, and every way out. */
export function PassRow({ pass }: { pass: Pass }) {
  const t = useT();
  const stelai = useStelai();
  const wallet = useWallet();
  const { characterId } = pass;
  const mine = useMyAccess(characterId);
  const { sold, model } = useSold(characterId);
  const [act, setAct] = useState<AccessAct>();
  const image = model?.stelai.card?.image;
  const page = characterHref(characterId, model?.stelai.modality);
  const isTool = model !== undefined && model.stelai.modality !== "Chat";
  const start = (next: AccessAct) =>
    void wallet
      .require()
      .then(() => setAct(next))
      .catch((error: unknown) => {
        if (!(error instanceof StoppedError)) throw error;
      });
  if (!sold || !mine.access) return <Skeleton height="11rem" />;
  const plan = pass.plan ?? "Monthly";
  const canBuyAgain = mine.status === "ended" && !sold.suspended && plansOf(sold.terms).includes(plan);
  return (
    <Card className={css.pass}>
      <Avatar id={String(characterId)} size={64} src={image ? stelai.characters.gatewayUrl(image) : undefined} />
      <div className={css.what}>
        <h2 className={css.name}>
          <Link href={page} look="plain">
            <span translate="no">{sold.name}</span>
          </Link>
        </h2>
        <PassNow sold={sold} mine={mine} gifted={pass.gifted && mine.status === "active"} onAct={start} plain />
        <div className={css.buttons}>
          {mine.status === "active" && (
            <ButtonLink href={page} variant="primary" size="small">
              {t(isTool ? "library.use" : "library.talk")}
            </ButtonLink>
          )}
          {canBuyAgain && mine.renewal?.problem !== "Lapsed" && (
            <Button size="small" onClick={() => start({ do: "buy", plan })}>
              {t("library.again")}
            </Button>
          )}
        </div>
      </div>
      {act && (
        <Suspense>
          <AccessSheets
            sold={sold}
            act={act}
            onClose={() => {
              setAct(undefined);
              void mine.refresh();
            }}
          />
        </Suspense>
      )}
    </Card>
  );
}
