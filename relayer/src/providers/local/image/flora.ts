import type { Chance } from "./chance.ts";
import { type Colour, css, lighter, mix } from "./colour.ts";
import { type Layer, type Pen, type Studio, smooth } from "./studio.ts";
import type { Skyline } from "./terrain.ts";

/** How something that grows is coloured: its body, the side towards the light, and where that is (1 right, -1 left). */
export type Growth = { body: Colour; lit: Colour; side: number };

/** A conifer: tiers of hanging boughs, ragged, brighter towards the light. */
export function drawPine(
  pen: Pen,
  chance: Chance,
  x: number,
  y: number,
  tall: number,
  { body, lit, side }: Growth,
): void {
  const wide = tall * chance.between(0.17, 0.24);
  const tiers = Math.max(4, Math.min(9, Math.round(tall / 14)));
  pen.fillStyle = css(lighter(body, -0.06));
  pen.fillRect(x - tall * 0.012, y - tall * 0.12, tall * 0.024, tall * 0.13);
  for (const half of [0, 1] as const) {
    pen.beginPath();
    pen.moveTo(x, y - tall);
    for (const way of half === 0 ? [-1, 1] : [side]) {
      pen.moveTo(x, y - tall);
      for (let tier = 1; tier <= tiers; tier += 1) {
        const down = tier / tiers;
        const out = wide * down ** 0.9 * (half === 0 ? 1 : 0.72) * (0.82 + 0.36 * chance.next());
        pen.lineTo(x + way * out, y - tall * (1 - down * 0.93) + tall * 0.03);
        pen.lineTo(x + way * out * 0.45, y - tall * (1 - down * 0.93));
      }
      pen.lineTo(x, y - tall * 0.07);
    }
    pen.fillStyle = css(half === 0 ? body : lit, half === 0 ? 1 : 0.55);
    pen.fill();
  }
}

/** A broad-leaved tree: a trunk that forks, and dabs of leaves that catch the light on one side. */
export function drawTree(
  pen: Pen,
  chance: Chance,
  x: number,
  y: number,
  tall: number,
  growth: Growth & { bark: Colour; bare?: boolean; dabs?: number },
): void {
  const { body, lit, side, bark } = growth;
  pen.lineCap = "round";
  const tips: [number, number][] = [];
  const branch = (fromX: number, fromY: number, angle: number, length: number, thick: number, left: number) => {
    const toX = fromX + Math.cos(angle) * length;
    const toY = fromY + Math.sin(angle) * length;
    pen.strokeStyle = css(bark);
    pen.lineWidth = thick;
    pen.beginPath();
    pen.moveTo(fromX, fromY);
    pen.quadraticCurveTo((fromX + toX) / 2 + length * chance.between(-0.12, 0.12), (fromY + toY) / 2, toX, toY);
    pen.stroke();
    if (left <= 0) {
      tips.push([toX, toY]);
      return;
    }
    for (const way of [-1, 1]) {
      const turn = way * chance.between(0.2, 0.62);
      branch(toX, toY, angle + turn, length * chance.between(0.66, 0.82), thick * 0.62, left - 1);
    }
    if (left < 4) tips.push([toX, toY]);
  };
  const depth = growth.bare === true ? 6 : tall > 90 ? 4 : 3;
  branch(x, y, -Math.PI / 2 + chance.between(-0.1, 0.1), tall * 0.27, tall * 0.05, depth);
  if (growth.bare === true) return;
  const dabs = growth.dabs ?? 120;
  const size = (tall * 0.4) / Math.sqrt(dabs);
  const leaves = Array.from({ length: dabs }, () => {
    const [tipX, tipY] = chance.pick(tips);
    const angle = chance.between(0, Math.PI * 2);
    const out = Math.sqrt(chance.next()) * tall * 0.13;
    return {
      x: tipX + Math.cos(angle) * out,
      y: tipY + Math.sin(angle) * out * 0.75,
      size: size * chance.between(0.55, 1.25),
    };
  }).sort((one, other) => other.y - one.y);
  const spread = tall * 0.34;
  for (const leaf of leaves) {
    const light = ((leaf.x - x) / spread) * side * 0.5 + (y - tall * 0.6 - leaf.y) / spread;
    const tone = smooth(-0.7, 1.1, light) + chance.between(-0.16, 0.16);
    pen.fillStyle = css(mix(lighter(body, -0.09), lit, tone));
    pen.beginPath();
    pen.ellipse(leaf.x, leaf.y, leaf.size, leaf.size * 0.72, chance.between(0, 3), 0, Math.PI * 2);
    pen.fill();
  }
}

/** A palm that leans, with fronds that hang. */
export function drawPalm(
  pen: Pen,
  chance: Chance,
  x: number,
  y: number,
  tall: number,
  { body, lit }: Growth,
  bark: Colour,
) {
  const lean = tall * chance.between(-0.3, 0.3);
  const [topX, topY] = [x + lean, y - tall];
  pen.strokeStyle = css(bark);
  pen.lineCap = "round";
  for (let part = 0; part < 14; part += 1) {
    const [from, to] = [part / 14, (part + 1.2) / 14];
    pen.lineWidth = tall * (0.045 - 0.022 * from);
    pen.beginPath();
    pen.moveTo(x + lean * from ** 1.7, y - tall * from);
    pen.lineTo(x + lean * to ** 1.7, y - tall * to);
    pen.stroke();
  }
  for (let frond = 0; frond < 13; frond += 1) {
    const angle = -Math.PI / 2 + ((frond - 6) / 6) * 1.75 + chance.between(-0.12, 0.12);
    const length = tall * chance.between(0.34, 0.46);
    const endX = topX + Math.cos(angle) * length;
    const endY = topY + Math.sin(angle) * length * 0.6 + length * 0.42 * Math.abs(Math.cos(angle));
    const bendX = topX + Math.cos(angle) * length * 0.6;
    const bendY = topY + Math.sin(angle) * length * 0.75 - length * 0.1;
    pen.fillStyle = css(mix(body, lit, chance.next()));
    pen.beginPath();
    pen.moveTo(topX, topY);
    pen.quadraticCurveTo(bendX, bendY - length * 0.06, endX, endY);
    pen.quadraticCurveTo(bendX, bendY + length * 0.13, topX, topY);
    pen.fill();
  }
}

