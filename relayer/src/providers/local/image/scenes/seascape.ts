import { fractal } from "../chance.ts";
import { type Colour, css, fromHex, lighter, mix } from "../colour.ts";
import { drawPalm } from "../flora.ts";
import { drawLand } from "../range.ts";
import { airLayers, glow, placeLamp } from "../sky.ts";
import type { Layer, Pen, Studio } from "../studio.ts";
import { skyline, traceBelow } from "../terrain.ts";
import { balloonLayer, birdLayer } from "../things.ts";
import { waterLayer } from "../water.ts";
import { weatherLayers } from "../weather.ts";

/** The sea under a sky: islands, boats, a lighthouse, waves that come in. */
export function seascape(studio: Studio): Layer[] {
  const { brief, palette, width, height } = studio;
  const { things, weather } = brief;
  const chance = studio.chance("seascape");
  const horizon = height * chance.between(0.46, 0.56);
  const lamp = placeLamp(studio, horizon);
  const side = lamp.x > width / 2 ? 1 : -1;
  const storm = weather === "storm" || things.has("wave");
  const layers: Layer[] = airLayers(studio, horizon, lamp);
  if (things.has("balloon")) layers.push(balloonLayer(studio, horizon));

  const coast = things.has("cliff") || things.has("mountain") || things.has("island") || chance.happens(0.55);
  if (coast) {
    const body = mix(palette.stone, things.has("palm") || things.has("island") ? palette.leaf : palette.near, 0.45);
    const snow = brief.season === "winter" ? 0.3 : 9;
    layers.push({
      name: "coast",
      depth: 0.12,
      solid: true,
      draw(pen) {
        pen.beginPath();
        pen.rect(-studio.bleed, -studio.bleed, width + 2 * studio.bleed, horizon + studio.bleed);
        pen.clip();
        drawLand(studio, pen, {
          name: "coast",
          form: things.has("mountain") || things.has("cliff") ? "peaks" : "hills",
          near: 3,
          far: 8,
          tall: things.has("mountain") || things.has("cliff") ? 1.2 : 0.75,
          rough: 0.01,
          horizon: horizon + height * 0.035,
          eye: 0.05,
          body,
          light: palette.light,
          ambient: mix(palette.zenith, palette.near, 0.5),
          haze: mix(palette.horizon, palette.far, 0.55),
          air: weather === "fog" ? 2.4 : 1.2,
          snowline: snow,
          snow: palette.snow,
          side,
          sunHeight: 0.45,
        });
      },
    });
  }
  layers.push({ ...waterLayer(studio, horizon, lamp, { rough: storm ? 0.9 : 0.42 }), depth: 0.2 });
  if (things.has("lighthouse") || chance.happens(0.12)) layers.push(...lighthouse(studio, horizon, side));
  const boats = things.has("boat") ? Math.min(12, things.get("boat") || 2) : chance.happens(0.4) ? 1 : 0;
  if (boats > 0) layers.push(boatLayer(studio, horizon, boats));
  layers.push(...waves(studio, horizon, storm));
  if (things.has("palm") || (!storm && things.has("island")) || chance.happens(0.25)) layers.push(beach(studio, side));
  return [...layers, ...birdLayer(studio, horizon), ...weatherLayers(studio)];
}

