import { BLOSSOMS, type Blossom, drawLeaf, drawSprig } from "../blossoms.ts";
import type { Chance } from "../chance.ts";
import { type Colour, css, fromHex, lighter, mix } from "../colour.ts";
import { glow } from "../sky.ts";
import { clamp, type Layer, type Pen, type Studio } from "../studio.ts";
import { weatherLayers } from "../weather.ts";

type Stem = {
  blossom: Blossom;
  root: readonly [number, number];
  head: readonly [number, number];
  bend: number;
  size: number;
  colour: Colour;
  phase: number;
  near: number;
};

/** Flowers and leaves before a quiet ground: growing, or in a vase. */
export function botanical(studio: Studio): Layer[] {
  const { brief, palette, width, height, unit } = studio;
  const chance = studio.chance("botanical");
  const vase = brief.things.has("vase") || chance.happens(0.18);
  const leavesOnly = brief.things.has("fern") && !brief.things.has("flower");
  const asked = brief.things.get("flower") ?? 0;
  const number = asked > 0 ? Math.min(40, asked) : vase ? chance.whole(8, 12) : chance.whole(9, 14);
  const kinds =
    brief.blossoms.length > 0
      ? brief.blossoms.map((one) => BLOSSOMS[one])
      : [
          chance.pick(Object.values(BLOSSOMS)),
          chance.pick(Object.values(BLOSSOMS)),
          chance.pick(Object.values(BLOSSOMS)),
        ];
  const colours = [
    palette.accents[0],
    palette.accents[2],
    palette.accents[1],
    mix(palette.accents[0], palette.light, 0.5),
    mix(palette.accents[2], fromHex("#FFFFFF"), 0.35),
  ];
  const mouth = { x: width / 2, y: height * 0.66, wide: unit * 62 };

  const stems = Array.from({ length: number }, (_, index): Stem => {
    const t = number === 1 ? 0.5 : index / (number - 1);
    const near = ((index * 0.618) % 1) * 0.75 + chance.next() * 0.25;
    const spread = vase ? 0.62 : 0.86;
    const x = width * (0.5 + (t - 0.5) * spread + chance.between(-0.035, 0.035));
    const arch = 1 - (2 * t - 1) ** 2;
    const y =
      height * (vase ? 0.5 - 0.27 * arch + near * 0.13 : 0.2 + near * 0.46 - 0.05 * arch) +
      chance.between(-0.03, 0.03) * height;
    return {
      blossom: chance.pick(kinds),
      root: vase
        ? [mouth.x + (t - 0.5) * mouth.wide * 1.3, mouth.y + unit * 20]
        : [x + (width / 2 - x) * 0.35 + unit * chance.between(-60, 60), height + unit * 60],
      head: [x, y],
      bend: chance.between(-0.16, 0.16),
      size: unit * (number < 4 ? 150 : chance.between(60, 88) * (0.75 + near * 0.7)),
      colour: mix(chance.pick(colours), palette.light, chance.next() * 0.14),
      phase: chance.between(0, 6.28),
      near,
    };
  }).sort((one, other) => one.near - other.near);

  const layers: Layer[] = [
    ground(studio),
    ...(studio.line === "paper" ? [] : [bokeh(studio)]),
    undergrowth(studio, "back", 0.3, vase ? 7 : 20, vase, mouth),
  ];
  if (leavesOnly)
    return [
      ...layers,
      undergrowth(studio, "middle", 0.55, 26, vase, mouth),
      undergrowth(studio, "front", 0.8, 22, vase, mouth),
      ...(vase ? [vaseLayer(studio, mouth)] : []),
      ...weatherLayers(studio),
    ];
  const groups = 4;
  for (let group = 0; group < groups; group += 1) {
    const some = stems.filter((_, index) => Math.floor((index / stems.length) * groups) === group);
    const depth = 0.35 + 0.5 * (group / groups);
    layers.push({
      name: `stems ${group}`,
      depth,
      solid: true,
      draw(pen) {
        for (const stem of some) drawStem(studio, pen, studio.chance(`stem ${stem.phase}`), stem, group / groups);
      },
    });
  }
  if (vase) layers.push(vaseLayer(studio, mouth));
  else layers.push(undergrowth(studio, "front", 0.9, 15, false, mouth));
  return [...layers, ...weatherLayers(studio)];
}

