import { createCanvas } from "@napi-rs/canvas";
import { fractal, type Noise } from "./chance.ts";
import { type Colour, lighter, mix, table, toRgb } from "./colour.ts";
import { clamp, type Pen, type Studio, smooth } from "./studio.ts";

/** A piece of land seen in perspective, from `near` to `far` in lengths of the eye's own scale. */
export type Land = {
  name: string;
  form: "peaks" | "hills" | "dunes";
  near: number;
  far: number;
  /** Its height: 1 fills about a third of the picture at a distance of 3. */
  tall: number;
  /** How uneven the ground is: woods seen from afar are. */
  rough: number;
  /** Where far away meets the sky, in pixels. */
  horizon: number;
  /** How high over the ground the eye is. */
  eye: number;
  body: Colour;
  light: Colour;
  /** Of the shadows. */
  ambient: Colour;
  haze: Colour;
  /** How thick the air is. */
  air: number;
  /** The height over which snow lies, in the land's own heights; 9 for none. */
  snowline: number;
  snow: Colour;
  /** 1 when light comes from the right, -1 from the left; and how high it stands. */
  side: number;
  sunHeight: number;
};

/** Ridges on which finer ridges run, strongest where the coarse ones are high, as water leaves them. */
function peaks(noise: Noise, x: number, z: number, octaves: number): number {
  const bend = noise(x * 0.6 + 9, z * 0.6) * 0.18;
  let px = x + bend;
  let pz = z - bend;
  let weight = 1;
  let strength = 0.7;
  let sum = 0;
  for (let octave = 0; octave < octaves; octave += 1) {
    const value = noise(px + octave * 13.7, pz + octave * 7.1);
    let crest = 1.06 - Math.sqrt(value * value + 0.0036);
    crest *= crest;
    sum += crest * strength * weight;
    weight = Math.min(1, crest * 1.25);
    strength *= 0.4;
    px *= 2.07;
    pz *= 2.07;
  }
  return sum;
}

function heightOf({ form, near, far, rough }: Land, noise: Noise, octaves: number): (x: number, z: number) => number {
  const middle = near + (far - near) * 0.45;
  if (form === "peaks")
    return (x, z) => smooth(near, middle, z) * (peaks(noise, x * 0.2, z * 0.3, octaves) * 1.2 - 0.18);
  if (form === "dunes")
    return (x, z) => {
      const bend = noise(x * 0.35, z * 0.5 + 4) * 0.55;
      const crest = 1 - Math.abs(noise(x * 0.42 + bend, z * 0.85 + bend * 0.4));
      return smooth(near * 0.7, near * 1.4, z) * (0.42 * crest ** 2.2 + 0.16 * noise(x * 0.3, z * 0.3));
    };
  return (x, z) => {
    const rolling = 0.3 + 0.34 * fractal(noise, x * 0.55, z * 0.55, Math.min(4, octaves), 0.36);
    return (
      smooth(near * 0.6, middle, z) * rolling + rough * noise(x * 16, z * 22) + rough * 0.6 * noise(x * 37, z * 41)
    );
  };
}

/**
 * Draws land as it would be seen: heights on a grid that widens with distance, lit from one side with the shadows that
 * ridges throw, snow where it is high and not steep, and air in between. Columns are filled from the nearest backwards.
 */
