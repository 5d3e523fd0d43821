import { useT } from "../../i18n/react.tsx";
import css from "./Players.module.css";
import { videoPlays } from "./playback.ts";

export interface VideoPlayerProps {
  src: string;
  /** Its prompt: what is on it. */
  title: string;
  width: number | undefined;
  height: number | undefined;
  onFailed: () => void;
}

/** A video with the browser's own controls; nothing but its first frame is fetched before it plays. */
export function VideoPlayer({ src, title, width, height, onFailed }: VideoPlayerProps) {
  const t = useT();
  return (
    <video
      className={css.video}
      src={src}
      controls
      loop
      playsInline
      preload="metadata"
      aria-label={t("studio.play.video", { prompt: title })}
      translate="no"
      {...(width && height && { width, height })}
      onPlay={(event) => videoPlays(event.currentTarget)}
      onError={onFailed}
    />
  );
}
