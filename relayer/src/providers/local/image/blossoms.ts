import type { Chance } from "./chance.ts";
import { type Colour, css, lighter, mix } from "./colour.ts";
import type { Pen } from "./studio.ts";

/** One flower: where its head is, how large, which way it looks, and its colours. */
export type Head = {
  x: number;
  y: number;
  size: number;
  angle: number;
  petal: Colour;
  light: Colour;
  heart: Colour;
  leaf: Colour;
};

export type Blossom = (pen: Pen, chance: Chance, head: Head) => void;

/** A petal that begins at the origin and points along x: darker at its root, lit at its rim. */
function petal(pen: Pen, long: number, wide: number, colour: Colour, light: Colour): void {
  const shade = pen.createLinearGradient(0, 0, long, 0);
  shade.addColorStop(0, css(lighter(colour, -0.13)));
  shade.addColorStop(0.5, css(colour));
  shade.addColorStop(1, css(mix(colour, light, 0.38)));
  pen.fillStyle = shade;
  pen.beginPath();
  pen.moveTo(0, 0);
  pen.bezierCurveTo(long * 0.25, -wide * 0.75, long * 0.85, -wide * 0.75, long, -wide * 0.06);
  pen.bezierCurveTo(long * 0.97, wide * 0.1, long * 0.85, wide * 0.75, 0, 0);
  pen.fill();
  pen.strokeStyle = css(lighter(colour, -0.09), 0.5);
  pen.lineWidth = wide * 0.035;
  for (const vein of [-0.3, 0, 0.3]) {
    pen.beginPath();
    pen.moveTo(long * 0.12, 0);
    pen.quadraticCurveTo(long * 0.45, vein * wide * 0.7, long * 0.84, vein * wide);
    pen.stroke();
  }
}

/** Petals all around, seen at a slant. */
function whorl(
  pen: Pen,
  chance: Chance,
  { x, y, size, angle, petal: colour, light }: Head,
  count: number,
  long: number,
  wide: number,
  slant: number,
  start: number,
): void {
  pen.save();
  pen.translate(x, y);
  pen.rotate(angle + Math.PI / 2);
  pen.scale(1, slant);
  for (let index = 0; index < count; index += 1) {
    pen.save();
    pen.rotate(start + (index / count) * Math.PI * 2 + chance.between(-0.07, 0.07));
    petal(
      pen,
      size * long * chance.between(0.9, 1.08),
      size * wide,
      lighter(colour, chance.between(-0.035, 0.035)),
      light,
    );
    pen.restore();
  }
  pen.restore();
}

function heart(
  pen: Pen,
  chance: Chance,
  { x, y, size, heart: colour, light }: Head,
  radius: number,
  slant: number,
): void {
  for (let seed = 0; seed < 70; seed += 1) {
    const out = Math.sqrt(seed / 70) * size * radius;
    const angle = seed * 2.39996;
    pen.fillStyle = css(mix(lighter(colour, -0.1 + 0.14 * (seed / 70)), light, chance.next() * 0.35));
    pen.beginPath();
    pen.arc(x + Math.cos(angle) * out, y + Math.sin(angle) * out * slant, size * radius * 0.15, 0, Math.PI * 2);
    pen.fill();
  }
}

const daisy: Blossom = (pen, chance, head) => {
  const slant = chance.between(0.62, 0.95);
  whorl(pen, chance, { ...head, petal: lighter(head.petal, -0.05) }, 15, 1.02, 0.3, slant, 0.2);
  whorl(pen, chance, head, 14, 0.92, 0.3, slant, 0);
  heart(pen, chance, head, 0.27, slant);
};

const sunflower: Blossom = (pen, chance, head) => {
  const slant = chance.between(0.75, 1);
  whorl(pen, chance, { ...head, petal: lighter(head.petal, -0.07) }, 21, 1.12, 0.28, slant, 0.15);
  whorl(pen, chance, head, 19, 0.98, 0.27, slant, 0);
  heart(pen, chance, { ...head, heart: lighter(mix(head.heart, [0.3, 0.03, 0.04], 0.75), -0.02) }, 0.5, slant);
};

const poppy: Blossom = (pen, chance, head) => {
  const slant = chance.between(0.55, 0.85);
  whorl(pen, chance, { ...head, petal: lighter(head.petal, -0.08) }, 4, 1, 1.2, slant, 0.4);
  whorl(pen, chance, head, 4, 0.88, 1.15, slant, 1.2);
  heart(pen, chance, { ...head, heart: [0.2, 0.01, 0.01] }, 0.2, slant);
};

const tulip: Blossom = (pen, chance, { x, y, size, angle, petal: colour, light }) => {
  pen.save();
  pen.translate(x, y);
  pen.rotate(angle);
  for (const [turn, tone] of [
    [-0.34, -0.08],
    [0.34, -0.06],
    [-0.15, 0],
    [0.17, 0.02],
    [0, 0.04],
  ] as const) {
    pen.save();
    pen.rotate(turn + chance.between(-0.04, 0.04));
    pen.translate(-size * 0.25, 0);
    petal(pen, size * 1.5, size * 0.62, lighter(colour, tone), light);
    pen.restore();
  }
  pen.restore();
};