function drawStem(
  studio: Studio,
  pen: Pen,
  chance: Chance,
  { blossom, root, head, bend, size, colour, near }: Stem,
  distance: number,
): void {
  const { palette, unit } = studio;
  const haze = (one: Colour) => mix(one, palette.horizon, 0.22 * (1 - near) * (1 - distance * 0.6));
  const green = haze(mix(palette.leaf, palette.grass, chance.next() * 0.6));
  const [dx, dy] = [head[0] - root[0], head[1] - root[1]];
  const middle = [root[0] + dx * 0.35 - dy * bend, root[1] + dy * 0.55 + dx * bend] as const;
  const at = (t: number) =>
    [
      (1 - t) ** 2 * root[0] + 2 * t * (1 - t) * middle[0] + t * t * head[0],
      (1 - t) ** 2 * root[1] + 2 * t * (1 - t) * middle[1] + t * t * head[1],
    ] as const;
  pen.lineCap = "round";
  for (const [wide, tone, shift] of [
    [5.4, -0.07, 0],
    [2.2, 0.07, -1.1],
  ] as const) {
    pen.strokeStyle = css(lighter(green, tone));
    pen.lineWidth = unit * wide * (0.7 + near * 0.5);
    pen.beginPath();
    pen.moveTo(root[0] + shift * unit, root[1]);
    pen.quadraticCurveTo(middle[0] + shift * unit, middle[1], head[0] + shift * unit, head[1]);
    pen.stroke();
  }
  const leaves = chance.whole(2, 4);
  for (let leaf = 0; leaf < leaves; leaf += 1) {
    const t = 0.25 + (leaf / leaves) * 0.5 + chance.between(0, 0.1);
    const [x, y] = at(t);
    const way = leaf % 2 === 0 ? 1 : -1;
    const angle = Math.atan2(dy, dx) + way * chance.between(0.45, 0.95);
    drawLeaf(
      pen,
      x,
      y,
      angle,
      size * chance.between(0.9, 1.6),
      mix(green, lighter(green, 0.06), chance.next()),
      mix(green, palette.light, 0.45),
    );
  }
  const facing = Math.atan2(head[1] - middle[1], head[0] - middle[0]);
  blossom(pen, chance, {
    x: head[0],
    y: head[1],
    size,
    angle: facing,
    petal: haze(colour),
    light: palette.light,
    heart: haze(mix(palette.accents[1], palette.near, 0.35)),
    leaf: green,
  });
}

/** A wall of soft light, lighter where the flowers stand. */
function ground({ palette, brief, width, height, bleed, line }: Studio): Layer {
  const night = brief.time === "night";
  const base = night ? mix(palette.zenith, palette.sky, 0.3) : mix(palette.horizon, palette.paper, 0.35);
  const edge = night ? lighter(palette.zenith, -0.02) : mix(mix(palette.horizon, palette.sky, 0.5), palette.cloud, 0.2);
  return {
    name: "ground",
    depth: 0,
    draw(pen) {
      const light = pen.createRadialGradient(
        width * 0.45,
        height * 0.38,
        0,
        width * 0.5,
        height * 0.5,
        Math.hypot(width, height) * 0.62,
      );
      light.addColorStop(0, css(lighter(base, 0.03)));
      light.addColorStop(0.55, css(mix(base, edge, 0.45)));
      light.addColorStop(1, css(edge));
      pen.fillStyle = line === "paper" ? css(mix(base, edge, 0.3)) : light;
      pen.fillRect(-bleed, -bleed, width + 2 * bleed, height + 2 * bleed);
    },
  };
}

/** Blossoms far behind, out of focus. */
function bokeh(studio: Studio): Layer {
  const { palette, width, height, bleed, unit } = studio;
  const chance = studio.chance("bokeh");
  return {
    name: "bokeh",
    depth: 0.12,
    draw(pen) {
      for (let spot = 0; spot < 60; spot += 1) {
        const colour = mix(
          chance.pick([...palette.accents, palette.leaf, palette.leaf, palette.grass, palette.light]),
          palette.horizon,
          0.35,
        );
        const low = chance.next();
        glow(
          pen,
          chance.between(-bleed, width + bleed),
          height * (0.25 + 0.85 * low),
          unit * chance.between(40, 190),
          colour,
          0.1 + 0.28 * low,
        );
      }
    },
  };
}

type Mouth = { x: number; y: number; wide: number };

