import { useStelai } from "@stelai/sdk/react";
import { useState } from "react";
import { useT } from "../i18n/react.tsx";
import { pause, videoPlays } from "../studio/players/playback.ts";
import { Icon } from "../ui/Icon.tsx";
import { shownOf } from "./media.ts";
import type { Details } from "./useWork.ts";
import css from "./Work.module.css";
import { MODALITY_ICONS } from "./WorkMedia.tsx";

/** A work's preview, large: its marked picture, or its marked beginning with the browser's own controls. */
export function WorkStage({ work, title }: { work: Details["work"]; title: string }) {
  const t = useT();
  const stelai = useStelai();
  const [failed, setFailed] = useState(false);
  const { picture, clip, isVideo } = shownOf(work);
  const src = (uri: string) => stelai.characters.gatewayUrl(uri);
  const label = t("work.preview", { title });
  const size = isVideo ? clip : picture;
  const shape = size?.width && size.height ? { width: size.width, height: size.height } : {};
  const blank = (
    <span className={css.blank}>
      <Icon of={MODALITY_ICONS[work.modality]} size={48} />
    </span>
  );
  if (failed || (!picture && !clip)) {
    return (
      <div className={css.stage}>
        {blank}
        <p className={css.muted}>{t("work.noPreview")}</p>
      </div>
    );
  }
  if (clip && isVideo) {
    return (
      <div className={css.stage}>
        <video
          src={src(clip.uri)}
          {...(picture && { poster: src(picture.uri) })}
          {...shape}
          controls
          playsInline
          preload="metadata"
          aria-label={label}
          translate="no"
          onPlay={(event) => videoPlays(event.currentTarget)}
          onError={() => setFailed(true)}
        />
      </div>
    );
  }
  return (
    <div className={css.stage}>
      {picture ? (
        <img
          src={src(picture.uri)}
          alt={label}
          translate="no"
          decoding="async"
          {...shape}
          onError={() => setFailed(true)}
        />
      ) : (
        blank
      )}
      {clip && (
        // biome-ignore lint/a11y/useMediaCaption: the first seconds of somebody's sound
        <audio
          src={src(clip.uri)}
          controls
          preload="metadata"
          aria-label={label}
          translate="no"
          onPlay={pause}
          onError={() => setFailed(true)}
        />
      )}
    </div>
  );
}
