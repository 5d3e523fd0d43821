import type { Generation } from "@stelai/sdk";
import { lazy, Suspense, useState } from "react";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ProvenanceSheet } from "./ProvenanceSheet.tsx";
import type { ResultActs, ResultState } from "./useResultActs.tsx";
import css from "./Viewer.module.css";

const ShareDialog = lazy(() => import("../shares/ShareDialog.tsx"));

interface SheetProps {
  generation: Generation;
  acts: ResultActs;
  onClose: () => void;
}

/** Publishing cannot be taken back: said before. */
function PublishSheet({ generation, acts, onClose }: SheetProps) {
  const t = useT();
  const [isDoing, setDoing] = useState(false);
  const publish = async () => {
    setDoing(true);
    await acts.publish(generation);
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("studio.publish.title")}
      description={t("studio.publish.what")}
      foot={
        <>
          <Button variant="primary" disabled={isDoing} onClick={() => void publish()}>
            {isDoing ? t("studio.publish.doing") : t("studio.publish.act")}
          </Button>
          <Button onClick={onClose}>{t("studio.publish.not")}</Button>
        </>
      }
    >
      <div className={css.text}>
        <p>
          <strong>{t("studio.publish.undo")}</strong>
        </p>
        <p>{t("studio.publish.cost")}</p>
      </div>
    </Dialog>
  );
}

/** What goes with a deletion, and what stays. */
function DeleteSheet({ generation, acts, onClose }: SheetProps) {
  const t = useT();
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("studio.delete.title")}
      description={t("studio.delete.what")}
      foot={
        <>
          <Button
            variant="danger"
            onClick={() => {
              void acts.dismiss(generation);
              onClose();
            }}
          >
            {t("studio.delete.act")}
          </Button>
          <Button onClick={onClose}>{t("studio.delete.not")}</Button>
        </>
      }
    >
      <div className={css.text}>
        {generation.metered && <p>{t("studio.delete.stays")}</p>}
        {generation.file?.publicCid && <p>{t("studio.delete.public")}</p>}
      </div>
    </Dialog>
  );
}

/** The sheet that is open about a result. */
export function Sheets({
  acts,
  state: { sheet, closeSheet },
  session,
}: {
  acts: ResultActs;
  state: ResultState;
  session: Parameters<typeof ProvenanceSheet>[0]["session"];
}) {
  if (!sheet) return null;
  const { kind, generation } = sheet;
  if (kind === "provenance") {
    return <ProvenanceSheet generation={generation} session={session} onClose={closeSheet} />;
  }
  if (kind === "share") {
    return (
      <Suspense>
        <ShareDialog what={{ generationId: generation.id }} onClose={closeSheet} />
      </Suspense>
    );
  }
  const Sheet = kind === "publish" ? PublishSheet : DeleteSheet;
  return <Sheet generation={generation} acts={acts} onClose={closeSheet} />;
}
