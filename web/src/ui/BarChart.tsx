import { scaleBand, scaleLinear } from "d3-scale";
import { useLayoutEffect, useRef, useState } from "react";
import { useT } from "../i18n/react.tsx";
import css from "./BarChart.module.css";
import { cx } from "./cx.ts";
import { Table } from "./Table.tsx";

export interface Bar {
  label: string;
  value: bigint;
  /** Whether it is only expected: drawn as an outline, and told so. */
  isAhead?: boolean;
}

export interface BarChartProps {
  title: string;
  bars: readonly Bar[];
  /** Heads of the table beneath: of the labels, of the values. */
  columns: readonly [string, string];
  /** The exact value as text. */
  format: (value: bigint) => string;
  /** What is said of bars that are only expected: "expected". */
  ahead?: string;
}

const HEIGHT = 192;
const AXIS = 20;
/** Room for the numbers at the left, so that no line runs through them: at least this, and so much for each character. */
const MARGIN = 48;
const CHARACTER = 8;
/** A single day is a bar, not a wall. */
const WIDEST = 64;

function useWidth() {
  const ref = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.max(120, entry.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width] as const;
}

/** Bars over time; the exact numbers are in the table beneath, which is what a screen reader reads. */
export function BarChart({ title, bars, columns, format, ahead = "" }: BarChartProps) {
  const t = useT();
  const [ref, width] = useWidth();
  const [active, setActive] = useState<number>();
  // biome-ignore lint/complexity/useMathMinMax: Math.max takes no bigint
  const most = bars.reduce((largest, bar) => (bar.value > largest ? bar.value : largest), 0n);
  const ticks = most > 0n ? [most / 2n, most] : [];
  const margin = Math.max(MARGIN, ...ticks.map((tick) => format(tick).length * CHARACTER));
  // Pixels may be floats; every number that is read comes from `format`.
  const heights = scaleLinear([0, Number(most) || 1], [HEIGHT - AXIS, 8]);
  const places = scaleBand(
    bars.map((_, index) => String(index)),
    [margin, width],
  ).paddingInner(0.3);
  const every = Math.max(1, Math.ceil(bars.length / Math.max(2, Math.floor(width / 90))));
  const chosen = active === undefined ? undefined : bars[active];
  const told = ({ value, isAhead }: Bar) => (isAhead ? `${format(value)} ${ahead}` : format(value));
  return (
    <figure className={css.chart} aria-label={title}>
      <div className={css.readout} aria-hidden>
        {chosen ? `${chosen.label}: ${told(chosen)}` : title}
      </div>
      <svg ref={ref} className={css.svg} aria-hidden onPointerLeave={() => setActive(undefined)}>
        {ticks.map((tick) => (
          <g key={String(tick)} transform={`translate(0 ${heights(Number(tick))})`}>
            <line className={css.grid} x1={margin} x2={width} />
            <text className={css.tick} y={4}>
              {format(tick)}
            </text>
          </g>
        ))}
        <line className={css.grid} x1={margin} x2={width} y1={HEIGHT - AXIS} y2={HEIGHT - AXIS} />
        {bars.map((bar, index) => {
          const x = places(String(index)) ?? 0;
          const top = heights(Number(bar.value));
          return (
            <g key={bar.label} className={cx(active === index && css.active)} onPointerEnter={() => setActive(index)}>
              <rect x={x} width={places.step()} height={HEIGHT - AXIS} fill="transparent" />
              <rect
                className={cx(css.bar, bar.isAhead && css.ahead)}
                x={x}
                y={top}
                width={Math.min(places.bandwidth(), WIDEST)}
                height={bar.value > 0n ? Math.max(1, HEIGHT - AXIS - top) : 0}
              />
              {index % every === 0 && (
                <text className={css.tick} x={x} y={HEIGHT - 4}>
                  {bar.label}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <details className={css.table}>
        <summary>{t("ui.chart.table")}</summary>
        <Table
          caption={title}
          hideCaption
          rows={bars}
          rowKey={(bar) => bar.label}
          columns={[
            { key: "label", label: columns[0], cell: (bar) => bar.label },
            { key: "value", label: columns[1], end: true, cell: told },
          ]}
        />
      </details>
    </figure>
  );
}
