import type { Chance } from "./chance.ts";
import { css, lighter, mix } from "./colour.ts";
import { glow } from "./sky.ts";
import type { Layer, Pen, Studio } from "./studio.ts";

/** A house of wood with a steep roof; its windows are lit when it is not day. */
export function drawCabin(studio: Studio, pen: Pen, x: number, y: number, tall: number): void {
  const { palette, brief } = studio;
  const wide = tall * 1.35;
  const wall = mix(palette.near, palette.stone, 0.35);
  const roof =
    brief.season === "winter" || brief.weather === "snow" ? palette.snow : mix(palette.accents[0], palette.near, 0.45);
  pen.fillStyle = css(wall);
  pen.fillRect(x - wide / 2, y - tall * 0.55, wide, tall * 0.55);
  pen.fillStyle = css(lighter(wall, -0.07));
  pen.fillRect(x + wide * 0.18, y - tall * 0.55, wide * 0.32, tall * 0.55);
  pen.fillRect(x + wide * 0.22, y - tall * 1.08, tall * 0.13, tall * 0.4);
  pen.beginPath();
  pen.moveTo(x - wide * 0.62, y - tall * 0.5);
  pen.lineTo(x - wide * 0.16, y - tall);
  pen.lineTo(x + wide * 0.36, y - tall);
  pen.lineTo(x + wide * 0.62, y - tall * 0.5);
  pen.closePath();
  pen.fillStyle = css(roof);
  pen.fill();
  const bright = brief.time !== "day";
  for (const at of [-0.3, 0.02, 0.28]) {
    pen.fillStyle = bright ? css(palette.lamp) : css(mix(palette.sky, palette.near, 0.5));
    pen.fillRect(x + wide * at - tall * 0.07, y - tall * 0.38, tall * 0.15, tall * 0.17);
  }
  if (!bright || studio.line === "paper") return;
  pen.save();
  pen.globalCompositeOperation = "screen";
  glow(pen, x, y - tall * 0.3, tall * 1.7, palette.lamp, 0.4);
  pen.restore();
}

/** A tent that glows from inside. */
export function drawTent(studio: Studio, pen: Pen, x: number, y: number, tall: number): void {
  const { palette, brief } = studio;
  const cloth = brief.time === "day" ? palette.accents[0] : mix(palette.accents[1], palette.lamp, 0.6);
  pen.fillStyle = css(lighter(cloth, -0.1));
  pen.beginPath();
  pen.moveTo(x - tall * 1.05, y);
  pen.lineTo(x - tall * 0.1, y - tall);
  pen.lineTo(x + tall * 0.7, y);
  pen.fill();
  pen.fillStyle = css(cloth);
  pen.beginPath();
  pen.moveTo(x - tall * 0.1, y - tall);
  pen.lineTo(x + tall * 1.15, y - tall * 0.1);
  pen.lineTo(x + tall * 0.7, y);
  pen.fill();
  if (brief.time === "day" || studio.line === "paper") return;
  pen.save();
  pen.globalCompositeOperation = "screen";
  glow(pen, x, y - tall * 0.35, tall * 2, palette.lamp, 0.55);
  pen.restore();
}

/** Someone who stands and looks into the picture. */
export function drawPerson(studio: Studio, pen: Pen, chance: Chance, x: number, y: number, tall: number): void {
  const { palette } = studio;
  const size = tall * chance.between(0.92, 1.06);
  const dark = mix(palette.ink, palette.near, 0.5);
  pen.fillStyle = css(dark);
  pen.fillRect(x - size * 0.1, y - size * 0.45, size * 0.075, size * 0.45);
  pen.fillRect(x + size * 0.02, y - size * 0.45, size * 0.075, size * 0.45);
  pen.beginPath();
  pen.ellipse(x, y - size * 0.92, size * 0.075, size * 0.085, 0, 0, Math.PI * 2);
  pen.fill();
  pen.fillStyle = css(mix(palette.accents[0], dark, 0.35));
  pen.beginPath();
  pen.moveTo(x - size * 0.1, y - size * 0.83);
  pen.quadraticCurveTo(x, y - size * 0.87, x + size * 0.1, y - size * 0.83);
  pen.lineTo(x + size * 0.17, y - size * 0.34);
  pen.lineTo(x - size * 0.17, y - size * 0.34);
  pen.closePath();
  pen.fill();
}

