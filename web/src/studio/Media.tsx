import type { Generation } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { lazy, Suspense } from "react";
import { useT } from "../i18n/react.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { addressOf } from "./files.ts";
import css from "./Tile.module.css";

const AudioPlayer = lazy(() => import("./players/AudioPlayer.tsx").then((it) => ({ default: it.AudioPlayer })));
const VideoPlayer = lazy(() => import("./players/VideoPlayer.tsx").then((it) => ({ default: it.VideoPlayer })));

export interface MediaProps {
  generation: Generation;
  /** Opens the picture large; without it, it is large already. */
  onOpen?: (() => void) | undefined;
  /** Its address no longer works: it wants a new one. */
  onFailed: () => void;
}

/** What was made: a picture, a video or a piece of audio, each with what one expects to do with it. */
export function Media({ generation, onOpen, onFailed }: MediaProps) {
  const t = useT();
  const stelai = useStelai();
  const { id, file, urls, prompt } = generation;
  if (!file || !urls) return <Skeleton height="100%" />;
  const src = addressOf(stelai, urls.content);
  if (file.mediaType.startsWith("image/")) {
    const picture = (
      <img
        src={src}
        alt={t("studio.viewer.alt", { prompt })}
        translate="no"
        loading="lazy"
        decoding="async"
        width={file.width}
        height={file.height}
        onError={onFailed}
      />
    );
    return onOpen ? (
      <button type="button" className={css.open} onClick={onOpen}>
        {picture}
      </button>
    ) : (
      picture
    );
  }
  return (
    <Suspense fallback={<Skeleton height="100%" />}>
      {file.mediaType.startsWith("video/") ? (
        <VideoPlayer src={src} title={prompt} width={file.width} height={file.height} onFailed={onFailed} />
      ) : (
        <AudioPlayer
          track={{ id, title: prompt, src, seconds: file.seconds ?? 0, peaks: file.peaks ?? [] }}
          onFailed={onFailed}
        />
      )}
    </Suspense>
  );
}
