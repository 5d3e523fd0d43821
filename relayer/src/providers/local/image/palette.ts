import type { Brief, Time } from "./brief.ts";
import { along, type Colour, chromaOf, fromHex, lighter, mix, vivid } from "./colour.ts";

/** The colours of a picture by what they are for. */
export type Palette = {
  zenith: Colour;
  sky: Colour;
  horizon: Colour;
  /** Sun or moon, and what it throws on things. */
  light: Colour;
  glow: Colour;
  cloud: Colour;
  cloudShade: Colour;
  /** The farthest thing that is no sky, and the nearest. */
  far: Colour;
  near: Colour;
  ground: Colour;
  grass: Colour;
  leaf: Colour;
  water: Colour;
  stone: Colour;
  snow: Colour;
  /** Flowers, sails, lamps: what the eye goes to first. */
  accents: readonly [Colour, Colour, Colour];
  lamp: Colour;
  paper: Colour;
  ink: Colour;
};

type Mood = Pick<Palette, "zenith" | "sky" | "horizon" | "light" | "cloud" | "cloudShade" | "far" | "near"> & {
  first: Colour;
  second: Colour;
};

/** In the order of a picture: down the sky, its lamp and clouds, then from the farthest to what stands out. */
function mood(
  ...hexes: readonly [string, string, string, string, string, string, string, string, string, string]
): Mood {
  const [zenith, sky, horizon, light, cloud, cloudShade, far, near, first, second] = hexes;
  return {
    zenith: fromHex(zenith),
    sky: fromHex(sky),
    horizon: fromHex(horizon),
    light: fromHex(light),
    cloud: fromHex(cloud),
    cloudShade: fromHex(cloudShade),
    far: fromHex(far),
    near: fromHex(near),
    first: fromHex(first),
    second: fromHex(second),
  };
}

/** Skies worth looking at. Each was chosen as a whole: change one colour and look again. */
const MOODS: Readonly<Record<Time, readonly [Mood, ...Mood[]]>> = {
  dawn: [
    mood("#5877A6", "#D9A9AB", "#FFE3BC", "#FFF3D6", "#FBD9C8", "#9C8FB0", "#A99BB4", "#2C3A4C", "#E2725B", "#F2C14E"),
    mood("#7A8CC8", "#EFB7C4", "#FDEBCF", "#FFF6E0", "#FCE3DC", "#A79FC9", "#A9A3C6", "#35395A", "#D9577B", "#F5C26B"),
    mood("#4C8C9E", "#A9D0C5", "#FBE7C0", "#FFF4D2", "#F9E5D0", "#8AA6AE", "#8FB1B4", "#26454D", "#E58A5A", "#F0CF65"),
  ],
  day: [
    mood("#2B6CB0", "#7DB7E2", "#E4F1EE", "#FFFBEA", "#FFFFFF", "#A7BACB", "#97B6C8", "#23503F", "#D9483B", "#F0B429"),
    mood("#3C93B8", "#9BD1D6", "#FAF3DA", "#FFF8DC", "#FFFDF5", "#A9BFC2", "#8DB3B1", "#1E4B44", "#E0633F", "#F2C14E"),
    mood("#4672B4", "#A3C0E4", "#F5EBDD", "#FFF6E2", "#FFF8EE", "#AEB5CC", "#9FADC6", "#33475C", "#C8456B", "#F4A259"),
  ],
  dusk: [
    mood("#2A2C5E", "#B9527A", "#FFB562", "#FFE9B0", "#F58A6B", "#5D3F73", "#8C4D79", "#1B1733", "#FF6F59", "#FFD166"),
    mood("#1E3A5C", "#D47C68", "#FBD39A", "#FFF0C4", "#F2A685", "#6A5A78", "#9C5E70", "#1A2238", "#F25F4C", "#FFC857"),
    mood("#3A2D63", "#A9549A", "#FFA987", "#FFE3C0", "#F08CA0", "#5A4180", "#7D4C8E", "#1E1638", "#FF5D73", "#FFC15E"),
    mood("#254653", "#C98A4B", "#FCE0A2", "#FFF4CC", "#EBB27A", "#6F6A62", "#8E7458", "#1F2A2A", "#D1495B", "#EDAE49"),
  ],
  night: [
    mood("#070D24", "#142C55", "#3A668C", "#F4EFD8", "#33517A", "#121F42", "#223F63", "#050A17", "#FFB84D", "#7FD1E8"),
    mood("#0B0A28", "#2B2163", "#6A489A", "#F6E9F2", "#4B3A86", "#1B1547", "#38296B", "#090718", "#FF9A76", "#C9A2FF"),
    mood("#04141D", "#0C3B48", "#3C8A83", "#EFF7E4", "#27606A", "#0A2832", "#17505A", "#03101A", "#FFD07B", "#8CF0C8"),
  ],
};

