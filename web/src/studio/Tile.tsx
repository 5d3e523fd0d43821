import type { Generation } from "@stelai/sdk";
import { CircleSlash, Download, GitCompareArrows, RotateCcw, TextCursorInput, X } from "lucide-react";
import type { ReactNode } from "react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/Icon.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { ButtonLink, Link } from "../ui/Link.tsx";
import type { Sending } from "./live.ts";
import { Media } from "./Media.tsx";
import css from "./Tile.module.css";
import { TileMenu } from "./TileMenu.tsx";
import { causeOf, costOf, type TileState, tileState } from "./tile.ts";
import type { ResultActs } from "./useResultActs.tsx";

/** What it cost, with its receipt; nothing before it has ended. */
export function CostLine({ generation }: { generation: Generation }) {
  const t = useT();
  const cost = costOf(generation);
  if (generation.pass) return t("studio.cost.included");
  if (generation.requestId === null) return t("studio.cost.free");
  if (cost === undefined || !generation.metered) return t("studio.cost.pending");
  return (
    <>
      {t("studio.cost", { cost: formatCredits(cost * WEI_PER_MICROCREDIT, { rounding: "up" }) })} ·{" "}
      <Link href="/statement">
        {t("studio.receipt", { receipt: String(generation.metered.receipt.receipt.sequence) })}
      </Link>
    </>
  );
}

/** What it waits for, in words. */
export function useStateWords() {
  const t = useT();
  return (state: TileState, modality: Generation["modality"]): string => {
    switch (state.at) {
      case "sending":
        return t("studio.state.sending");
      case "waiting":
        if (state.ahead === undefined) return t("studio.state.waitingUnknown");
        return state.ahead === 0 ? t("studio.state.next") : t("studio.state.waiting", { ahead: state.ahead });
      case "signing":
        return t("studio.state.signing");
      case "making": {
        const kind = modality === "Chat" ? "Image" : modality;
        const made = t(`studio.state.making.${kind}`, { progress: state.progress });
        return state.left === undefined ? made : `${made} · ${t("studio.state.left", { seconds: state.left })}`;
      }
      case "cancelled":
        return t("studio.state.cancelled");
      case "failed":
        return t("studio.state.failed");
      case "done":
        return "";
    }
  };
}

/** The engine's cause in our words where we have them, else in the operator's; why it refuses, it alone knows. */
export function Cause({ code, message }: { code: string; message: string }) {
  const t = useT();
  const cause = causeOf(code);
  const said = <span translate="no">{message}</span>;
  if (cause === undefined) return said;
  return (
    <>
      {t(`studio.cause.${cause}`)} {cause === "refused" && said}
    </>
  );
}

/** A tile without a picture yet: what is going on, how far it is, and the way out. */
function Progress({ state, words, children }: { state: TileState; words: string; children?: ReactNode }) {
  return (
    <div className={css.waiting}>
      <p>{words}</p>
      <progress
        aria-label={words}
        max={100}
        {...(state.at === "making" && state.progress > 0 && { value: state.progress })}
      />
      {children}
    </div>
  );
}

/** Something that is on its way to the operator. */
export function SendingTile({ sending }: { sending: Sending }) {
  const words = useStateWords();
  return (
    <article className={css.tile}>
      <div className={css.media} data-makes={sending.modality}>
        <Progress state={{ at: "sending" }} words={words({ at: "sending" }, sending.modality)} />
      </div>
      <p className={css.prompt} translate="no">
        {sending.prompt}
      </p>
    </article>
  );
}

export interface TileProps {
  generation: Generation;
  acts: ResultActs;
  /** Whether it is chosen to be compared. */
  chosen: boolean;
}

/** One generation: on its way, failed as a zero line, or finished with what can be done with it. */
export function Tile({ generation, acts, chosen }: TileProps) {
  const t = useT();
  const words = useStateWords();
  const { id, prompt, modality } = generation;
  const state = tileState(generation);

  if (state.at === "failed" || state.at === "cancelled") {
    return (
      <article className={cx(css.tile, css.zero)}>
        <div className={css.lost}>
          <p className={css.lostWord}>
            <Icon of={CircleSlash} size={16} />
            {words(state, modality)} · {t("studio.state.notCharged")}
          </p>
          {state.at === "failed" && (
            <p>
              <Cause code={state.code} message={state.message} />
            </p>
          )}
        </div>
        <p className={css.prompt} translate="no">
          {prompt}
        </p>
        <div className={css.acts}>
          <Button size="small" icon={RotateCcw} onClick={() => acts.again(generation)}>
            {acts.isHere(generation)
              ? t("studio.act.retry", { price: acts.price(generation) })
              : t("studio.act.elsewhere")}
          </Button>
          <IconButton
            label={t("studio.act.reuse")}
            icon={TextCursorInput}
            size="small"
            onClick={() => acts.reuse(generation)}
          />
          <IconButton
            label={t("studio.act.dismiss")}
            icon={X}
            size="small"
            onClick={() => void acts.dismiss(generation)}
          />
        </div>
      </article>
    );
  }

  const isDone = state.at === "done";
  return (
    <article className={cx(css.tile, chosen && css.chosen)}>
      <div className={css.media} data-makes={modality}>
        {isDone ? (
          <Media generation={generation} onOpen={() => acts.open(id)} onFailed={() => acts.refresh(id)} />
        ) : (
          <Progress state={state} words={words(state, modality)}>
            <Button size="small" onClick={() => void acts.cancel(generation)}>
              {t("studio.act.cancel")}
            </Button>
          </Progress>
        )}
      </div>
      <p className={css.prompt} translate="no">
        {prompt}
      </p>
      {isDone && (
        <>
          <p className={css.cost}>
            <CostLine generation={generation} />
            {generation.file?.publicCid && <> · {t("studio.publish.done")}</>}
          </p>
          <div className={css.acts}>
            <ButtonLink href={`/sell/${id}`} size="small">
              {t("studio.act.sell")}
            </ButtonLink>
            <IconButton
              label={t("studio.act.reuse")}
              icon={TextCursorInput}
              size="small"
              onClick={() => acts.reuse(generation)}
            />
            <IconButton
              label={t("studio.act.download")}
              icon={Download}
              size="small"
              onClick={() => void acts.download(generation)}
            />
            <IconButton
              label={chosen ? t("studio.act.compareOff") : t("studio.act.compare")}
              icon={GitCompareArrows}
              size="small"
              variant={chosen ? "secondary" : "quiet"}
              aria-pressed={chosen}
              onClick={() => acts.toggleCompared(id)}
            />
            <TileMenu generation={generation} acts={acts} />
          </div>
        </>
      )}
    </article>
  );
}
