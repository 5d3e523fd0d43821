import { fractal } from "./chance.ts";
import { type Colour, css, lighter, mix, table } from "./colour.ts";
import { clamp, computed, type Layer, type Pen, type Studio, smooth } from "./studio.ts";

/** Where the sun or moon stands, in pixels, and how large it is. */
export type Lamp = { x: number; y: number; radius: number; shown: boolean; moon: boolean };

/** Places sun or moon on a third, low at the ends of the day. */
export function placeLamp(studio: Studio, horizon: number): Lamp {
  const { width, unit, brief } = studio;
  const chance = studio.chance("lamp");
  const height = { dawn: [0.68, 0.9], day: [0.15, 0.4], dusk: [0.72, 0.97], night: [0.2, 0.5] }[brief.time];
  const third = chance.pick([0.3, 0.36, 0.64, 0.7]);
  const moon = brief.time === "night";
  const asked = brief.things.has(moon ? "moon" : "sun");
  const hidden = brief.weather === "storm" || brief.weather === "rain" || (brief.weather === "fog" && !asked);
  return {
    x: width * (third + chance.between(-0.03, 0.03)),
    y: horizon * chance.between(height[0] ?? 0.5, height[1] ?? 0.5),
    radius: unit * chance.between(30, 52) * (asked ? 1.45 : 1) * (brief.time === "day" ? 0.8 : 1),
    shown: asked || !hidden,
    moon,
  };
}

/** A soft round light that fades to nothing. */
export function glow(pen: Pen, x: number, y: number, radius: number, colour: Colour, strength: number): void {
  const light = pen.createRadialGradient(x, y, 0, x, y, radius);
  light.addColorStop(0, css(colour, strength));
  light.addColorStop(0.25, css(colour, strength * 0.5));
  light.addColorStop(0.55, css(colour, strength * 0.16));
  light.addColorStop(1, css(colour, 0));
  pen.fillStyle = light;
  pen.fillRect(x - radius, y - radius, radius * 2, radius * 2);
}

/** The sky's own colours down to the horizon, and the light around its lamp. */
export function skyLayer(studio: Studio, horizon: number, lamp: Lamp): Layer {
  const { palette, width, height, bleed } = studio;
  return {
    name: "sky",
    depth: 0,
    draw(pen) {
      const gradient = pen.createLinearGradient(0, -bleed, 0, horizon);
      const stops: readonly (readonly [number, Colour])[] = [
        [0, palette.zenith],
        [0.3, mix(palette.zenith, palette.sky, 0.6)],
        [0.58, palette.sky],
        [0.82, mix(palette.sky, palette.horizon, 0.65)],
        [1, palette.horizon],
      ];
      for (const [at, colour] of stops) gradient.addColorStop(at, css(colour));
      pen.fillStyle = gradient;
      pen.fillRect(-bleed, -bleed, width + 2 * bleed, height + 2 * bleed);
      if (!lamp.shown) return;
      const reach = Math.hypot(width, height);
      pen.globalCompositeOperation = "screen";
      glow(pen, lamp.x, lamp.y, reach * (lamp.moon ? 0.35 : 0.6), palette.glow, lamp.moon ? 0.4 : 0.55);
      pen.globalCompositeOperation = "source-over";
    },
  };
}

/** The disc of sun or moon with its halo; a moon has seas. */
export function lampLayer(studio: Studio, lamp: Lamp): Layer {
  const { palette } = studio;
  return {
    name: "lamp",
    depth: 0.01,
    solid: true,
    draw(pen) {
      if (!lamp.shown) return;
      pen.save();
      if (studio.line !== "paper") glow(pen, lamp.x, lamp.y, lamp.radius * 4.5, palette.light, 0.5);
      pen.beginPath();
      pen.arc(lamp.x, lamp.y, lamp.radius, 0, Math.PI * 2);
      pen.fillStyle = css(palette.light);
      pen.fill();
      if (lamp.moon) {
        pen.clip();
        const chance = studio.chance("moon");
        for (let sea = 0; sea < 9; sea += 1) {
          const angle = chance.between(0, Math.PI * 2);
          const out = lamp.radius * Math.sqrt(chance.next()) * 0.85;
          const size = lamp.radius * chance.between(0.1, 0.34);
          pen.beginPath();
          pen.ellipse(
            lamp.x + Math.cos(angle) * out,
            lamp.y + Math.sin(angle) * out,
            size,
            size * chance.between(0.7, 1),
            angle,
            0,
            Math.PI * 2,
          );
          pen.fillStyle = css(mix(palette.light, palette.sky, 0.5), 0.22);
          pen.fill();
        }
      }
      pen.restore();
    },
  };
}

