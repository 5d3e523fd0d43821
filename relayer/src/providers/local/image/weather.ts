import { css, lighter } from "./colour.ts";
import { glow } from "./sky.ts";
import { type Layer, type Studio, smooth } from "./studio.ts";
import { drawMist } from "./terrain.ts";

/** What falls or lies before everything else: rain, snow, fog, fireflies. */
export function weatherLayers(studio: Studio): Layer[] {
  const { weather, things } = studio.brief;
  return [
    ...(weather === "fog" ? [fogLayer(studio)] : []),
    ...(weather === "rain" || weather === "storm" ? [rainLayer(studio, weather === "storm")] : []),
    ...(weather === "storm" ? [lightningLayer(studio)] : []),
    ...(weather === "snow" ? [snowLayer(studio)] : []),
    ...(things.has("lantern") ? [fireflyLayer(studio)] : []),
  ];
}

const wrapped = (value: number, least: number, most: number) => {
  const span = most - least;
  return least + ((((value - least) % span) + span) % span);
};

function snowLayer(studio: Studio): Layer {
  const { width, height, bleed, unit, detail, palette } = studio;
  const chance = studio.chance("snow");
  const flakes = Array.from({ length: Math.round(420 * Math.min(2, detail)) }, () => {
    const near = chance.next() ** 2.2;
    return {
      x: chance.between(-bleed, width + bleed),
      y: chance.between(-bleed, height + bleed),
      near,
      phase: chance.between(0, 6.28),
    };
  });
  return {
    name: "snow",
    depth: 0.95,
    live(pen, seconds) {
      for (const { x, y, near, phase } of flakes) {
        const fall = unit * (50 + 190 * near) * seconds;
        const sway = unit * 16 * (0.4 + near) * Math.sin(phase + seconds * 1.3) + unit * 22 * seconds;
        const size = unit * (1.1 + 5.4 * near);
        pen.fillStyle = css(lighter(palette.snow, 0.1), 0.9 - near * 0.45);
        pen.beginPath();
        pen.arc(
          wrapped(x + sway, -bleed, width + bleed),
          wrapped(y + fall, -bleed, height + bleed),
          size,
          0,
          Math.PI * 2,
        );
        pen.fill();
      }
    },
  };
}

function rainLayer(studio: Studio, heavy: boolean): Layer {
  const { width, height, bleed, unit, detail, palette } = studio;
  const chance = studio.chance("rain");
  const drops = Array.from({ length: Math.round((heavy ? 620 : 420) * Math.min(2, detail)) }, () => ({
    x: chance.between(-bleed, width + bleed),
    y: chance.between(-bleed, height + bleed),
    near: chance.next() ** 1.8,
  }));
  const slant = heavy ? 0.28 : 0.1;
  return {
    name: "rain",
    depth: 0.95,
    live(pen, seconds) {
      pen.lineCap = "round";
      for (const { x, y, near } of drops) {
        const fall = unit * (700 + 900 * near) * seconds;
        const long = unit * (16 + 46 * near);
        const toX = wrapped(x - fall * slant, -bleed, width + bleed);
        const toY = wrapped(y + fall, -bleed, height + bleed);
        pen.strokeStyle = css(palette.light, 0.1 + 0.2 * near);
        pen.lineWidth = unit * (0.7 + 1.1 * near);
        pen.beginPath();
        pen.moveTo(toX, toY);
        pen.lineTo(toX + long * slant, toY - long);
        pen.stroke();
      }
    },
  };
}

/** A bolt that stands in a still picture, and flares now and then in a moving one. */
function lightningLayer(studio: Studio): Layer {
  const { width, height, bleed, unit, palette } = studio;
  const chance = studio.chance("lightning");
  const bolt: [number, number, number][] = [];
  const strike = (x: number, y: number, thick: number, until: number): void => {
    let [nowX, nowY] = [x, y];
    while (nowY < until) {
      bolt.push([nowX, nowY, thick]);
      nowX += unit * chance.between(-26, 26);
      nowY += unit * chance.between(14, 34);
      if (thick > 1.2 && chance.happens(0.14)) strike(nowX, nowY, thick * 0.4, Math.min(until, nowY + unit * 160));
    }
    bolt.push([Number.NaN, 0, 0]);
  };
  strike(width * chance.between(0.2, 0.8), -bleed, 3.4, height * 0.56);
  return {
    name: "lightning",
    depth: 0.05,
    live(pen, seconds) {
      const phase = (seconds * 0.37) % 1;
      const bright = smooth(0.12, 0, phase) * (0.75 + 0.25 * Math.cos(seconds * 50));
      if (bright < 0.03) return;
      pen.save();
      pen.globalCompositeOperation = "screen";
      pen.fillStyle = css(palette.light, 0.13 * bright);
      pen.fillRect(-bleed, -bleed, width + 2 * bleed, height + 2 * bleed);
      for (const [index, [x, y, thick]] of bolt.entries()) {
        const next = bolt[index + 1];
        if (Number.isNaN(x) || next === undefined || Number.isNaN(next[0])) continue;
        for (const [times, alpha] of [
          [6, 0.1],
          [2.6, 0.3],
          [1, 1],
        ] as const) {
          pen.strokeStyle = css(lighter(palette.light, 0.1), alpha * bright);
          pen.lineWidth = unit * thick * times;
          pen.beginPath();
          pen.moveTo(x, y);
          pen.lineTo(next[0], next[1]);
          pen.stroke();
        }
      }
      pen.restore();
    },
  };
}

function fogLayer(studio: Studio): Layer {
  const { width, height, bleed, palette } = studio;
  return {
    name: "fog",
    depth: 0.6,
    drift: 0.02,
    draw(pen) {
      pen.fillStyle = css(palette.horizon, 0.14);
      pen.fillRect(-bleed, -bleed, width + 2 * bleed, height + 2 * bleed);
      drawMist(studio, pen, "fog low", [height * 0.45, height * 1.05], palette.horizon, 0.62);
      drawMist(studio, pen, "fog high", [height * 0.25, height * 0.75], palette.horizon, 0.5);
    },
  };
}

function fireflyLayer(studio: Studio): Layer {
  const { width, height, bleed, unit, palette } = studio;
  const chance = studio.chance("fireflies");
  const lights = Array.from({ length: 46 }, () => ({
    x: chance.between(-bleed, width + bleed),
    y: height * chance.between(0.45, 1),
    near: chance.next(),
    phase: chance.between(0, 6.28),
  }));
  return {
    name: "fireflies",
    depth: 0.85,
    live(pen, seconds) {
      pen.save();
      pen.globalCompositeOperation = "screen";
      for (const { x, y, near, phase } of lights) {
        const nowX = x + unit * 34 * Math.sin(phase + seconds * 0.6);
        const nowY = y + unit * 22 * Math.cos(phase * 1.7 + seconds * 0.8);
        const bright = 0.55 + 0.45 * Math.sin(phase * 3 + seconds * 2.1);
        glow(pen, nowX, nowY, unit * (12 + 30 * near), palette.lamp, 0.75 * bright);
        pen.fillStyle = css(lighter(palette.lamp, 0.1), bright);
        pen.beginPath();
        pen.arc(nowX, nowY, unit * (1.3 + 2.2 * near), 0, Math.PI * 2);
        pen.fill();
      }
      pen.restore();
    },
  };
}