export function drawLand(studio: Studio, pen: Pen, land: Land): void {
  const { width, height, bleed, detail, unit } = studio;
  const noise = studio.noise(land.name);
  const octaves = detail > 1.5 ? 8 : detail >= 1 ? 7 : 5;
  const flat = studio.line === "paper";
  const heightAt = heightOf(land, noise, octaves);
  const across = width + 2 * bleed;
  const columns = Math.round(Math.min(1_400, (across / unit) * 0.62 * detail ** 0.5));
  // A dune has one sharp crest: coarse steps in depth would show as teeth along it.
  const steps = Math.round((land.form === "dunes" ? 620 : 230) * detail ** 0.6);
  const pixel = across / columns;
  const rows = Math.ceil((height + bleed) / pixel);
  const focal = unit * 620;
  const view = 1_000 / 620;

  const depths = Float32Array.from(
    { length: steps },
    (_, step) => land.near * (land.far / land.near) ** (step / (steps - 1)),
  );
  const aspect = across / unit / 1_000;
  const placeAt = (column: number, z: number) => ((column + 0.5) / columns - 0.5) * aspect * view * z;
  const heights = new Float32Array(columns * steps);
  for (let step = 0; step < steps; step += 1) {
    const z = depths[step] ?? 1;
    for (let column = 0; column < columns; column += 1)
      heights[step * columns + column] = heightAt(placeAt(column, z), z) * land.tall;
  }

  const lit = shadows(heights, depths, columns, land, aspect * view);
  const body = table([
    lighter(mix(land.ambient, land.body, 0.5), -0.06),
    land.body,
    mix(lighter(land.body, 0.1), land.light, 0.45),
  ]);
  const white = table([
    mix(land.snow, land.ambient, 0.68),
    mix(land.snow, land.ambient, 0.3),
    mix(land.snow, land.light, 0.55),
  ]);
  const haze = toRgb(land.haze);

  const canvas = createCanvas(columns, rows);
  const sheet = canvas.getContext("2d");
  const image = sheet.createImageData(columns, rows);
  const out = image.data;
  const at = (step: number, column: number) =>
    heights[clamp(step, 0, steps - 1) * columns + clamp(column, 0, columns - 1)] ?? 0;
  for (let column = 0; column < columns; column += 1) {
    let highest = rows;
    for (let step = 0; step < steps && highest > 0; step += 1) {
      const z = depths[step] ?? 1;
      const here = at(step, column);
      const y = land.horizon + ((land.eye - here) * focal) / z;
      const row = Math.max(0, Math.floor(y / pixel));
      if (row >= highest) continue;
      const dx = ((at(step, column + 1) - at(step, column - 1)) / (2 * aspect * view * z)) * columns;
      const dz =
        (at(step + 1, column) - at(step - 1, column)) /
        ((depths[Math.min(steps - 1, step + 1)] ?? z) - (depths[Math.max(0, step - 1)] ?? z));
      const length = Math.sqrt(1 + dx * dx + dz * dz);
      const facing =
        (-dx * land.side * 0.78 + land.sunHeight + dz * -0.3) / length / Math.hypot(0.78, land.sunHeight, 0.3);
      const sun = Math.max(0, facing) * (lit[step * columns + column] ?? 1);
      const shaded = clamp(0.16 + sun * 0.86 + (1 / length) * 0.1);
      const brightness = flat ? Math.round(shaded * 2.4) / 2.4 : shaded;
      const relative = here / land.tall;
      const snowed =
        land.snowline > 5
          ? 0
          : smooth(-0.06, 0.1, relative - land.snowline + 0.12 * noise(column * 0.04, z * 14)) *
            smooth(0.32, 0.62, 1 / length + 0.12);
      const cover = flat ? Math.round(snowed) : snowed;
      const index = Math.min(255, Math.floor(brightness * 256)) * 3;
      const distance = (z - land.near) / (land.far - land.near);
      const air = flat
        ? clamp(land.air * 0.3, 0, 0.6)
        : clamp(
            1 - Math.exp(-land.air * (0.25 + distance)) + smooth(0.22, 0, relative) * 0.45 * land.air * distance,
            0,
            0.96,
          );
      for (let channel = 0; channel < 3; channel += 1) {
        const bare = body[index + channel] ?? 0;
        const solid = bare + ((white[index + channel] ?? 0) - bare) * cover;
        const value = solid + ((haze[channel] ?? 0) - solid) * air;
        for (let fill = row; fill < highest; fill += 1) out[(fill * columns + column) * 4 + channel] = value;
      }
      for (let fill = row; fill < highest; fill += 1) out[(fill * columns + column) * 4 + 3] = 255;
      highest = row;
    }
  }
  sheet.putImageData(image, 0, 0);
  pen.imageSmoothingEnabled = true;
  pen.imageSmoothingQuality = "high";
  pen.drawImage(canvas, -bleed, 0, across, rows * pixel);
}

/** How much of the light reaches every place: a ray's height sinks as it goes on from the ridge that it grazes. */
function shadows(heights: Float32Array, depths: Float32Array, columns: number, land: Land, view: number): Float32Array {
  const lit = new Float32Array(heights.length);
  for (const [step, z] of depths.entries()) {
    const sink = (land.sunHeight / 0.78) * ((view * z) / columns);
    let ray = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < columns; index += 1) {
      const column = land.side > 0 ? columns - 1 - index : index;
      const here = heights[step * columns + column] ?? 0;
      ray = Math.max(ray - sink, here);
      lit[step * columns + column] = 1 - smooth(0.005, 0.07, (ray - here) / land.tall) * 0.9;
    }
  }
  return lit;
}
