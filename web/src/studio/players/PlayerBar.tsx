import { Pause, Play, X } from "lucide-react";
import { dock } from "../../app/dock.ts";
import { useT } from "../../i18n/react.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import css from "./Players.module.css";
import { pause, play, seek, stop, usePlayback } from "./playback.ts";
import { Waveform } from "./Waveform.tsx";
import { clock } from "./waveform.ts";

/** What plays, at the lower edge of every page until it is closed. */
export function PlayerBar() {
  const t = useT();
  const { track, playing, position, failed } = usePlayback();
  if (!track) return null;
  return (
    <section className={css.bar} aria-label={t("studio.play.bar")}>
      <IconButton
        label={playing ? t("studio.play.pause") : t("studio.play.play")}
        icon={playing ? Pause : Play}
        onClick={() => (playing ? pause() : play(track))}
      />
      <p className={css.title} translate="no">
        {track.title}
      </p>
      <div className={css.place}>
        <Waveform peaks={track.peaks} seconds={track.seconds} position={position} onSeek={seek} bars={96} />
      </div>
      <span className={css.clock}>
        {failed ? t("studio.play.failed") : t("studio.play.at", { at: clock(position), of: clock(track.seconds) })}
      </span>
      <IconButton
        label={t("studio.play.close")}
        icon={X}
        onClick={() => {
          stop();
          dock(undefined);
        }}
      />
    </section>
  );
}