/** Sprigs and blades behind and before the flowers. */
function undergrowth(studio: Studio, name: string, depth: number, number: number, vase: boolean, mouth: Mouth): Layer {
  const { palette, width, height, bleed, unit } = studio;
  return {
    name: `leaves ${name}`,
    depth,
    solid: true,
    draw(pen) {
      const chance = studio.chance(`leaves ${name}`);
      const front = name === "front" && !vase;
      for (let sprig = 0; sprig < number; sprig += 1) {
        const t = (sprig + chance.next()) / number;
        const x = vase ? mouth.x + (t - 0.5) * mouth.wide * 1.4 : -bleed + (width + 2 * bleed) * t;
        const y = vase ? mouth.y + unit * 16 : height + unit * 40;
        const tall = height * (vase ? chance.between(0.28, 0.46) : chance.between(0.24, front ? 0.36 : 0.66));
        const lean = vase ? (t - 0.5) * 2.1 : chance.between(-0.34, 0.34);
        const colour = mix(mix(palette.leaf, palette.grass, chance.next()), palette.horizon, clamp(0.5 - depth * 0.6));
        drawSprig(
          pen,
          chance,
          x,
          y,
          tall,
          lean,
          lighter(front ? mix(colour, palette.near, 0.3) : colour, chance.between(-0.05, 0.05)),
          mix(colour, palette.light, 0.4),
        );
      }
    },
  };
}

/** A glazed vase on a table, with its shadow. */
function vaseLayer(studio: Studio, { x, y, wide }: Mouth): Layer {
  const { palette, width, height, bleed, unit, line } = studio;
  const chance = studio.chance("vase");
  const glaze = mix(chance.pick([palette.sky, palette.far, palette.accents[1], palette.zenith]), palette.paper, 0.25);
  const foot = height * 0.92;
  const belly = wide * chance.between(1.7, 2.3);
  return {
    name: "vase",
    depth: 0.7,
    solid: true,
    draw(pen) {
      const table = mix(palette.stone, palette.paper, 0.4);
      const wood = pen.createLinearGradient(0, height * 0.86, 0, height);
      wood.addColorStop(0, css(table));
      wood.addColorStop(1, css(mix(table, palette.near, 0.4)));
      pen.fillStyle = wood;
      pen.fillRect(-bleed, height * 0.86, width + 2 * bleed, height * 0.14 + bleed);
      if (line !== "paper") {
        pen.save();
        pen.translate(x + belly * 0.5, foot);
        pen.scale(1, 0.16);
        glow(pen, 0, 0, belly * 2, palette.ink, 0.75);
        pen.restore();
      }
      const body = pen.createLinearGradient(x - belly, 0, x + belly, 0);
      body.addColorStop(0, css(lighter(glaze, -0.12)));
      body.addColorStop(0.32, css(lighter(glaze, 0.1)));
      body.addColorStop(0.55, css(glaze));
      body.addColorStop(1, css(mix(glaze, palette.near, 0.55)));
      pen.fillStyle = line === "paper" ? css(glaze) : body;
      pen.beginPath();
      pen.moveTo(x - wide, y);
      pen.bezierCurveTo(
        x - wide * 0.7,
        y + (foot - y) * 0.2,
        x - belly * 1.25,
        y + (foot - y) * 0.3,
        x - belly,
        y + (foot - y) * 0.62,
      );
      pen.bezierCurveTo(x - belly * 0.85, foot - unit * 4, x - wide * 0.9, foot, x - wide * 0.7, foot);
      pen.lineTo(x + wide * 0.7, foot);
      pen.bezierCurveTo(x + wide * 0.9, foot, x + belly * 0.85, foot - unit * 4, x + belly, y + (foot - y) * 0.62);
      pen.bezierCurveTo(x + belly * 1.25, y + (foot - y) * 0.3, x + wide * 0.7, y + (foot - y) * 0.2, x + wide, y);
      pen.closePath();
      pen.fill();
      pen.fillStyle = css(mix(glaze, palette.near, 0.6));
      pen.beginPath();
      pen.ellipse(x, y, wide, wide * 0.16, 0, 0, Math.PI);
      pen.fill();
      pen.strokeStyle = css(mix(glaze, palette.light, 0.7), 0.7);
      pen.lineWidth = unit * 5;
      pen.lineCap = "round";
      pen.beginPath();
      pen.moveTo(x - belly * 0.62, y + (foot - y) * 0.42);
      pen.quadraticCurveTo(x - belly * 0.72, y + (foot - y) * 0.58, x - belly * 0.6, y + (foot - y) * 0.72);
      pen.stroke();
    },
  };
}