/** Sailing boats that rock, with what the water gives back of them. */
function boatLayer(studio: Studio, horizon: number, number: number): Layer {
  const { palette, width, height, unit } = studio;
  const chance = studio.chance("boats");
  const boats = Array.from({ length: number }, (_, index) => {
    const near = number === 1 ? 0.45 : chance.between(0.05, 0.6);
    return {
      x:
        width *
        (number === 1
          ? chance.pick([0.32, 0.42, 0.6, 0.68])
          : 0.1 + (0.8 * (index + chance.between(0.2, 0.8))) / number),
      y: horizon + (height - horizon) * (0.03 + 0.28 * near),
      size: unit * (34 + 130 * near),
      phase: chance.between(0, 6.28),
      sail: chance.happens(0.65) ? mix(fromHex("#FBF6EA"), palette.light, 0.4) : palette.accents[0],
    };
  }).sort((one, other) => one.y - other.y);
  const drawBoat = (pen: Pen, size: number, sail: Colour) => {
    pen.fillStyle = css(mix(palette.near, palette.accents[0], 0.25));
    pen.beginPath();
    pen.moveTo(-size * 0.42, -size * 0.1);
    pen.quadraticCurveTo(0, -size * 0.02, size * 0.48, -size * 0.13);
    pen.quadraticCurveTo(size * 0.32, size * 0.07, size * 0.2, size * 0.07);
    pen.lineTo(-size * 0.28, size * 0.07);
    pen.closePath();
    pen.fill();
    pen.fillStyle = css(palette.near);
    pen.fillRect(-size * 0.01, -size * 1.06, size * 0.022, size);
    for (const [toX, tone] of [
      [-0.36, -0.08],
      [0.42, 0.02],
    ] as const) {
      pen.fillStyle = css(lighter(sail, tone));
      pen.beginPath();
      pen.moveTo(Math.sign(toX) * size * 0.02, -size * (toX < 0 ? 1.02 : 0.95));
      pen.quadraticCurveTo(size * toX * 0.85, -size * 0.5, size * toX, -size * 0.17);
      pen.quadraticCurveTo(size * toX * 0.4, -size * 0.13, Math.sign(toX) * size * 0.02, -size * 0.16);
      pen.fill();
    }
  };
  return {
    name: "boats",
    depth: 0.35,
    live(pen, seconds) {
      for (const { x, y, size, phase, sail } of boats) {
        const rock = Math.sin(phase + seconds * 1.4) * 0.045;
        pen.save();
        pen.translate(x + seconds * unit * 4, y + Math.sin(phase + seconds * 1.1) * size * 0.02);
        pen.save();
        pen.globalAlpha = 0.28;
        pen.scale(1 + Math.sin(seconds * 2 + phase) * 0.03, -0.62);
        pen.translate(0, -size * 0.12);
        pen.rotate(-rock);
        drawBoat(pen, size, sail);
        pen.restore();
        pen.rotate(rock);
        drawBoat(pen, size, sail);
        pen.restore();
      }
    },
  };
}