/** Trees in rows along a line, the farther ones first. */
export function drawForest(
  studio: Studio,
  pen: Pen,
  name: string,
  line: Skyline,
  options: Growth & { kind: "pine" | "tree"; tall: number; number: number; back: Colour; bark: Colour },
): void {
  const { width, bleed, detail } = studio;
  const chance = studio.chance(name);
  const noise = studio.noise(name);
  const count = Math.round(options.number * Math.min(1.5, detail ** 0.5));
  for (let index = 0; index < count; index += 1) {
    const near = index / count;
    const x = chance.between(-bleed, width + bleed);
    const grows = noise((x / width) * 3, 2) * 0.6 + 0.5;
    const tall = options.tall * (0.55 + 0.6 * chance.next()) * (0.7 + near * 0.45) * Math.max(0.3, grows + 0.3);
    const wanted = chance.next() < grows + 0.15;
    const tint = chance.between(-0.03, 0.03);
    if (!wanted) continue;
    const growth = {
      body: lighter(mix(options.back, options.body, near), tint),
      lit: lighter(mix(options.back, options.lit, 0.35 + near * 0.65), tint),
      side: options.side,
    };
    const y = line(x) + tall * 0.04 + near * options.tall * 0.3;
    if (options.kind === "pine") drawPine(pen, chance, x, y, tall, growth);
    else drawTree(pen, chance, x, y, tall * 0.8, { ...growth, bark: options.bark, dabs: Math.round(30 + tall * 0.4) });
  }
}

/** Grass and flowers before the eye, moved by wind. */
export function meadowLayer(
  studio: Studio,
  line: Skyline,
  options: { blades: number; flowers: number; tall: number; colours: readonly [Colour, Colour, Colour]; lit: Colour },
): Layer {
  const { width, height, bleed, unit, detail, palette } = studio;
  const chance = studio.chance("meadow");
  const number = Math.round(options.blades * Math.min(2, detail));
  const blades = Array.from({ length: number }, (_, index) => {
    const near = index / number;
    const x = chance.between(-bleed, width + bleed);
    const root = line(x) + (height + bleed * 0.3 - line(x)) * near ** 0.8;
    const tall = options.tall * (0.35 + 0.65 * near) * chance.between(0.5, 1.3);
    const tone = mix(
      mix(palette.ground, palette.grass, chance.next() * 0.8 + (1 - near) * 0.2),
      options.lit,
      chance.next() ** 3 * 0.5,
    );
    return {
      x,
      root,
      tall,
      lean: chance.between(-0.5, 0.5),
      colour: css(lighter(tone, -0.07 * near)),
      thick: unit * (0.8 + near * 1.8),
    };
  });
  const patches = studio.noise("patches");
  const flowers = Array.from({ length: options.flowers }, () => {
    const x = chance.between(-bleed, width + bleed);
    const near = chance.next() ** 0.8;
    const root = line(x) + (height - line(x)) * near;
    const colour =
      options.colours[patches((x / width) * 2.2, near * 2) > 0.1 ? 0 : chance.whole(0, 2)] ?? options.colours[0];
    return {
      x,
      y: root - options.tall * (0.4 + 0.6 * near) * chance.between(0.6, 1.15),
      root,
      size: unit * (2.2 + 6.5 * near) * chance.between(0.7, 1.25),
      colour,
      phase: chance.between(0, 6),
    };
  }).sort((one, other) => one.root - other.root);
  const wind = studio.brief.weather === "storm" ? 0.35 : 0.12;
  return {
    name: "meadow",
    depth: 0.9,
    live(pen, seconds) {
      pen.lineCap = "round";
      const sway = (x: number) =>
        wind * Math.sin(seconds * 1.7 - (x / width) * 7) + wind * 0.4 * Math.sin(seconds * 4.1 + x);
      for (const { x, root, tall, lean, colour, thick } of blades) {
        const tip = x + tall * (lean + sway(x));
        pen.strokeStyle = colour;
        pen.lineWidth = thick;
        pen.beginPath();
        pen.moveTo(x, root);
        pen.quadraticCurveTo(x + tall * lean * 0.2, root - tall * 0.6, tip, root - tall);
        pen.stroke();
      }
      for (const { x, y, root, size, colour } of flowers) {
        const head = x + (root - y) * sway(x);
        pen.strokeStyle = css(palette.leaf);
        pen.lineWidth = unit * 1.2;
        pen.beginPath();
        pen.moveTo(x, root);
        pen.quadraticCurveTo(x, (root + y) / 2, head, y);
        pen.stroke();
        pen.fillStyle = css(lighter(colour, -0.08));
        pen.beginPath();
        pen.ellipse(head, y, size, size * 0.74, 0, 0, Math.PI * 2);
        pen.fill();
        pen.fillStyle = css(mix(colour, options.lit, 0.3));
        pen.beginPath();
        pen.ellipse(head - size * 0.12, y - size * 0.2, size * 0.7, size * 0.46, 0, 0, Math.PI * 2);
        pen.fill();
      }
    },
  };
}
