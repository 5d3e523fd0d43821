import { fractal, type Noise, ridged } from "./chance.ts";
import { type Colour, css, mix, table } from "./colour.ts";
import { clamp, computed, type Pen, type Studio, smooth } from "./studio.ts";

/** The height of a line over the ground, in pixels from the top, at a place across. */
export type Skyline = (x: number) => number;

export type Rise = {
  /** The lowest its foot comes. */
  base: number;
  /** How high it rises over that. */
  rise: number;
  /** How many of its forms fit across the picture. */
  forms: number;
  shape: "peaks" | "hills" | "dunes";
};

/** A line of mountains, hills or dunes. */
export function skyline(studio: Studio, name: string, { base, rise, forms, shape }: Rise): Skyline {
  const noise = studio.noise(name);
  const { width } = studio;
  const shift = studio.chance(name).between(0, 100);
  if (shape === "peaks") {
    return (x) => {
      const s = (x / width) * forms + shift;
      const massif = 0.5 + 0.5 * fractal(noise, s * 0.45, 3, 2);
      return base - rise * (0.18 + 0.82 * ridged(noise, s, 7, 6, 0.44) ** 1.5 * (0.45 + 0.75 * massif));
    };
  }
  if (shape === "dunes") {
    return (x) => {
      const s = (x / width) * forms + shift;
      const crest = 1 - Math.abs(noise(s * 0.7, 2));
      return base - rise * (0.15 + 0.85 * crest ** 1.6) + rise * 0.03 * noise(s * 6, 4);
    };
  }
  return (x) => {
    const s = (x / width) * forms + shift;
    return base - rise * (0.5 + 0.5 * fractal(noise, s, 5, 3, 0.38));
  };
}

/** The path of everything below a skyline. */
export function traceBelow(studio: Studio, pen: Pen, line: Skyline, bottom: number): void {
  const { width, bleed, unit } = studio;
  const step = Math.max(1, unit * 1.6);
  pen.beginPath();
  pen.moveTo(-bleed - step, bottom);
  for (let x = -bleed - step; x <= width + bleed + step; x += step) pen.lineTo(x, line(x));
  pen.lineTo(width + bleed + step, bottom);
  pen.closePath();
}

/** Everything below a skyline in one colour that fades into another further down. */
export function fillBelow(
  studio: Studio,
  pen: Pen,
  line: Skyline,
  top: number,
  bottom: number,
  from: Colour,
  to: Colour,
) {
  traceBelow(studio, pen, line, bottom);
  if (studio.line === "paper") pen.fillStyle = css(mix(from, to, 0.3));
  else {
    const gradient = pen.createLinearGradient(0, top, 0, bottom);
    gradient.addColorStop(0, css(from));
    gradient.addColorStop(1, css(to));
    pen.fillStyle = gradient;
  }
  pen.fill();
}

export type Rock = {
  /** From 0 to 1: how far down from its top snow lies. */
  snow: number;
  shade: Colour;
  lit: Colour;
  snowShade: Colour;
  snowLit: Colour;
  haze: Colour;
  /** 1 from the right, -1 from the left. */
  from: number;
};

/** Faces of rock and snow under a skyline: spurs run down from the crest and are lit from one side. */
export function drawRock(
  studio: Studio,
  pen: Pen,
  name: string,
  line: Skyline,
  top: number,
  bottom: number,
  rock: Rock,
) {
  const { width, bleed, unit, detail } = studio;
  const noise: Noise = studio.noise(`${name} rock`);
  const across = width + 2 * bleed;
  const columns = Math.min(900, (across / unit) * 0.42 * detail ** 0.6);
  const rows = (columns * (bottom - top)) / across;
  const octaves = detail > 1 ? 5 : detail < 1 ? 3 : 4;
  const tall = bottom - top;
  const rocks = table([rock.shade, mix(rock.shade, rock.lit, 0.5), rock.lit]);
  const snows = table([rock.snowShade, mix(rock.snowShade, rock.snowLit, 0.7), rock.snowLit]);
  const haze = table([rock.haze, rock.haze], 2);
  const size = 1 / (unit * 120);
  const heights = Array.from({ length: Math.max(1, Math.round(columns)) }, (_, column) =>
    line(-bleed + ((column + 0.5) / columns) * across),
  );
  const texture = computed(columns, rows, (u, v, out, at) => {
    const x = -bleed + u * across;
    const y = top + v * tall;
    const crest = heights[Math.min(heights.length - 1, Math.floor(u * heights.length))] ?? top;
    const under = y - crest;
    if (under < -unit * 3) return;
    const bend = noise(x * size * 0.8, y * size * 0.8 + 50) * 0.35;
    const px = x * size + bend;
    const py = under * size * 0.55 + crest * size * 0.2;
    const here = ridged(noise, px, py, octaves);
    const beside = ridged(noise, px + 0.05 * rock.from, py + 0.02, octaves);
    const slope = (line(x - unit * 4) - line(x + unit * 4)) / (unit * 8);
    const light = clamp(0.46 + (here - beside) * 3.4 - slope * 0.32 * rock.from * Math.exp(-under / (unit * 60)));
    const flat = smooth(0.25, 0.7, here + 0.25 * noise(px * 5, py * 5));
    const cover = rock.snow <= 0 ? 0 : smooth(0.1, -0.1, under / (tall * rock.snow) - 0.55 - (flat - 0.5) * 0.9);
    const step = Math.min(255, Math.floor(light * 256)) * 3;
    const fade = smooth(0.25, 1.0, under / (tall * 0.9)) * 0.8;
    for (let channel = 0; channel < 3; channel += 1) {
      const stone = rocks[step + channel] ?? 0;
      const white = snows[step + channel] ?? 0;
      const solid = stone + (white - stone) * cover;
      out[at + channel] = solid + ((haze[channel] ?? 0) - solid) * fade;
    }
    out[at + 3] = 255;
  });
  pen.save();
  traceBelow(studio, pen, line, bottom);
  pen.clip();
  pen.imageSmoothingQuality = "high";
  pen.drawImage(texture, -bleed, top, across, tall);
  pen.restore();
}

/** Mist that lies in a valley: thickest at the bottom, with a torn upper edge. */
export function drawMist(
  studio: Studio,
  pen: Pen,
  name: string,
  top: number,
  bottom: number,
  colour: Colour,
  strength: number,
) {
  const { width, bleed } = studio;
  const noise = studio.noise(`${name} mist`);
  const across = width + 2 * bleed;
  const [red, green, blue] = [...table([colour, colour], 2)];
  const mist = computed(120, 40, (u, v, out, at) => {
    const torn = fractal(noise, u * 4, v * 2.5, 3);
    const amount = smooth(0.15, 1, v + torn * 0.35) * smooth(1.02, 0.86, v);
    out[at] = red ?? 0;
    out[at + 1] = green ?? 0;
    out[at + 2] = blue ?? 0;
    out[at + 3] = 255 * strength * amount;
  });
  pen.imageSmoothingQuality = "high";
  pen.drawImage(mist, -bleed, top, across, bottom - top);
}
