import { useT } from "../i18n/react.tsx";
import { Link } from "../ui/Link.tsx";
import css from "./Modalities.module.css";
import { MADE_MODALITIES, type MadeModality } from "./modalities.ts";
import { keep, promptKey } from "./stored.ts";
import { useTools } from "./ToolList.tsx";

/** From the workbench to a tool of another kind; what is typed goes with it. */
export function ModalityLinks({ current, prompt }: { current: MadeModality; prompt: string }) {
  const t = useT();
  const { tools } = useTools();
  return (
    <nav className={css.kinds} aria-label={t("studio.modalities")}>
      {MADE_MODALITIES.map((one) => {
        const first = tools?.find(({ stelai }) => stelai.modality === one)?.stelai.characterId;
        return (
          <Link
            key={one}
            // Without a tool of that kind, the page of all tools says so.
            href={first === undefined ? `/studio?make=${one}` : `/studio/${first}`}
            look="plain"
            aria-current={one === current ? "true" : undefined}
            onClick={(event) => {
              if (one === current) event.preventDefault();
              else if (first !== undefined && prompt.trim() !== "") keep(promptKey(first), prompt);
            }}
          >
            {t(`studio.modality.${one}`)}
          </Link>
        );
      })}
    </nav>
  );
}