/** Stars that differ in size and colour; the brighter ones twinkle. */
export function starLayer(studio: Studio, bottom: number, number: number): Layer {
  const { width, bleed, unit, palette } = studio;
  const chance = studio.chance("stars");
  const band = chance.between(-0.6, 0.6);
  const stars = Array.from({ length: number }, () => {
    const x = chance.between(-bleed, width + bleed);
    const high = chance.next() ** 1.4;
    const y = -bleed + (bottom + bleed) * high;
    const size = unit * (0.7 + 2.4 * chance.next() ** 7);
    const warmth = chance.next();
    const near = Math.exp(-(((y - bottom * (0.45 + band * (x / width - 0.5))) / (bottom * 0.18)) ** 2));
    return { x, y, size, warmth, phase: chance.between(0, 6.28), faint: chance.next() > 0.45 + near * 0.5, high };
  }).filter(({ faint }) => !faint);
  const colourOf = (warmth: number) =>
    warmth > 0.85
      ? mix(palette.light, [0.8, 0.08, 0.09], 0.4)
      : warmth < 0.25
        ? mix(palette.light, [0.85, -0.03, -0.08], 0.6)
        : palette.light;
  return {
    name: "stars",
    depth: 0,
    live(pen, seconds) {
      for (const { x, y, size, warmth, phase, high } of stars) {
        const large = size > unit * 1.5;
        const twinkle = 0.72 + 0.28 * Math.sin(phase + seconds * (1.6 + warmth * 3));
        const alpha = (1 - high * 0.8) * twinkle;
        pen.fillStyle = css(colourOf(warmth), alpha);
        pen.beginPath();
        pen.arc(x, y, size, 0, Math.PI * 2);
        pen.fill();
        if (large) glow(pen, x, y, size * 6, colourOf(warmth), alpha * 0.5);
      }
    },
  };
}

/** How much of the sky is clouds: 0 none, 1 all. */
function coverOf({ brief }: Studio, roll: number): number {
  switch (brief.weather) {
    case "clear":
      return 0.16 + roll * 0.14;
    case "cloudy":
      return 0.5 + roll * 0.14;
    case "fog":
      return 0.35;
    default:
      return 0.8;
  }
}

/** Clouds on a flat ceiling that runs to the horizon, lit from the lamp's side. */
export function cloudLayer(studio: Studio, horizon: number, lamp: Lamp): Layer {
  const { width, bleed, detail, palette, brief } = studio;
  const chance = studio.chance("clouds");
  const cover = coverOf(studio, chance.next());
  const stretch = chance.between(1.1, 2.2);
  const scale = chance.between(1.1, 1.8);
  return {
    name: "clouds",
    depth: 0.04,
    drift: brief.weather === "storm" ? 0.03 : 0.012,
    draw(pen) {
      const noise = studio.noise("clouds");
      const columns = Math.round(300 * Math.min(1.8, detail ** 0.7));
      const left = -bleed;
      const across = width + 2 * bleed;
      const top = -bleed;
      const down = horizon - top;
      const rows = Math.max(2, Math.round((columns * down) / across));
      const octaves = detail > 1 ? 6 : detail < 1 ? 3 : 5;
      const colours = table([
        palette.cloudShade,
        mix(palette.cloudShade, palette.cloud, 0.55),
        palette.cloud,
        lighter(mix(palette.cloud, palette.light, 0.6), 0.03),
      ]);
      const density = (x: number, y: number) => {
        const bend = fractal(noise, x * 0.7 + 40, y * 0.7, 2);
        return fractal(noise, x + bend * 0.32, y + bend * 0.25, octaves);
      };
      const threshold = 0.62 - cover * 1.05;
      const cloud = computed(columns, rows, (u, v, out, at) => {
        const x = left + u * across;
        const y = top + v * down;
        const below = Math.max(0.035, (horizon - y) / horizon);
        const away = 0.34 / (below + 0.16);
        const px = ((x - width / 2) / width) * stretch * scale * away * 1.4;
        const py = away * scale * 1.9;
        const here = density(px, py);
        const amount = smooth(threshold, threshold + 0.42, here);
        if (amount <= 0) return;
        const dx = (lamp.x - x) / width;
        const dy = (lamp.y - y) / width;
        const far = Math.hypot(dx, dy) + 0.05;
        const towards = density(px + (dx / far) * 0.12, py + (dy / far) * 0.14 - 0.02);
        const near = Math.exp(-far * far * 3.2);
        const light = clamp(0.46 + (here - towards) * 1.5 - amount * 0.16 + near * 0.32 + below * 0.12);
        const step = Math.min(255, Math.floor(light * 256)) * 3;
        out[at] = colours[step] ?? 0;
        out[at + 1] = colours[step + 1] ?? 0;
        out[at + 2] = colours[step + 2] ?? 0;
        out[at + 3] = 255 * amount * smooth(0.0, 0.16, below) * (0.82 + 0.18 * cover);
      });
      pen.imageSmoothingEnabled = true;
      pen.imageSmoothingQuality = "high";
      pen.drawImage(cloud, left, top, across, down);
    },
  };
}

