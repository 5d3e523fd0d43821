import type { WorkHit } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { AudioLines, Clapperboard, Image, type LucideIcon, Mic, Pause, Play } from "lucide-react";
import { useEffect, useState } from "react";
import { useT } from "../i18n/react.tsx";
import { clock } from "../studio/players/waveform.ts";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/Icon.tsx";
import { shownOf } from "./media.ts";
import { playPreview, stopPreview, useIsPlaying } from "./playing.ts";
import css from "./WorkCard.module.css";

export const MODALITY_ICONS: Record<WorkHit["modality"], LucideIcon> = {
  Image,
  Video: Clapperboard,
  Voice: Mic,
  Music: AudioLines,
};

/** A work's picture on its card, and the button that plays its first seconds where it has any. */
export function WorkMedia({ work, title }: { work: WorkHit; title: string }) {
  const t = useT();
  const stelai = useStelai();
  const id = String(work.workId);
  const isPlaying = useIsPlaying(id);
  const [failed, setFailed] = useState(false);
  const { picture, clip, isVideo } = shownOf(work);
  // What is left behind does not go on playing unseen.
  useEffect(() => () => stopPreview(id), [id]);
  const end = () => stopPreview(id);
  const src = clip && stelai.characters.gatewayUrl(clip.uri);
  const stop = {
    onEnded: end,
    onError: () => {
      setFailed(true);
      end();
    },
  };
  return (
    <span className={css.media}>
      {picture && !failed ? (
        <img
          src={stelai.characters.gatewayUrl(picture.uri)}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => setFailed(true)}
        />
      ) : (
        <span className={css.blank}>
          <Icon of={MODALITY_ICONS[work.modality]} size={32} />
        </span>
      )}
      {isPlaying && isVideo && <video src={src} autoPlay playsInline {...stop} />}
      {isPlaying && !isVideo && <audio src={src} autoPlay {...stop} />}
      {work.seconds !== null && <span className={css.length}>{clock(work.seconds)}</span>}
      {clip && (
        <button
          type="button"
          className={cx(css.play, isPlaying && css.playing)}
          aria-label={t(isPlaying ? "work.stop" : "work.play", { title })}
          onClick={() => (isPlaying ? stopPreview(id) : playPreview(id))}
        >
          <Icon of={isPlaying ? Pause : Play} size={18} />
        </button>
      )}
    </span>
  );
}