/** A tower on a rock whose beam turns. */
function lighthouse(studio: Studio, horizon: number, side: number): Layer[] {
  const { palette, brief, width, height, unit, line } = studio;
  const x = width * (side > 0 ? 0.24 : 0.76);
  const foot = horizon + height * 0.05;
  const tall = height * 0.27;
  const wide = tall * 0.12;
  const top = foot - height * 0.05 - tall;
  const noise = studio.noise("rock");
  const tower = mix(
    fromHex("#F6F1E6"),
    brief.time === "night" ? palette.near : palette.horizon,
    brief.time === "night" ? 0.6 : 0.2,
  );
  const rock: Layer = {
    name: "lighthouse",
    depth: 0.3,
    solid: true,
    draw(pen) {
      pen.beginPath();
      const reach = height * 0.2;
      pen.moveTo(x - reach, foot + height * 0.015);
      for (let at = -reach; at <= reach; at += unit * 3) {
        const bump = Math.max(0, 1 - (at / reach) ** 2);
        pen.lineTo(
          x + at,
          foot - height * 0.065 * bump ** 0.7 + fractal(noise, at / (unit * 28), 1, 4) * height * 0.014 * bump,
        );
      }
      pen.lineTo(x + reach, foot + height * 0.015);
      pen.closePath();
      const shade = pen.createLinearGradient(x - reach * side, 0, x + reach * side, 0);
      shade.addColorStop(0, css(lighter(palette.near, -0.02)));
      shade.addColorStop(1, css(mix(palette.stone, palette.near, 0.35)));
      pen.fillStyle = shade;
      pen.fill();
      for (let band = 0; band < 5; band += 1) {
        const [from, to] = [band / 5, (band + 1) / 5];
        const colour =
          band % 2 === 0 ? tower : mix(palette.accents[0], palette.near, brief.time === "night" ? 0.5 : 0.1);
        const gradient = pen.createLinearGradient(x - wide * side, 0, x + wide * side, 0);
        gradient.addColorStop(0, css(lighter(colour, -0.16)));
        gradient.addColorStop(1, css(lighter(colour, 0.03)));
        pen.fillStyle = gradient;
        pen.beginPath();
        const at = (t: number) => wide * (0.62 + 0.38 * t);
        pen.moveTo(x - at(from), top + tall * from);
        pen.lineTo(x + at(from), top + tall * from);
        pen.lineTo(x + at(to), top + tall * to + 1);
        pen.lineTo(x - at(to), top + tall * to + 1);
        pen.fill();
      }
      pen.fillStyle = css(palette.near);
      pen.fillRect(x - wide * 0.85, top - tall * 0.015, wide * 1.7, tall * 0.028);
      pen.fillRect(x - wide * 0.55, top - tall * 0.15, wide * 1.1, tall * 0.03);
      pen.beginPath();
      pen.arc(x, top - tall * 0.14, wide * 0.55, Math.PI, 0);
      pen.fill();
      pen.fillStyle = css(palette.lamp);
      pen.fillRect(x - wide * 0.42, top - tall * 0.12, wide * 0.84, tall * 0.105);
    },
  };
  if (line === "paper") return [rock];
  const beam: Layer = {
    name: "beam",
    depth: 0.3,
    live(pen, seconds) {
      const [lampX, lampY] = [x, top - tall * 0.07];
      const turn = Math.cos(seconds * 0.9) * side;
      const strength = brief.time === "day" ? 0.12 : 0.42;
      pen.save();
      pen.globalCompositeOperation = "screen";
      glow(pen, lampX, lampY, height * 0.11, palette.lamp, strength * 1.6);
      const long = width * 0.75 * turn;
      const light = pen.createLinearGradient(lampX, 0, lampX + long, 0);
      light.addColorStop(0, css(palette.lamp, strength));
      light.addColorStop(1, css(palette.lamp, 0));
      pen.fillStyle = light;
      pen.beginPath();
      pen.moveTo(lampX, lampY - unit * 3);
      pen.lineTo(lampX + long, lampY - height * 0.1);
      pen.lineTo(lampX + long, lampY + height * 0.035);
      pen.lineTo(lampX, lampY + unit * 3);
      pen.fill();
      pen.restore();
    },
  };
  return [rock, beam];
}

