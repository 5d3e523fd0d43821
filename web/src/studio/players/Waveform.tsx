import { type KeyboardEvent, type PointerEvent, useMemo } from "react";
import { useT } from "../../i18n/react.tsx";
import css from "./Players.module.css";
import { barsOf, clock, stepFor } from "./waveform.ts";

export interface WaveformProps {
  peaks: readonly number[];
  seconds: number;
  /** Seconds. */
  position: number;
  onSeek: (to: number) => void;
  /** How many bars fit. */
  bars?: number;
}

/** Loudness over time, and where it plays: a slider for pointer and keyboard. */
export function Waveform({ peaks, seconds, position, onSeek, bars = 56 }: WaveformProps) {
  const t = useT();
  const heights = useMemo(() => barsOf(peaks, bars), [peaks, bars]);
  const played = seconds === 0 ? 0 : (position / seconds) * bars;
  const at = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / width)) * seconds;
  };
  const key = (event: KeyboardEvent) => {
    const to = stepFor(event.key, position, seconds);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onSeek(to);
  };
  return (
    <div
      className={css.wave}
      role="slider"
      tabIndex={0}
      aria-label={t("studio.play.position")}
      aria-valuemin={0}
      aria-valuemax={Math.round(seconds)}
      aria-valuenow={Math.round(position)}
      aria-valuetext={t("studio.play.at", { at: clock(position), of: clock(seconds) })}
      onKeyDown={key}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        onSeek(at(event));
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) onSeek(at(event));
      }}
    >
      <svg viewBox={`0 0 ${bars * 4} 100`} preserveAspectRatio="none" aria-hidden focusable="false">
        {heights.map((height, bar) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bars never change places
            key={bar}
            className={bar < played ? css.played : css.ahead}
            x={bar * 4 + 0.5}
            width={3}
            y={50 - height / 2}
            height={height}
            rx={1}
          />
        ))}
      </svg>
    </div>
  );
}
