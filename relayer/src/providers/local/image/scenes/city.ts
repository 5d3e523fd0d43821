import type { Chance } from "../chance.ts";
import { type Colour, css, fromHex, lighter, mix } from "../colour.ts";
import { airLayers, glow, placeLamp } from "../sky.ts";
import type { Layer, Pen, Studio } from "../studio.ts";
import { drawMist } from "../terrain.ts";
import { balloonLayer, birdLayer } from "../things.ts";
import { waterLayer } from "../water.ts";
import { weatherLayers } from "../weather.ts";

type Block = {
  x: number;
  wide: number;
  tall: number;
  crown: "flat" | "steps" | "spire" | "slope" | "tank";
  tone: number;
};

/** A skyline in rows that lose themselves in the haze, with lit windows, over water or a wet street. */
export function city(studio: Studio): Layer[] {
  const { brief, palette, width, height, bleed, unit, line } = studio;
  const chance = studio.chance("city");
  const ground = height * chance.between(0.74, 0.8);
  const horizon = ground - height * 0.05;
  const lamp = placeLamp(studio, horizon * 0.8);
  const side = lamp.x > width / 2 ? 1 : -1;
  const layers: Layer[] = airLayers(studio, horizon, lamp);
  if (brief.things.has("balloon")) layers.push(balloonLayer(studio, horizon * 0.7));
  const rows = 4;
  for (let row = 0; row < rows; row += 1) {
    const near = row / (rows - 1);
    const name = `row ${row}`;
    const roll = studio.chance(name);
    const blocks: Block[] = [];
    const middle = width * roll.between(0.3, 0.7);
    for (let x = -bleed - unit * 40; x < width + bleed; ) {
      const wide = unit * roll.between(34, 78) * (0.65 + near * 0.85);
      const rise = Math.exp(-(((x - middle) / (width * 0.34)) ** 2));
      const tall =
        height *
        (0.12 + (0.34 - near * 0.12) * rise * roll.between(0.55, 1.25) + roll.between(0, 0.09)) *
        (1.15 - near * 0.42);
      blocks.push({
        x,
        wide,
        tall,
        crown: roll.pick(["flat", "flat", "steps", "spire", "slope", "tank"] as const),
        tone: roll.between(-0.035, 0.035),
      });
      x += wide + (roll.happens(0.25) ? unit * roll.between(4, 26) * near : 0);
    }
    const body = mix(mix(palette.far, palette.horizon, 0.25 * (1 - near)), palette.near, 0.15 + near * 0.8);
    layers.push({
      name,
      depth: 0.1 + near * 0.35,
      solid: true,
      draw(pen) {
        for (const block of blocks)
          drawBlock(studio, pen, roll, block, { ground: ground + unit * 6, body, near, side });
        if (line !== "paper")
          drawMist(
            studio,
            pen,
            name,
            [ground - height * 0.2, ground + height * 0.03],
            palette.horizon,
            0.55 * (1 - near) + 0.12,
          );
      },
    });
  }
  if (brief.things.has("bridge")) layers.push(bridge(studio, ground));
  layers.push({ ...waterLayer(studio, ground, lamp, { rough: 0.3 }), depth: 0.5 }, quay(studio, ground));
  return [...layers, ...birdLayer(studio, horizon * 0.7), ...weatherLayers(studio)];
}