/** Northern lights: curtains that fold, brighter at their hem. */
export function auroraLayer(studio: Studio, bottom: number): Layer {
  const { width, bleed, palette, unit } = studio;
  const noise = studio.noise("aurora");
  const colours =
    studio.brief.colours.length > 0
      ? palette.accents
      : ([
          [0.85, -0.2, 0.1],
          [0.8, -0.14, -0.02],
          [0.6, 0.12, -0.16],
        ] as const);
  return {
    name: "aurora",
    depth: 0.02,
    live(pen, seconds) {
      pen.save();
      pen.globalCompositeOperation = "screen";
      const step = Math.max(1, Math.round(unit * 4));
      for (let curtain = 0; curtain < 3; curtain += 1) {
        const base = bottom * (0.42 + curtain * 0.16);
        for (let x = -Math.round(bleed); x < width + bleed; x += step) {
          const s = x / width;
          const fold = fractal(noise, s * 1.6 + curtain * 7, seconds * 0.05 + curtain, 3);
          const bright = clamp(0.5 + fractal(noise, s * 5 + curtain * 3, seconds * 0.12 + 9, 3) * 0.9);
          const y = base + fold * bottom * 0.3;
          const tall = bottom * (0.26 + bright * 0.3);
          const light = pen.createLinearGradient(0, y - tall, 0, y + tall * 0.12);
          light.addColorStop(0, css(colours[2], 0));
          light.addColorStop(0.45, css(colours[1], 0.12 * bright));
          light.addColorStop(0.88, css(colours[0], 0.42 * bright));
          light.addColorStop(1, css(colours[0], 0));
          pen.fillStyle = light;
          pen.fillRect(x, y - tall, step, tall * 1.12);
        }
      }
      pen.restore();
    },
  };
}

/** A rainbow that stands on the horizon. */
export function rainbowLayer(studio: Studio, horizon: number): Layer {
  const { width, unit } = studio;
  const chance = studio.chance("rainbow");
  const x = width * chance.between(0.3, 0.7);
  const radius = Math.min(width * 0.55, horizon * 0.9);
  return {
    name: "rainbow",
    depth: 0.06,
    draw(pen) {
      pen.save();
      pen.globalCompositeOperation = "screen";
      const band = unit * 5.5;
      for (let index = 0; index < 14; index += 1) {
        const hue = (index / 13) * 280;
        pen.strokeStyle = `hsla(${hue},85%,60%,0.17)`;
        pen.lineWidth = band * 1.8;
        pen.beginPath();
        pen.arc(x, horizon, radius - index * band, Math.PI, 0);
        pen.stroke();
      }
      pen.restore();
    },
  };
}

/** The whole air of a picture, down to its horizon. */
export function airLayers(studio: Studio, horizon: number, lamp: Lamp): Layer[] {
  const { things, time, weather } = studio.brief;
  const stars = things.has("star") || things.has("galaxy") ? 1_300 : 750;
  return [
    skyLayer(studio, horizon, lamp),
    ...(time === "night" && weather !== "rain" && weather !== "storm" ? [starLayer(studio, horizon, stars)] : []),
    ...(things.has("aurora") ? [auroraLayer(studio, horizon)] : []),
    lampLayer(studio, lamp),
    cloudLayer(studio, horizon, lamp),
    ...(things.has("rainbow") ? [rainbowLayer(studio, horizon)] : []),
  ];
}
