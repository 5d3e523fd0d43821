import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import css from "./Keys.module.css";
import { Snippets } from "./Snippets.tsx";

/** The key, this once, and what to do with it. Closed by its button alone: what is closed by mistake is lost. */
export function NewKeyDialog({ apiKey, onClose }: { apiKey: string; onClose: () => void }) {
  const t = useT();
  return (
    <Dialog
      open
      onClose={onClose}
      dismissible={false}
      title={t("keys.made.title")}
      description={t("keys.made.text")}
      foot={
        <Button variant="primary" onClick={onClose}>
          {t("keys.made.done")}
        </Button>
      }
    >
      <div className={css.made}>
        <div className={css.secret}>
          <code translate="no" data-testid="api-key">
            {apiKey}
          </code>
          <CopyButton text={apiKey} what={t("keys.made.key")} />
        </div>
        <Snippets apiKey={apiKey} />
      </div>
    </Dialog>
  );
}