/** Waves that roll towards the eye: each a crest of foam over a translucent body. */
function waves(studio: Studio, horizon: number, storm: boolean): Layer[] {
  const { palette, width, height, bleed, unit } = studio;
  const rows = storm ? 6 : 3;
  const foam = mix(fromHex("#FFFFFF"), palette.horizon, 0.3);
  return Array.from({ length: rows }, (_, row): Layer => {
    const near = (row + 1) / rows;
    const name = `wave ${row}`;
    const noise = studio.noise(name);
    const y = horizon + (height - horizon) * (storm ? 0.1 + 0.8 * near ** 1.5 : 0.42 + 0.5 * near ** 1.4);
    const tall = unit * (storm ? 18 + 62 * near : 5 + 15 * near);
    const length = unit * (storm ? 170 + 330 * near : 260 + 300 * near);
    const body = mix(palette.water, lighter(palette.near, 0.06), 0.25 + 0.35 * near);
    return {
      name,
      depth: 0.4 + 0.5 * near,
      live(pen, seconds) {
        const crest = (x: number) => {
          const phase = x / length + seconds * 0.32;
          const swell = (0.5 + 0.5 * Math.cos(phase * Math.PI * 2 + fractal(noise, phase * 0.7, row, 2) * 2.6)) ** 1.5;
          return (
            y - tall * (swell ** 1.6 * 1.5 - 0.3) + fractal(noise, x / (unit * 70), seconds * 0.5, 3) * tall * 0.25
          );
        };
        traceBelow(studio, pen, crest, height + bleed);
        const deep = pen.createLinearGradient(0, y - tall, 0, y + tall * 4);
        deep.addColorStop(0, css(mix(body, palette.horizon, 0.32), storm ? 0.95 : 0.7));
        deep.addColorStop(0.35, css(body, storm ? 0.9 : 0.55));
        deep.addColorStop(1, css(lighter(body, -0.06), 0.25));
        pen.fillStyle = deep;
        pen.fill();
        pen.lineCap = "round";
        const step = unit * 5;
        for (let x = -bleed; x < width + bleed; x += step) {
          const here = crest(x);
          const high = (y + tall * 0.3 - here) / (tall * 1.6);
          const white = high - 0.32 + fractal(noise, x / (unit * 26), seconds * 0.8 + 7, 3) * 0.45;
          if (white <= 0.05) continue;
          pen.fillStyle = css(foam, Math.min(0.9, white * 1.5));
          for (let fleck = 0; fleck < 3; fleck += 1) {
            const spread = noise(x * 0.9 + fleck * 31, row + seconds * 0.7);
            pen.beginPath();
            pen.ellipse(
              x + spread * step,
              here + (fleck * 0.14 + Math.abs(spread) * 0.22) * tall * white * 1.4,
              unit * (1.4 + 4.4 * near) * (1.1 - fleck * 0.25),
              unit * (1 + 2.2 * near) * (1 - fleck * 0.2),
              0,
              0,
              Math.PI * 2,
            );
            pen.fill();
          }
        }
      },
    };
  });
}

/** A strand in a corner with palms, wet where the water was. */
function beach(studio: Studio, side: number): Layer {
  const { palette, brief, width, height, bleed, unit } = studio;
  const chance = studio.chance("beach");
  const edge = skyline(studio, "beach", height * 0.97, height * 0.03, 1.2);
  const line = (x: number) =>
    edge(x) - height * 0.13 * Math.max(0, 0.75 - (side > 0 ? x / width : 1 - x / width)) ** 1.5;
  const sand = mix(fromHex("#E8CFA0"), palette.near, { dawn: 0.25, day: 0.06, dusk: 0.4, night: 0.72 }[brief.time]);
  return {
    name: "beach",
    depth: 0.9,
    solid: true,
    draw(pen) {
      traceBelow(studio, pen, (x) => line(x) - unit * 9, height + bleed);
      pen.fillStyle = css(mix(palette.snow, palette.horizon, 0.4), 0.55);
      pen.fill();
      traceBelow(studio, pen, line, height + bleed);
      const shade = pen.createLinearGradient(0, height * 0.84, 0, height);
      shade.addColorStop(0, css(mix(sand, palette.water, 0.3)));
      shade.addColorStop(0.4, css(sand));
      shade.addColorStop(1, css(lighter(sand, -0.08)));
      pen.fillStyle = shade;
      pen.fill();
      const palms =
        brief.things.has("palm") || brief.things.has("island")
          ? Math.max(2, Math.min(8, brief.things.get("palm") ?? 3))
          : 0;
      const growth = { body: mix(palette.leaf, palette.near, 0.6), lit: mix(palette.leaf, palette.light, 0.3), side };
      for (let index = 0; index < palms; index += 1) {
        const x = width * (side > 0 ? 0.04 + index * 0.085 : 0.96 - index * 0.085);
        drawPalm(
          pen,
          chance,
          x,
          line(x) + unit * 12,
          height * chance.between(0.3, 0.52),
          growth,
          mix(palette.near, palette.stone, 0.3),
        );
      }
    },
  };
}
