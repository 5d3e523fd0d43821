import { useState } from "react";
import css from "./Avatar.module.css";
import { slabOf } from "./slab.ts";

export interface AvatarProps {
  /** What the slab is carved from: an id that never changes. */
  id: string;
  /** Pixels, or a CSS length such as "100%". */
  size?: number | string;
  /** A picture in its place. When it cannot be loaded, the slab stands. */
  src?: string | undefined;
}

/** A stone slab carved from an id's hash. Decoration: the name beside it speaks. */
export function Avatar({ id, size = 40, src }: AvatarProps) {
  const [failed, setFailed] = useState<string>();
  const style = { inlineSize: size, blockSize: size };
  if (src && failed !== src) {
    return <img className={css.avatar} style={style} src={src} alt="" loading="lazy" onError={() => setFailed(src)} />;
  }
  const { stone, outline, carving } = slabOf(id);
  const [ground, face, light, cut] = stone;
  return (
    // Standing on the lower edge, whatever the shape of the place.
    <svg
      className={css.avatar}
      style={{ ...style, background: ground }}
      viewBox="0 0 96 96"
      preserveAspectRatio="xMidYMax meet"
      aria-hidden
      focusable="false"
    >
      <path d={outline} fill={cut} opacity="0.35" transform="translate(3 2)" />
      <path d={outline} fill={face} stroke={light} strokeWidth="1" />
      <g fill="none" strokeWidth="3" strokeLinecap="square" strokeLinejoin="miter">
        {carving.map(({ sign, y }) => (
          <g key={y} transform={`translate(0 ${y})`}>
            <path d={sign} stroke={light} transform="translate(0.75 1.25)" />
            <path d={sign} stroke={cut} />
          </g>
        ))}
      </g>
    </svg>
  );
}
