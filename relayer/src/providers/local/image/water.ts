import { createCanvas } from "@napi-rs/canvas";
import { fractal } from "./chance.ts";
import { css, lighter, mix } from "./colour.ts";
import type { Lamp } from "./sky.ts";
import type { Layer, Studio } from "./studio.ts";

/** A surface that reflects what is above its line, broken by ripples, and glitters below the light. */
export function waterLayer(
  studio: Studio,
  top: number,
  lamp: Lamp,
  { rough, bottom = studio.height + studio.bleed }: { rough: number; bottom?: number },
): Layer {
  const { width, bleed, unit, scale, palette, detail } = studio;
  const noise = studio.noise("ripples");
  const chance = studio.chance("glitter");
  const glints = Array.from({ length: Math.round(260 * Math.min(2, detail)) }, () => {
    const near = chance.next();
    const spread = (0.015 + 0.1 * near) * width * (1 + rough * 2);
    const sum = chance.next() + chance.next() + chance.next() - 1.5;
    return {
      near,
      offset: sum * spread * 1.2,
      long: unit * (3 + 20 * near) * chance.between(0.5, 1.3),
      phase: chance.between(0, 6.28),
      speed: chance.between(1.2, 3.2),
    };
  });
  return {
    name: "water",
    depth: 0.3,
    live(pen, seconds, below) {
      const source = below();
      const mirror = createCanvas(source.width, source.height);
      mirror.getContext("2d").drawImage(source, 0, 0);
      // What is composed is in pixels of the sheet, whose edge may lie beyond the picture's.
      const offset = (source.width / scale - width) / 2;
      const step = Math.max(2 / scale, unit * 2);
      const wide = width + 2 * bleed;
      const deep = bottom - top;
      for (let y = top; y < bottom; y += step) {
        const near = (y - top) / deep;
        const wave = fractal(noise, (near + 0.06) ** -0.75 * 5 - seconds * 0.25, seconds * 0.3, 2);
        const shift = wave * unit * (2 + 16 * near) * (0.5 + rough);
        const from = Math.max(0, top - (y - top) * (1.05 - 0.2 * rough) + wave * unit * 9 * near * (1 + rough) - step);
        const sourceY = Math.min(source.height - 1, (from + offset) * scale);
        pen.drawImage(
          mirror,
          0,
          sourceY,
          source.width,
          Math.max(1, step * scale),
          -offset - bleed * 0.1 + shift - (wide - width) / 2 + bleed,
          y,
          source.width / scale + bleed * 0.2,
          step + 0.6,
        );
      }
      const shade = pen.createLinearGradient(0, top, 0, bottom);
      shade.addColorStop(0, css(palette.horizon, 0.16));
      shade.addColorStop(0.12, css(palette.water, 0.22));
      shade.addColorStop(1, css(lighter(palette.water, -0.14), 0.72));
      pen.fillStyle = shade;
      pen.fillRect(-bleed, top, wide, deep + 1);
      pen.lineCap = "round";
      for (let y = top + unit * 2; y < bottom; y += unit * (3 + 24 * ((y - top) / deep))) {
        const near = (y - top) / deep;
        for (let piece = 0; piece < 7; piece += 1) {
          const x = ((noise(y * 0.37, piece * 9.7) * 0.5 + 0.5) * 1.3 - 0.15) * width;
          const light = fractal(noise, x * 0.01 + seconds * 0.4, y * 0.05 - seconds * 0.6, 2);
          if (light < 0.05) continue;
          const long = unit * (18 + 120 * near) * light;
          pen.strokeStyle = css(mix(palette.horizon, palette.sky, 0.4), 0.3 * light);
          pen.lineWidth = unit * (0.8 + 2.6 * near);
          pen.beginPath();
          pen.moveTo(x - long, y);
          pen.quadraticCurveTo(x, y + unit * 2 * near, x + long, y);
          pen.stroke();
        }
      }
      if (!lamp.shown) return;
      pen.globalCompositeOperation = "screen";
      for (const { near, offset: aside, long, phase, speed } of glints) {
        const bright = Math.max(0, Math.sin(phase + seconds * speed)) * (0.9 - near * 0.4);
        if (bright < 0.08) continue;
        const y = top + deep * near ** 1.5 * 0.95;
        pen.strokeStyle = css(palette.light, bright * 0.8);
        pen.lineWidth = unit * (0.9 + 2.6 * near);
        pen.beginPath();
        pen.moveTo(lamp.x + aside - long / 2, y);
        pen.lineTo(lamp.x + aside + long / 2, y);
        pen.stroke();
      }
      pen.globalCompositeOperation = "source-over";
    },
  };
}
