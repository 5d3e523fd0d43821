import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import css from "./Wizard.module.css";

/** Asks once more before a draft is thrown away. */
export function DiscardDialog({
  open,
  onClose,
  onDiscard,
}: {
  open: boolean;
  onClose: () => void;
  onDiscard: () => void;
}) {
  const t = useT();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("publish.discardSure")}
      description={t("publish.discardText")}
      foot={
        <div className={css.foot}>
          <Button
            variant="danger"
            onClick={() => {
              onClose();
              onDiscard();
            }}
          >
            {t("publish.discard")}
          </Button>
          <Button onClick={onClose}>{t("publish.keep")}</Button>
        </div>
      }
    />
  );
}
