import type { Generation } from "@stelai/sdk";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { differing } from "./compare.ts";
import { Details } from "./Details.tsx";
import { Media } from "./Media.tsx";
import type { ResultActs } from "./useResultActs.tsx";
import css from "./Viewer.module.css";

/** Two to four results side by side, with what differs between them marked. */
export function CompareDialog({
  results,
  acts,
  onClose,
}: {
  results: readonly Generation[];
  acts: ResultActs;
  onClose: () => void;
}) {
  const t = useT();
  const marked = differing(results.map(({ settings }) => settings)) as ReadonlySet<string>;
  return (
    <Dialog open onClose={onClose} kind="large" title={t("studio.compare.title")}>
      {marked.size === 0 && <p className={css.muted}>{t("studio.compare.same")}</p>}
      <ul className={css.compared}>
        {results.map((generation) => (
          <li key={generation.id}>
            <div className={css.stage}>
              <Media generation={generation} onFailed={() => acts.refresh(generation.id)} />
            </div>
            <Details generation={generation} marked={marked} />
            <Button
              size="small"
              onClick={() => {
                onClose();
                acts.reuse(generation);
              }}
            >
              {t("studio.act.reuse")}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