function drawBlock(
  studio: Studio,
  pen: Pen,
  chance: Chance,
  { x, wide, tall, crown, tone }: Block,
  { ground, body, near, side }: { ground: number; body: Colour; near: number; side: number },
): void {
  const { palette, brief, unit, line } = studio;
  const wall = lighter(body, tone);
  const lit = mix(lighter(wall, 0.04), palette.light, 0.2 + 0.1 * (1 - near));
  const top = ground - tall;
  const face = pen.createLinearGradient(x, 0, x + wide, 0);
  face.addColorStop(0, css(side > 0 ? lighter(wall, -0.03) : lit));
  face.addColorStop(0.55, css(wall));
  face.addColorStop(1, css(side > 0 ? lit : lighter(wall, -0.03)));
  pen.fillStyle = line === "paper" ? css(wall) : face;
  pen.fillRect(x, top, wide, tall + 2);
  const middle = x + wide / 2;
  if (crown === "steps") {
    pen.fillRect(x + wide * 0.15, top - wide * 0.22, wide * 0.7, wide * 0.24);
    pen.fillRect(x + wide * 0.32, top - wide * 0.42, wide * 0.36, wide * 0.24);
  }
  if (crown === "spire") {
    pen.beginPath();
    pen.moveTo(x + wide * 0.12, top + 1);
    pen.lineTo(middle, top - wide * 0.7);
    pen.lineTo(x + wide * 0.88, top + 1);
    pen.fill();
    pen.fillRect(middle - unit * 0.8, top - wide * 1.25, unit * 1.6, wide * 0.7);
  }
  if (crown === "slope") {
    pen.beginPath();
    pen.moveTo(x, top + 1);
    pen.lineTo(side > 0 ? x + wide : x, top - wide * 0.4);
    pen.lineTo(x + wide, top + 1);
    pen.fill();
  }
  if (crown === "tank") {
    pen.fillRect(x + wide * 0.3, top - wide * 0.3, wide * 0.34, wide * 0.22);
    pen.fillRect(x + wide * 0.34, top - wide * 0.1, wide * 0.03, wide * 0.1);
    pen.fillRect(x + wide * 0.57, top - wide * 0.1, wide * 0.03, wide * 0.1);
  }
  const chanceOfLight = { dawn: 0.2, day: 0.05, dusk: 0.42, night: 0.5 }[brief.time] * (0.45 + 0.55 * near);
  const dark = mix(wall, brief.time === "day" ? palette.sky : palette.ink, brief.time === "day" ? 0.4 : 0.3);
  const cell = unit * (6.5 + near * 6.5);
  const columns = Math.max(1, Math.floor((wide - cell * 0.5) / cell));
  const inset = (wide - columns * cell) / 2;
  const tall1 = chance.happens(0.3);
  for (let y = top + cell * 0.8; y < ground - cell * 1.4; y += cell * 1.25) {
    const floor = chance.happens(0.12) ? 0.85 : chanceOfLight;
    for (let column = 0; column < columns; column += 1) {
      const on = chance.next() < floor && brief.time !== "day";
      const hue = chance.next();
      pen.fillStyle = on
        ? css(
            mix(
              hue > 0.88 ? palette.accents[0] : hue > 0.74 ? palette.accents[1] : palette.lamp,
              wall,
              (1 - near) * 0.5,
            ),
          )
        : css(dark, 0.55);
      pen.fillRect(
        x + inset + column * cell + cell * 0.2,
        y,
        cell * (tall1 ? 0.42 : 0.58),
        cell * (tall1 ? 0.9 : 0.62),
      );
    }
  }
  const neon = brief.things.has("neon") && near > 0.3 && chance.happens(0.5);
  if (!neon) return;
  const colour = chance.pick([palette.accents[0], palette.accents[1], fromHex("#FF3D9A"), fromHex("#27E0F2")]);
  const [signX, signY] = [x + wide * chance.between(0.15, 0.7), top + tall * chance.between(0.12, 0.45)];
  const [signWide, signTall] = chance.happens(0.5)
    ? [cell * 0.9, cell * chance.between(4, 8)]
    : [cell * chance.between(2, 4), cell * 1.2];
  pen.save();
  if (line !== "paper") {
    pen.globalCompositeOperation = "screen";
    glow(pen, signX + signWide / 2, signY + signTall / 2, Math.max(signWide, signTall) * 1.6, colour, 0.65);
    pen.globalCompositeOperation = "source-over";
  }
  pen.fillStyle = css(lighter(colour, 0.08));
  pen.fillRect(signX, signY, signWide, signTall);
  pen.restore();
}

/** A suspension bridge across the water. */
function bridge(studio: Studio, ground: number): Layer {
  const { palette, width, height, bleed, unit } = studio;
  const deck = ground - height * 0.035;
  const colour = mix(palette.accents[0], palette.near, 0.45);
  return {
    name: "bridge",
    depth: 0.46,
    solid: true,
    draw(pen) {
      pen.fillStyle = css(colour);
      pen.strokeStyle = css(colour);
      pen.fillRect(-bleed, deck, width + 2 * bleed, unit * 9);
      const towers = [width * 0.22, width * 0.78];
      const tall = height * 0.24;
      for (const x of towers) {
        pen.fillRect(x - unit * 9, deck - tall, unit * 6, tall + height * 0.05);
        pen.fillRect(x + unit * 3, deck - tall, unit * 6, tall + height * 0.05);
        for (const at of [0.05, 0.35, 0.65]) pen.fillRect(x - unit * 9, deck - tall + tall * at, unit * 18, unit * 4);
      }
      const cable = (x: number) => {
        const t = (x - width * 0.22) / (width * 0.56);
        const within = t - Math.floor(t);
        return deck - unit * 12 - (tall - unit * 16) * (2 * within - 1) ** 2;
      };
      pen.lineWidth = unit * 2.6;
      pen.beginPath();
      for (let x = -bleed; x <= width + bleed; x += unit * 4) pen.lineTo(x, cable(x));
      pen.stroke();
      pen.lineWidth = unit * 0.9;
      for (let x = -bleed; x <= width + bleed; x += unit * 17) {
        pen.beginPath();
        pen.moveTo(x, cable(x));
        pen.lineTo(x, deck);
        pen.stroke();
      }
    },
  };
}

/** The near bank: a dark wall with lamps along it. */
function quay(studio: Studio, ground: number): Layer {
  const { palette, brief, width, bleed, unit, line } = studio;
  return {
    name: "quay",
    depth: 0.48,
    draw(pen) {
      pen.fillStyle = css(lighter(palette.near, -0.03));
      pen.fillRect(-bleed, ground - unit * 5, width + 2 * bleed, unit * 9);
      if (brief.time === "day") return;
      for (let x = -bleed + unit * 40; x < width + bleed; x += unit * 74) {
        pen.fillStyle = css(palette.near);
        pen.fillRect(x - unit * 0.8, ground - unit * 26, unit * 1.6, unit * 22);
        if (line !== "paper") {
          pen.save();
          pen.globalCompositeOperation = "screen";
          glow(pen, x, ground - unit * 27, unit * 30, palette.lamp, 0.7);
          pen.restore();
        }
        pen.fillStyle = css(lighter(palette.lamp, 0.06));
        pen.beginPath();
        pen.arc(x, ground - unit * 27, unit * 2.8, 0, Math.PI * 2);
        pen.fill();
      }
    },
  };
}