const SEASONAL = {
  spring: { grass: "#7FA650", leaf: "#6E9E4B", bloom: "#F2B5CB" },
  summer: { grass: "#5E8B3D", leaf: "#39703A", bloom: "#E8553D" },
  autumn: { grass: "#B08B3E", leaf: "#C1662B", bloom: "#9E2F3C" },
  winter: { grass: "#DCE5EE", leaf: "#4E6B66", bloom: "#B9384A" },
} as const;

/** How bright what stands on the ground is at a time, and how much of the sky's colour lies on it. */
const LIT: Readonly<Record<Time, { brightness: number; tint: number }>> = {
  dawn: { brightness: -0.04, tint: 0.3 },
  day: { brightness: 0, tint: 0.08 },
  dusk: { brightness: -0.2, tint: 0.38 },
  night: { brightness: -0.38, tint: 0.55 },
};

type Change = (colour: Colour, role: keyof Palette) => Colour;

function changed(palette: Palette, change: Change): Palette {
  const entries = Object.entries(palette).map(([role, value]) => {
    const key = role as keyof Palette;
    return [role, key === "accents" ? palette.accents.map((one) => change(one, key)) : change(value as Colour, key)];
  });
  return Object.fromEntries(entries) as Palette;
}

/** Colours from dark to light, with a dark and a light end of their own hue, to map a whole picture onto. */
function ramp(colours: readonly Colour[]): Colour[] {
  const sorted = [...colours].sort(([one], [other]) => one - other);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError("no colours for a ramp");
  const dark: Colour = first[0] > 0.35 ? [0.2, first[1] * 0.6, first[2] * 0.6] : first;
  const light: Colour = last[0] < 0.85 ? [0.95, last[1] * 0.25, last[2] * 0.25] : last;
  return [...new Set([dark, ...sorted, light])];
}

/** The place of a lightness on a ramp whose colours are not evenly spaced. */
function atLightness(colours: readonly Colour[], lightness: number): Colour {
  const next = colours.findIndex(([one]) => one >= lightness);
  const to = colours[next === -1 ? colours.length - 1 : next];
  const from = colours[Math.max(0, (next === -1 ? colours.length : next) - 1)];
  if (from === undefined || to === undefined) throw new RangeError("no colours for a ramp");
  const span = to[0] - from[0];
  return span === 0 ? to : mix(from, to, (lightness - from[0]) / span);
}

/** Draws every colour towards those given, keeping how light it is. */
function towards(colours: readonly Colour[], share: number): Change {
  const steps = ramp(colours);
  return (colour) => {
    const [, a, b] = atLightness(steps, colour[0]);
    return [colour[0], colour[1] + (a - colour[1]) * share, colour[2] + (b - colour[2]) * share];
  };
}

/** The accents that stand out most among the colours, most colourful first. */
function accentsFrom(colours: readonly Colour[], otherwise: Palette["accents"]): Palette["accents"] {
  const [one, two, three] = [...colours].sort((first, second) => chromaOf(second) - chromaOf(first));
  return [one ?? otherwise[0], two ?? one ?? otherwise[1], three ?? otherwise[2]];
}

