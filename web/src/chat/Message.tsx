import { ChevronLeft, ChevronRight, Copy, Flag, Pencil, RotateCw } from "lucide-react";
import { type FormEvent, lazy, memo, Suspense, useState } from "react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { cx } from "../ui/cx.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { Markdown } from "../ui/Markdown.tsx";
import { TextArea } from "../ui/TextArea.tsx";
import type { Turn } from "./conversation.ts";
import css from "./Message.module.css";
import { useVoice } from "./voice/VoiceDesk.tsx";

const Listen = lazy(() => import("./voice/Listen.tsx"));

export interface MessageProps {
  turn: Turn;
  /** Which branch this is, from 1, of how many. */
  place: { at: number; of: number };
  /** The name of who speaks. */
  name: string;
  /** "≤ 0.4": what asking again can cost; undefined while something is under way. */
  retryPrice: string | undefined;
  onStep: (by: -1 | 1) => void;
  onRetry: () => void;
  onEdit: (text: string) => void;
  onReport: () => void;
}

function Cost({ turn }: { turn: Turn }) {
  const t = useT();
  if (turn.state === "streaming") return <span>{t("chat.writing")}</span>;
  if (turn.cost === undefined) return <span>{t("chat.costPending")}</span>;
  if (turn.state === "failed") {
    const failure = turn.failure ?? "";
    const charged = formatCredits(turn.cost * WEI_PER_MICROCREDIT, { rounding: "up" });
    return <span className={css.failed}>{t("chat.failedLine", { failure, cost: charged })}</span>;
  }
  if (turn.included) return <span>{t("chat.costIncluded")}</span>;
  if (turn.cost === 0n) return <span>{t("chat.costFree")}</span>;
  const cost = formatCredits(turn.cost * WEI_PER_MICROCREDIT, { rounding: "up" });
  return <span>{t("chat.cost", { cost, receipt: String(turn.receipt ?? "") })}</span>;
}

/** One turn: its words, what it cost, and what can be done with it. */
export const Message = memo(function Message({
  turn,
  place,
  name,
  retryPrice,
  onStep,
  onRetry,
  onEdit,
  onReport,
}: MessageProps) {
  const t = useT();
  const voice = useVoice();
  const [draft, setDraft] = useState<string>();
  const isPerson = turn.role === "user";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft === undefined || draft.trim() === "") return;
    setDraft(undefined);
    onEdit(draft);
  };
  return (
    <article className={cx(css.message, isPerson ? css.person : css.character)} aria-label={name}>
      {draft !== undefined ? (
        <form onSubmit={submit} className={css.editing}>
          <TextArea
            label={t("chat.edit")}
            value={draft}
            onChange={(event) => setDraft(event.currentTarget.value)}
            rows={3}
          />
          <div className={css.tools}>
            <Button variant="primary" size="small" type="submit" disabled={retryPrice === undefined}>
              {t("chat.sendEdit", { price: retryPrice ?? "" })}
            </Button>
            <Button size="small" onClick={() => setDraft(undefined)}>
              {t("chat.cancelEdit")}
            </Button>
          </div>
        </form>
      ) : isPerson ? (
        <p className={css.words} translate="no">
          {turn.content}
        </p>
      ) : (
        <div className={css.words} aria-busy={turn.state === "streaming"} translate="no">
          {turn.content === "" && turn.state === "streaming" ? (
            <span className={css.caret} aria-hidden />
          ) : (
            <Markdown>{turn.content}</Markdown>
          )}
        </div>
      )}
      {draft === undefined && (
        <div className={css.foot}>
          {place.of > 1 && (
            <span className={css.branches}>
              <IconButton
                size="small"
                label={t("chat.branch.before")}
                icon={ChevronLeft}
                disabled={place.at === 1}
                onClick={() => onStep(-1)}
              />
              <span>{t("chat.branch", place)}</span>
              <IconButton
                size="small"
                label={t("chat.branch.after")}
                icon={ChevronRight}
                disabled={place.at === place.of}
                onClick={() => onStep(1)}
              />
            </span>
          )}
          {!isPerson && (
            <span className={css.cost}>
              <Cost turn={turn} />
            </span>
          )}
          <span className={css.tools}>
            {isPerson ? (
              <IconButton
                size="small"
                label={t("chat.editLabel")}
                icon={Pencil}
                onClick={() => setDraft(turn.content)}
              />
            ) : (
              turn.state !== "streaming" && (
                <>
                  <IconButton
                    size="small"
                    label={t("chat.retryLabel", { price: retryPrice ?? "" })}
                    icon={RotateCw}
                    disabled={retryPrice === undefined}
                    onClick={onRetry}
                  />
                  <IconButton
                    size="small"
                    label={t("chat.copyLabel")}
                    icon={Copy}
                    onClick={() => void navigator.clipboard.writeText(turn.content)}
                  />
                  <IconButton size="small" label={t("chat.reportLabel")} icon={Flag} onClick={onReport} />
                </>
              )
            )}
          </span>
        </div>
      )}
      {voice && !isPerson && turn.state !== "streaming" && turn.content !== "" && (
        <Suspense>
          <Listen turn={turn} />
        </Suspense>
      )}
    </article>
  );
});
