import { useStelai } from "@stelai/sdk/react";
import { useQueryClient } from "@tanstack/react-query";
import { CalendarClock, ChevronDown, ChevronUp } from "lucide-react";
import { useId, useState } from "react";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { useChainNow } from "../stelai/chainNow.ts";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import css from "./DevBar.module.css";
import { advance, STEPS } from "./time.ts";

/** The index and the relayer hear of a new block a moment later: what they say is asked for once more then. */
const FOLLOW_UP_MS = 3_000;

/**
 * On a local chain: what its clock says, and how to move it ahead, so that renewals and expiries can be seen. A line
 * at the lower edge that unfolds.
 */
export default function DevBar() {
  const t = useT();
  const id = useId();
  const stelai = useStelai();
  const queries = useQueryClient();
  const now = useChainNow();
  const [open, setOpen] = useState(false);
  const [moving, setMoving] = useState(false);
  const [error, setError] = useState<unknown>();

  const move = async (seconds: number) => {
    setMoving(true);
    setError(undefined);
    try {
      await advance(stelai, seconds);
      await queries.invalidateQueries();
      window.setTimeout(() => void queries.invalidateQueries(), FOLLOW_UP_MS);
    } catch (reason) {
      setError(reason);
    } finally {
      setMoving(false);
    }
  };

  return (
    <aside className={css.bar} aria-label={t("dev.title")}>
      <button
        type="button"
        className={css.toggle}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen((before) => !before)}
      >
        <Icon of={CalendarClock} size={14} />
        <span>
          {t("dev.chain")} · <time translate="no">{formatMoment(Number(now))}</time>
        </span>
        <span className={css.hint}>{t(open ? "dev.close" : "dev.open")}</span>
        <Icon of={open ? ChevronDown : ChevronUp} size={14} />
      </button>
      <div id={id} className={css.steps} hidden={!open}>
        <p className={css.lead}>{t("dev.lead")}</p>
        <div className={css.buttons}>
          {STEPS.map(({ name, seconds }) => (
            <Button key={name} size="small" disabled={moving} onClick={() => void move(seconds)}>
              {t(`dev.${name}`)}
            </Button>
          ))}
        </div>
        <p className={css.lead} role="status">
          {error !== undefined ? explain(error).what : moving ? t("dev.moving") : ""}
        </p>
      </div>
    </aside>
  );
}