const AIR: ReadonlySet<keyof Palette> = new Set([
  "zenith",
  "sky",
  "horizon",
  "light",
  "glow",
  "cloud",
  "cloudShade",
  "water",
]);

/** Mixes the colours of a picture: time of day, season and weather first, then the style's palette, then the prompt's. */
export function mixPalette(brief: Brief): Palette {
  const choices = MOODS[brief.time];
  const chosen = choices[brief.seed % choices.length] ?? choices[0];
  const { first, second, ...air } = chosen;
  const { zenith, sky, horizon, light, far, near } = air;
  const seasonal = SEASONAL[brief.season];
  const { brightness, tint } = LIT[brief.time];
  const lit = (colour: Colour) => mix(lighter(colour, brightness), near, tint);

  let palette: Palette = {
    ...air,
    glow: mix(light, horizon, 0.45),
    ground: mix(near, lit(fromHex(seasonal.grass)), 0.5),
    grass: lit(fromHex(seasonal.grass)),
    leaf: lit(fromHex(seasonal.leaf)),
    water: mix(sky, near, 0.45),
    stone: lit(mix(far, fromHex("#8D8578"), 0.5)),
    snow: mix(fromHex("#F4F7FB"), mix(sky, zenith, 0.4), brief.time === "night" ? 0.55 : 0.12),
    accents: [first, second, mix(fromHex(seasonal.bloom), light, 0.1)],
    lamp: fromHex("#FFD38A"),
    paper: fromHex("#F5EFE2"),
    ink: mix(near, fromHex("#14141A"), 0.6),
  };

  if (brief.palette.length > 0) {
    const draw = towards(brief.palette, 0.85);
    palette = { ...changed(palette, draw), accents: accentsFrom(brief.palette, palette.accents), lamp: palette.lamp };
  }
  if (brief.colours.length > 0) {
    const strong = towards(brief.colours, brief.scene === "botanical" ? 0.2 : brief.palette.length > 0 ? 0.45 : 0.62);
    const faint = towards(brief.colours, 0.12);
    // Green and brown are said of what grows; of a sky they would be strange.
    const earthy = brief.colours.every(([, a, b]) => b > 0.03 && (a < -0.04 || chromaOf([0, a, b]) < 0.1));
    const draw: Change = (colour, role) => (earthy && AIR.has(role) ? faint : strong)(colour, role);
    palette = { ...changed(palette, draw), accents: accentsFrom(brief.colours, palette.accents), lamp: palette.lamp };
  }
  return changed(palette, weathered(brief));
}

/** What weather and mood do to colours. */
function weathered({ weather, moods, time }: Brief): Change {
  const grey: Colour = [time === "night" ? 0.25 : 0.62, -0.004, -0.012];
  return (colour, role) => {
    let changed = colour;
    if (role !== "accents" && role !== "lamp") {
      if (weather === "storm") changed = vivid(lighter(mix(changed, grey, 0.3), -0.1), 0.8);
      if (weather === "rain") changed = vivid(mix(changed, grey, 0.25), 0.85);
      if (weather === "fog") changed = mix(changed, grey, 0.12);
      if (moods.has("dark")) changed = vivid(lighter(changed, -0.12), 0.85);
    }
    if (moods.has("joyful")) changed = vivid(changed, 1.22);
    if (moods.has("calm")) changed = vivid(changed, 0.9);
    if (moods.has("dramatic")) changed = vivid([changed[0] + (changed[0] - 0.5) * 0.16, changed[1], changed[2]], 1.12);
    if (moods.has("melancholy")) changed = vivid(mix(changed, [changed[0], -0.005, -0.03], 0.3), 0.75);
    if (moods.has("dreamy")) changed = mix(changed, [changed[0] + 0.02, 0.06, -0.07], 0.22);
    return changed;
  };
}

/** A colour at a distance: 0 is before the eye, 1 the farthest; air lies between. */
export function atDistance(palette: Palette, colour: Colour, distance: number): Colour {
  return mix(colour, along([colour, palette.far, mix(palette.far, palette.horizon, 0.55)], distance), 0.9);
}
