import { lazy, Suspense, useState } from "react";
import type { AccessAct } from "../../access/AccessSheets.tsx";
import { RenewalNotice } from "../../access/RenewalNotice.tsx";
import { isProblem } from "../../access/renewal.ts";
import { useMyAccess } from "../../access/useMyAccess.ts";
import { useSold } from "../../access/useSold.ts";
import { useT } from "../../i18n/react.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import css from "./Feed.module.css";

const AccessSheets = lazy(() => import("../../access/AccessSheets.tsx"));

/** What is in the way of a renewal now, which may be another thing than what was told, and the button that mends it. */
export default function MendRenewal({ characterId }: { characterId: bigint }) {
  const t = useT();
  const { sold } = useSold(characterId);
  const { status, access, renewal, refresh } = useMyAccess(characterId);
  const [act, setAct] = useState<AccessAct>();
  if (status === "loading") return <Skeleton height="3rem" />;
  if (!sold || !access || !renewal) return null;
  return (
    <>
      {isProblem(renewal.problem) ? (
        <RenewalNotice sold={sold} access={access} renewal={renewal} onAct={setAct} />
      ) : (
        <p className={css.muted}>{t("feed.mended")}</p>
      )}
      {act && (
        <Suspense>
          <AccessSheets
            sold={sold}
            act={act}
            onClose={() => {
              setAct(undefined);
              void refresh();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
