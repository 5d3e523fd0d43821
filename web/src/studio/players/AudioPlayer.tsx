import { Pause, Play } from "lucide-react";
import { dock } from "../../app/dock.ts";
import { useT } from "../../i18n/react.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { PlayerBar } from "./PlayerBar.tsx";
import css from "./Players.module.css";
import { pause, play, type Track, usePlayback } from "./playback.ts";
import { Waveform } from "./Waveform.tsx";
import { clock } from "./waveform.ts";

/** A piece of audio where it stands. Once begun it goes on in the bar at the lower edge, from page to page. */
export function AudioPlayer({ track, onFailed }: { track: Track; onFailed: () => void }) {
  const t = useT();
  const playback = usePlayback();
  const isMine = playback.track?.id === track.id;
  const position = isMine ? playback.position : 0;
  const isPlaying = isMine && playback.playing;
  const start = (from?: number) => {
    dock(PlayerBar);
    // An address that has expired is asked for anew; the next press has it.
    if (isMine && playback.failed) onFailed();
    play(track, from);
  };
  return (
    <div className={css.audio}>
      <IconButton
        label={isPlaying ? t("studio.play.pause") : t("studio.play.play")}
        icon={isPlaying ? Pause : Play}
        variant="secondary"
        onClick={() => (isPlaying ? pause() : start())}
      />
      <div className={css.track}>
        <Waveform peaks={track.peaks} seconds={track.seconds} position={position} onSeek={start} />
        <span className={css.clock}>
          {isMine && playback.failed
            ? t("studio.play.failed")
            : t("studio.play.at", { at: clock(position), of: clock(track.seconds) })}
        </span>
      </div>
    </div>
  );
}
