import type { Generation } from "@stelai/sdk";
import { ChevronLeft, ChevronRight, Download, TextCursorInput, Wand } from "lucide-react";
import { useEffect, useRef } from "react";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Details } from "./Details.tsx";
import { Media } from "./Media.tsx";
import { TileMenu } from "./TileMenu.tsx";
import type { ResultActs, ResultState } from "./useResultActs.tsx";
import css from "./Viewer.module.css";

export interface ViewerProps {
  /** Finished ones, in the gallery's order. */
  results: readonly Generation[];
  acts: ResultActs;
  state: ResultState;
}

/** One result as large as the window allows; the arrow keys lead through the gallery. */
export function Viewer({ results, acts, state: { large, setLarge } }: ViewerProps) {
  const t = useT();
  const at = results.findIndex(({ id }) => id === large);
  const generation = results[at];
  const step = (by: 1 | -1) => {
    const next = results[at + by];
    if (next) setLarge(next.id);
  };
  const latest = useRef(step);
  latest.current = step;
  const isOpen = generation !== undefined;
  useEffect(() => {
    if (!isOpen) return undefined;
    const key = (event: KeyboardEvent) => {
      const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : undefined;
      if (by === undefined || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      // In a player or a menu the same keys lead elsewhere.
      const taken = "video, input, textarea, [role='slider'], [role='menu']";
      if (event.target instanceof HTMLElement && event.target.closest(taken)) return;
      event.preventDefault();
      latest.current(by);
    };
    document.addEventListener("keydown", key);
    return () => document.removeEventListener("keydown", key);
  }, [isOpen]);
  if (!generation) return null;
  return (
    <Dialog
      open
      onClose={() => setLarge(undefined)}
      kind="large"
      title={<span aria-live="polite">{t("studio.viewer", { at: at + 1, of: results.length })}</span>}
      foot={
        <>
          <IconButton
            label={t("studio.viewer.before")}
            icon={ChevronLeft}
            variant="secondary"
            disabled={at === 0}
            onClick={() => step(-1)}
          />
          <IconButton
            label={t("studio.viewer.after")}
            icon={ChevronRight}
            variant="secondary"
            disabled={at === results.length - 1}
            onClick={() => step(1)}
          />
          {acts.isHere(generation) && (
            <Button icon={Wand} onClick={() => acts.vary(generation)}>
              {t("studio.act.vary", { price: acts.price(generation) })}
            </Button>
          )}
          <IconButton
            label={t("studio.act.reuse")}
            icon={TextCursorInput}
            variant="secondary"
            onClick={() => acts.reuse(generation)}
          />
          <IconButton
            label={t("studio.act.download")}
            icon={Download}
            variant="secondary"
            onClick={() => void acts.download(generation)}
          />
          <TileMenu generation={generation} acts={acts} />
        </>
      }
    >
      <div className={css.viewer}>
        {/* Keyed, so that a player does not go on with another file. */}
        <div className={css.stage} key={generation.id}>
          <Media generation={generation} onFailed={() => acts.refresh(generation.id)} />
        </div>
        <div className={css.about}>
          <Details generation={generation} />
        </div>
      </div>
    </Dialog>
  );
}