/** Birds in a loose flock; their wings beat. Flocks come where words or a clear day ask for them. */
export function birdLayer(studio: Studio, horizon: number): Layer[] {
  const { brief, palette, width, unit } = studio;
  const chance = studio.chance("birds");
  const asked = brief.things.get("bird");
  const by =
    asked === undefined ? (brief.time !== "night" && chance.happens(0.45) ? chance.whole(3, 6) : 0) : asked || 9;
  if (by === 0) return [];
  const centre = { x: width * chance.between(0.25, 0.75), y: horizon * chance.between(0.3, 0.6) };
  const flock = Array.from({ length: by }, () => ({
    x: centre.x + unit * chance.between(-150, 150),
    y: centre.y + unit * chance.between(-55, 55),
    size: unit * chance.between(8, 17) * (asked === undefined ? 0.75 : 1),
    phase: chance.between(0, 6.28),
  }));
  return [
    {
      name: "birds",
      depth: 0.3,
      live(pen, seconds) {
        pen.lineCap = "round";
        for (const { x, y, size, phase } of flock) {
          const beat = Math.sin(phase + seconds * 5) * 0.5 + 0.25;
          const [nowX, nowY] = [x + seconds * unit * 22, y - seconds * unit * 4];
          pen.strokeStyle = css(mix(palette.near, palette.far, 0.2), 0.9);
          pen.lineWidth = size * 0.16;
          pen.beginPath();
          pen.moveTo(nowX - size, nowY - size * beat * 0.7);
          pen.quadraticCurveTo(nowX - size * 0.4, nowY - size * (beat + 0.15), nowX, nowY);
          pen.quadraticCurveTo(nowX + size * 0.4, nowY - size * (beat + 0.15), nowX + size, nowY - size * beat * 0.7);
          pen.stroke();
        }
      },
    },
  ];
}

/** Hot-air balloons that rise slowly. */
export function balloonLayer(studio: Studio, horizon: number): Layer {
  const { brief, palette, width, unit } = studio;
  const chance = studio.chance("balloons");
  const balloons = Array.from({ length: Math.max(1, Math.min(24, brief.things.get("balloon") || 3)) }, (_, index) => ({
    x: width * chance.between(0.1, 0.9),
    y: horizon * chance.between(0.15, 0.8),
    size: unit * chance.between(22, index === 0 ? 95 : 60),
    turn: chance.between(0, 3),
  })).sort((one, other) => one.size - other.size);
  return {
    name: "balloons",
    depth: 0.28,
    live(pen, seconds) {
      for (const { x, y, size, turn } of balloons) {
        const nowX = x + Math.sin(turn + seconds * 0.4) * unit * 8;
        const nowY = y - seconds * unit * 7;
        const haze = Math.max(0, 0.5 - size / (unit * 120));
        pen.strokeStyle = css(palette.near);
        pen.lineWidth = unit * 0.9;
        pen.beginPath();
        pen.moveTo(nowX - size * 0.3, nowY + size * 0.4);
        pen.lineTo(nowX - size * 0.1, nowY + size * 0.8);
        pen.moveTo(nowX + size * 0.3, nowY + size * 0.4);
        pen.lineTo(nowX + size * 0.1, nowY + size * 0.8);
        pen.stroke();
        pen.fillStyle = css(mix(palette.near, palette.stone, 0.3));
        pen.fillRect(nowX - size * 0.11, nowY + size * 0.78, size * 0.22, size * 0.16);
        for (let gore = 0; gore < 7; gore += 1) {
          const colour = palette.accents[(gore + Math.floor(turn)) % 2] ?? palette.accents[0];
          const [from, to] = [-1 + (gore * 2) / 7, -1 + ((gore + 1) * 2) / 7];
          pen.fillStyle = css(mix(lighter(colour, 0.1 - Math.abs(gore - 2.2) * 0.045), palette.far, haze));
          pen.beginPath();
          pen.moveTo(nowX, nowY - size * 0.62);
          pen.bezierCurveTo(
            nowX + from * size * 0.75,
            nowY - size * 0.62,
            nowX + from * size * 0.72,
            nowY + size * 0.1,
            nowX + from * size * 0.16,
            nowY + size * 0.5,
          );
          pen.lineTo(nowX + to * size * 0.16, nowY + size * 0.5);
          pen.bezierCurveTo(
            nowX + to * size * 0.72,
            nowY + size * 0.1,
            nowX + to * size * 0.75,
            nowY - size * 0.62,
            nowX,
            nowY - size * 0.62,
          );
          pen.fill();
        }
      }
    },
  };
}