const rose: Blossom = (pen, chance, head) => {
  const { x, y, size, petal: colour, light } = head;
  for (let ring = 0; ring < 6; ring += 1) {
    const out = 1 - ring / 6.6;
    const count = Math.max(3, 8 - ring);
    for (let index = 0; index < count; index += 1) {
      const turn = ring * 0.7 + (index / count) * Math.PI * 2 + chance.between(-0.15, 0.15);
      const radius = size * out * 0.52;
      const [atX, atY] = [x + Math.cos(turn) * radius, y + Math.sin(turn) * radius * 0.82];
      const shade = pen.createRadialGradient(x, y, 0, atX, atY, size * out * 0.62);
      shade.addColorStop(0, css(lighter(colour, -0.17)));
      shade.addColorStop(0.7, css(lighter(colour, 0.02 - ring * 0.012)));
      shade.addColorStop(1, css(mix(colour, light, 0.42)));
      pen.fillStyle = shade;
      pen.beginPath();
      pen.ellipse(atX, atY, size * out * 0.52, size * out * 0.4, turn + Math.PI / 2, 0, Math.PI * 2);
      pen.fill();
    }
  }
};

const lavender: Blossom = (pen, chance, { x, y, size, angle, petal: colour, light }) => {
  pen.save();
  pen.translate(x, y);
  pen.rotate(angle);
  for (let tier = 15; tier >= 0; tier -= 1) {
    const along = size * (-0.7 + (tier / 15) * 2.1);
    const wide = size * 0.24 * (1 - (tier / 15) ** 2 * 0.75);
    for (let bud = 0; bud < 6; bud += 1) {
      const aside = ((bud - 2.5) / 2.5) * wide;
      pen.fillStyle = css(mix(lighter(colour, chance.between(-0.12, 0.04)), light, chance.next() ** 3 * 0.5));
      pen.beginPath();
      pen.ellipse(
        along + chance.between(-0.04, 0.04) * size,
        aside,
        size * 0.1,
        size * 0.062,
        aside / size,
        0,
        Math.PI * 2,
      );
      pen.fill();
    }
  }
  pen.restore();
};

const lily: Blossom = (pen, chance, head) => {
  const slant = chance.between(0.7, 0.95);
  whorl(pen, chance, { ...head, petal: lighter(head.petal, -0.05) }, 3, 1.3, 0.5, slant, 0.5);
  whorl(pen, chance, head, 3, 1.25, 0.55, slant, 1.55);
  for (let stamen = 0; stamen < 6; stamen += 1) {
    const turn = chance.between(0, Math.PI * 2);
    const [toX, toY] = [head.x + Math.cos(turn) * head.size * 0.46, head.y + Math.sin(turn) * head.size * 0.4];
    pen.strokeStyle = css(mix(head.leaf, head.light, 0.6));
    pen.lineWidth = head.size * 0.025;
    pen.beginPath();
    pen.moveTo(head.x, head.y);
    pen.lineTo(toX, toY);
    pen.stroke();
    pen.fillStyle = css(head.heart);
    pen.beginPath();
    pen.ellipse(toX, toY, head.size * 0.06, head.size * 0.03, turn, 0, Math.PI * 2);
    pen.fill();
  }
};

/** To add a flower: a function like those above, its name here, and its words in `words.ts`. */
export const BLOSSOMS = { daisy, sunflower, poppy, tulip, rose, lavender, lily };

/** A leaf with its midrib, lit on one half. */
export function drawLeaf(
  pen: Pen,
  x: number,
  y: number,
  angle: number,
  long: number,
  colour: Colour,
  lit: Colour,
): void {
  pen.save();
  pen.translate(x, y);
  pen.rotate(angle);
  const wide = long * 0.3;
  for (const half of [-1, 1]) {
    const shade = pen.createLinearGradient(0, 0, long, 0);
    shade.addColorStop(0, css(lighter(colour, -0.08)));
    shade.addColorStop(1, css(half < 0 ? mix(colour, lit, 0.5) : colour));
    pen.fillStyle = shade;
    pen.beginPath();
    pen.moveTo(0, 0);
    pen.bezierCurveTo(long * 0.3, wide * half, long * 0.75, wide * 0.7 * half, long, long * 0.05);
    pen.quadraticCurveTo(long * 0.5, long * 0.02, 0, 0);
    pen.fill();
  }
  pen.strokeStyle = css(mix(colour, lit, 0.55), 0.8);
  pen.lineWidth = Math.max(0.5, long * 0.012);
  pen.beginPath();
  pen.moveTo(0, 0);
  pen.quadraticCurveTo(long * 0.5, long * 0.02, long * 0.97, long * 0.05);
  pen.stroke();
  pen.restore();
}

/** A curved stalk with leaves in pairs. */
export function drawSprig(
  pen: Pen,
  chance: Chance,
  x: number,
  y: number,
  tall: number,
  lean: number,
  colour: Colour,
  lit: Colour,
): void {
  const pairs = chance.whole(7, 11);
  const narrow = chance.happens(0.4);
  const at = (t: number) => [x + Math.sin(lean * t) * tall * t, y - Math.cos(lean * t * 0.8) * tall * t] as const;
  pen.strokeStyle = css(lighter(colour, -0.05));
  pen.lineWidth = Math.max(0.6, tall * 0.007);
  pen.beginPath();
  for (let t = 0; t <= 1; t += 0.05) pen.lineTo(...at(t));
  pen.stroke();
  for (let pair = 1; pair <= pairs; pair += 1) {
    const t = 0.16 + (pair / pairs) * 0.82;
    const [leafX, leafY] = at(t);
    const long = tall * (narrow ? 0.13 : 0.17) * (1.15 - t * 0.7) * chance.between(0.85, 1.1);
    for (const way of [-1, 1])
      drawLeaf(
        pen,
        leafX,
        leafY,
        -Math.PI / 2 + lean * t + way * (narrow ? 0.55 : 0.85),
        long,
        lighter(colour, chance.between(-0.03, 0.03)),
        lit,
      );
  }
}
