/** A small generator over the bytes that a name hashes to: the same id always carves the same stone. */
function carver(id: string): (limit: number) => number {
  let state = 0x811c9dc5;
  for (let i = 0; i < id.length; i += 1) state = Math.imul(state ^ id.charCodeAt(i), 0x01000193) >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
}

/** One inlay of colour, never more: verdigris, ochre or none, in the shade that shows on its stone. */
const ON_LIGHT = ["#0B6557", "#845100", undefined] as const;
const ON_DARK = ["#62C7AF", "#E0AC55", undefined] as const;

/** Stones of the interface's palette: face, the shade in the groove, the line, the inlays. */
const STONES = [
  { face: "#D6CFC0", shade: "#B3AC9D", line: "#1E1B16", inlays: ON_LIGHT },
  { face: "#ECE7DC", shade: "#D6CFC0", line: "#35322C", inlays: ON_LIGHT },
  { face: "#B3AC9D", shade: "#857C6B", line: "#141311", inlays: ON_LIGHT },
  { face: "#575043", shade: "#35322C", line: "#F1EDE4", inlays: ON_DARK },
  { face: "#857C6B", shade: "#575043", line: "#F6F3EC", inlays: ON_DARK },
] as const;
/** The slab's edge, seen on a light page as on a dark one. */
const EDGE = "#857C6B";

const SIZE = 256;
const CENTRE = SIZE / 2;

/** How a slab may end at its top. */
const TOPS = [
  "M40 232V114a88 88 0 0 1 176 0v118z",
  "M40 232V72l88-48 88 48v160z",
  "M40 232V32h176v200z",
  "M40 232V64c36 0 44-40 88-40s52 40 88 40v168z",
  "M40 232V48l24-24h128l24 24v184z",
] as const;

/**
 * A slab of stone with a sign carved into it, as SVG: hairlines, no gradient, made only from the hash of `id`. Square,
 * 256 units; opaque stone on a transparent ground, so that it sits on a light page as on a dark one.
 *
 * @param id what the stone stands for: a character's id or its slug.
 * @param title read aloud by screen readers; nothing is read when it is left out.
 */
export function avatarSvg(id: string, title?: string): string {
  const carve = carver(id);
  const stone = pick(STONES, carve);
  const inlay = pick(stone.inlays, carve);
  const top = pick(TOPS, carve);
  const sign = pick(SIGNS, carve)(carve);
  const name = title === undefined ? 'aria-hidden="true"' : `role="img" aria-label="${escapeXml(title)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}" ${name}>`,
    `<path d="${top}" fill="${stone.face}" stroke="${EDGE}" stroke-width="2"/>`,
    `<g fill="none" stroke="${stone.shade}" stroke-width="1">${chisel(carve)}</g>`,
    // The groove: a lighter-struck edge just below the cut, as light falls from above.
    `<g fill="none" stroke="${stone.shade}" stroke-width="3" transform="translate(1.5 1.5)">${sign}</g>`,
    `<g fill="none" stroke="${stone.line}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">${sign}</g>`,
    inlay === undefined ? "" : `<circle cx="${CENTRE}" cy="204" r="5" fill="${inlay}"/>`,
    `<path d="M64 ${188 + carve(3)}h128M64 220h128" fill="none" stroke="${stone.line}" stroke-width="1"/>`,
    "</svg>",
  ].join("");
}

type Carve = (limit: number) => number;

/** Short strokes of the tool across the face. */
function chisel(carve: Carve): string {
  let strokes = "";
  for (let i = 0; i < 14; i += 1) {
    const x = 56 + carve(130);
    const y = 76 + carve(100);
    strokes += `<path d="M${x} ${y}l${6 + carve(12)} ${-2 - carve(5)}"/>`;
  }
  return strokes;
}

const CENTRE_Y = 122;

/** Signs, each with its own freedom. */
const SIGNS: readonly ((carve: Carve) => string)[] = [
  // Rings, some of them broken.
  (carve) =>
    times(3 + carve(3), (i) => {
      const r = 12 + i * 11;
      return `<circle cx="${CENTRE}" cy="${CENTRE_Y}" r="${r}" stroke-dasharray="${carve(3) === 0 ? "none" : `${r * (1 + carve(4))} ${4 + carve(20)}`}"/>`;
    }),
  // A spiral.
  (carve) => {
    const turns = 2 + carve(3);
    const hand = carve(2) === 0 ? 1 : -1;
    const points = Array.from({ length: turns * 16 + 1 }, (_, i) => {
      const angle = (i / 16) * 2 * Math.PI * hand;
      const r = 4 + (52 * i) / (turns * 16);
      return `${round(CENTRE + r * Math.cos(angle))} ${round(CENTRE_Y + r * Math.sin(angle))}`;
    });
    return `<path d="M${points.join("L")}"/>`;
  },
  // Rays about a core.
  (carve) => {
    const count = 5 + carve(8);
    const inner = 14 + carve(14);
    return `<circle cx="${CENTRE}" cy="${CENTRE_Y}" r="${inner - 6}"/>${times(count, (i) => {
      const angle = (i / count) * 2 * Math.PI - Math.PI / 2;
      const outer = 40 + carve(16);
      return `<path d="M${polar(inner, angle)}L${polar(outer, angle)}"/>`;
    })}`;
  },
  // Letters of no alphabet, mirrored about a stave.
  (carve) =>
    `<path d="M${CENTRE} 70v104"/>${times(4 + carve(3), () => {
      const y = 76 + carve(84);
      const reach = 16 + carve(34);
      const rise = carve(36) - 18;
      return `<path d="M${CENTRE} ${y}l${reach} ${rise}M${CENTRE} ${y}l${-reach} ${rise}"/>`;
    })}`,
  // Water.
  (carve) => {
    const height = 6 + carve(10);
    return times(4 + carve(2), (i) => {
      const y = 84 + i * 18;
      return `<path d="M72 ${y}q14 ${-height} 28 0t28 0 28 0 28 0"/>`;
    });
  },
  // A lattice of squares within squares.
  (carve) =>
    times(3 + carve(2), (i) => {
      const half = 14 + i * 12;
      const turn = carve(2) === 0 ? 45 : 0;
      return `<rect x="${CENTRE - half * 0.8}" y="${CENTRE_Y - half * 0.8}" width="${half * 1.6}" height="${half * 1.6}" transform="rotate(${turn} ${CENTRE} ${CENTRE_Y})"/>`;
    }),
];

function pick<T>(items: readonly T[], carve: Carve): T {
  return items[carve(items.length)] as T;
}

function times(count: number, draw: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => draw(i)).join("");
}

function polar(r: number, angle: number): string {
  return `${round(CENTRE + r * Math.cos(angle))} ${round(CENTRE_Y + r * Math.sin(angle))}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
