import { Plus, X } from "lucide-react";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { LEAST_COLOURS, MOST_COLOURS } from "../tool/draftTool.ts";
import css from "./Palette.module.css";

/** What a new palette begins with: verdigris and a warm light, then one more each time. */
const FIRST = ["#0b6557", "#f3d9a4", "#2d3142", "#c8553d", "#8aa29e", "#f0e7d8", "#5b4b8a", "#e0a458"];

export interface PaletteFieldProps {
  /** Each `#rrggbb`. */
  palette: readonly string[];
  error: string | undefined;
  onChange: (palette: readonly string[]) => void;
}

/** The colours that a tool works with, each in the browser's own colour field. */
export function PaletteField({ palette, error, onChange }: PaletteFieldProps) {
  const t = useT();
  const isEmpty = palette.length === 0;
  const add = () =>
    onChange([...palette, ...FIRST.slice(palette.length, isEmpty ? LEAST_COLOURS : palette.length + 1)]);
  return (
    <fieldset className={css.palette}>
      <legend>{t("tools.style.palette")}</legend>
      <p className={css.hint}>{t("tools.style.paletteHint")}</p>
      {!isEmpty && (
        <ul className={css.colours}>
          {palette.map((colour, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: colours have no name and may be the same
            <li key={at} className={css.colour}>
              <input
                type="color"
                value={colour.toLowerCase()}
                aria-label={t("tools.style.colour", { number: at + 1 })}
                aria-invalid={error !== undefined || undefined}
                onChange={(event) => onChange(palette.map((each, index) => (index === at ? event.target.value : each)))}
              />
              <code translate="no">{colour}</code>
              <IconButton
                label={t("tools.style.colourRemove", { number: at + 1 })}
                icon={X}
                onClick={() => onChange(palette.filter((_, index) => index !== at))}
              />
            </li>
          ))}
        </ul>
      )}
      {error && <p className={css.wrong}>{error}</p>}
      <div>
        <Button icon={Plus} disabled={palette.length >= MOST_COLOURS} onClick={add}>
          {t(isEmpty ? "tools.style.coloursAdd" : "tools.style.colourAdd")}
        </Button>
      </div>
    </fieldset>
  );
}
