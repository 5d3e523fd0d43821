import { type Colour, fromHex, lighter, mix } from "../colour.ts";
import { drawForest, drawPalm, drawTree, meadowLayer } from "../flora.ts";
import { atDistance } from "../palette.ts";
import { drawLand, type Land } from "../range.ts";
import { airLayers, placeLamp } from "../sky.ts";
import type { Layer, Studio } from "../studio.ts";
import { drawMist, fillBelow, skyline } from "../terrain.ts";
import { balloonLayer, birdLayer, drawCabin, drawPerson, drawTent } from "../things.ts";
import { waterLayer } from "../water.ts";
import { weatherLayers } from "../weather.ts";

/** Mountains, hills, forest or desert under a sky. */
export function landscape(studio: Studio): Layer[] {
  const { brief, palette, width, height, line } = studio;
  const { things, season, weather } = brief;
  const chance = studio.chance("landscape");
  const horizon = height * chance.between(0.5, 0.58);
  const lamp = placeLamp(studio, horizon);
  const side = lamp.x > width / 2 ? 1 : -1;
  const desert = things.has("desert");
  const white = season === "winter" || weather === "snow";
  const peaks = things.has("mountain") || (!desert && !things.has("hill") && chance.happens(0.72));
  const lake =
    !desert &&
    (things.has("lake") ||
      things.has("river") ||
      (chance.happens(0.3) && !things.has("flower") && !things.has("hill")));
  const sand = mix(
    mix(palette.grass, fromHex("#D9A566"), 0.7),
    palette.near,
    { dawn: 0.15, day: 0, dusk: 0.25, night: 0.6 }[brief.time],
  );
  const air = { clear: 0.9, cloudy: 1.1, rain: 1.6, storm: 1.3, snow: 1.8, fog: 2.6 }[weather];
  const common = {
    horizon,
    light: palette.light,
    ambient: mix(palette.zenith, palette.near, 0.5),
    snow: palette.snow,
    side,
    sunHeight: brief.time === "day" ? 0.62 : 0.4,
  } satisfies Partial<Land>;

  const forested = !desert && (things.has("forest") || things.has("pine") || peaks || things.has("tree"));
  const layers: Layer[] = airLayers(studio, horizon, lamp);
  const far: Land = {
    ...common,
    name: "far range",
    form: peaks ? "peaks" : desert ? "dunes" : "hills",
    rough: 0,
    near: 2.6,
    far: 9,
    tall: peaks ? chance.between(1.5, 2.1) : desert ? 0.9 : 1.3,
    eye: 0.16,
    body: desert ? sand : peaks ? mix(palette.stone, palette.near, 0.35) : mix(palette.grass, palette.leaf, 0.5),
    haze: mix(palette.horizon, palette.far, 0.5),
    air,
    snowline: !peaks ? (white ? 0.1 : 9) : white ? 0.05 : things.has("mountain") ? 0.42 : chance.between(0.4, 0.62),
  };
  layers.push({ name: far.name, depth: 0.1, solid: true, draw: (pen) => drawLand(studio, pen, far) });
  if (things.has("balloon")) layers.push(balloonLayer(studio, horizon));

  const middle: Land = {
    ...common,
    name: "foothills",
    form: desert ? "dunes" : "hills",
    rough: desert ? 0 : forested ? 0.018 : 0.005,
    near: 0.4,
    far: 3.4,
    tall: desert ? 0.5 : 0.5,
    eye: desert ? 0.34 : 0.24,
    body: desert ? sand : white ? mix(palette.snow, palette.leaf, 0.25) : mix(palette.leaf, palette.grass, 0.45),
    haze: mix(palette.far, palette.horizon, 0.3),
    air: air * 0.55,
    snowline: white && !desert ? -0.2 : 9,
  };
  layers.push({
    name: middle.name,
    depth: 0.24,
    solid: true,
    draw(pen) {
      if (line !== "paper")
        drawMist(studio, pen, "valley", [horizon - height * 0.12, horizon + height * 0.12], palette.horizon, 0.55);
      drawLand(studio, pen, middle);
    },
  });
  const wood = atDistance(palette, mix(palette.leaf, palette.near, 0.45), 0.3);
  const kind = things.has("tree") || (!peaks && !things.has("pine")) ? "tree" : "pine";
  if (forested) {
    const shore = skyline(studio, "shore", horizon + height * 0.15, height * 0.05, 1.3);
    layers.push({
      name: "forest",
      depth: 0.34,
      solid: true,
      draw(pen) {
        fillBelow(
          studio,
          pen,
          shore,
          [horizon + height * 0.1, horizon + height * 0.3],
          [wood, mix(wood, palette.ground, 0.5)],
        );
        drawForest(studio, pen, "far forest", shore, {
          kind,
          tall: height * 0.075,
          number: things.has("forest") ? 420 : 260,
          body: white ? mix(wood, palette.snow, 0.25) : wood,
          lit: mix(wood, white ? palette.snow : palette.light, white ? 0.6 : 0.3),
          back: mix(wood, palette.far, 0.5),
          bark: palette.near,
          side,
        });
        if (line !== "paper")
          drawMist(studio, pen, "shore", [horizon + height * 0.08, horizon + height * 0.24], palette.horizon, 0.3);
      },
    });
  }
  const waterline = horizon + height * 0.17;
  if (lake)
    layers.push({ ...waterLayer(studio, waterline, lamp, { rough: weather === "storm" ? 0.6 : 0.12 }), depth: 0.4 });
  layers.push(...foreground(studio, { lake, desert, white, kind, side, sand }), ...birdLayer(studio, horizon));
  return [...layers, ...weatherLayers(studio)];
}

type Ground = {
  lake: boolean;
  desert: boolean;
  white: boolean;
  kind: "pine" | "tree";
  side: number;
  sand: Colour;
};

/** The bank before the eye and what stands on it. */
function foreground(studio: Studio, { lake, desert, white, kind, side, sand }: Ground): Layer[] {
  const { brief, palette, width, height, unit } = studio;
  const { things, season } = brief;
  const chance = studio.chance("foreground");
  const near = height * (lake ? chance.between(0.86, 0.9) : chance.between(0.76, 0.82));
  const soil = desert
    ? lighter(sand, -0.07)
    : white
      ? mix(palette.snow, palette.near, 0.12)
      : mix(palette.grass, palette.ground, 0.55);
  const tilt = chance.between(-0.06, 0.06) * height;
  const hill = skyline(studio, "near hill", near, height * 0.07, 0.9);
  const bank = (x: number) => hill(x) + tilt * ((x / width - 0.5) * 2);
  const third = width * (side > 0 ? chance.between(0.16, 0.3) : chance.between(0.7, 0.84));
  const leaf = season === "winter" ? palette.stone : palette.leaf;
  const growth = { body: mix(leaf, palette.near, 0.4), lit: mix(leaf, palette.light, 0.4), side };
  const dimmed = (colour: Colour) =>
    mix(colour, palette.near, brief.time === "night" ? 0.55 : brief.time === "dusk" ? 0.2 : 0);
  const layers: Layer[] = [
    {
      name: "bank",
      depth: 0.7,
      solid: true,
      draw(pen) {
        fillBelow(
          studio,
          pen,
          bank,
          [near - height * 0.08, height],
          [mix(soil, palette.light, 0.12), mix(soil, palette.near, 0.55)],
        );
        const stands = studio.chance("stands");
        if (kind === "pine" && !desert) {
          const edge = (x: number) => bank(x) + Math.abs(x - third) * 0.02;
          drawForest({ ...studio, detail: 1 }, pen, "near pines", edge, {
            ...growth,
            lit: white ? mix(palette.snow, palette.leaf, 0.3) : growth.lit,
            kind: "pine",
            tall: height * 0.2,
            number: things.has("forest") ? 60 : 26,
            back: mix(growth.body, palette.far, 0.35),
            bark: palette.near,
          });
        }
        if (things.has("cabin")) {
          const number = Math.max(1, Math.min(7, things.get("cabin") ?? 1));
          for (let index = 0; index < number; index += 1) {
            const x = width * (0.5 - side * 0.1) + (index - (number - 1) / 2) * height * 0.16;
            drawCabin(studio, pen, x, bank(x) + unit * 8, height * stands.between(0.07, 0.085));
          }
        }
        if (things.has("tent"))
          drawTent(
            studio,
            pen,
            width * (0.5 + side * 0.12),
            bank(width * (0.5 + side * 0.12)) + unit * 12,
            height * 0.06,
          );
        if (things.has("person")) {
          const number = Math.max(1, Math.min(9, things.get("person") ?? 1));
          for (let index = 0; index < number; index += 1) {
            const x = width * (0.5 - side * 0.2) + index * height * 0.042;
            drawPerson(studio, pen, stands, x, bank(x) + unit * 6, height * 0.085);
          }
        }
        const palms = things.has("palm") ? Math.max(3, Math.min(9, things.get("palm") ?? 3)) : 0;
        for (let index = 0; index < palms; index += 1) {
          const x = third + (index - palms / 2) * width * 0.07;
          drawPalm(
            pen,
            stands,
            x,
            bank(x) + unit * 10,
            height * stands.between(0.26, 0.4),
            growth,
            mix(palette.near, palette.stone, 0.4),
          );
        }
        const asked = things.get("tree") ?? 0;
        const trees = kind === "tree" && !desert && palms === 0 ? Math.max(1, Math.min(9, asked)) : 0;
        for (let index = 0; index < trees; index += 1) {
          const x = trees === 1 ? third : width * (0.08 + (0.84 * (index + 0.5)) / trees);
          const tall = height * stands.between(0.36, 0.46) * (trees > 3 ? 0.7 : 1);
          drawTree(pen, stands, x, bank(x) + unit * 10, tall, {
            ...growth,
            bark: mix(palette.near, palette.stone, 0.2),
            bare: season === "winter",
            dabs: Math.round(1_300 * Math.min(2, studio.detail)),
          });
        }
      },
    },
  ];
  if (!desert && !white) {
    const flowers = things.has("flower") ? 420 : season === "spring" ? 120 : season === "summer" ? 50 : 0;
    layers.push(
      meadowLayer(studio, (x) => bank(x) + unit * 6, {
        blades: things.has("grass") || things.has("flower") ? 1_300 : 850,
        flowers: Math.round(flowers * Math.min(1.5, studio.detail)),
        tall: height * (things.has("grass") ? 0.075 : 0.045),
        colours: [dimmed(palette.accents[0]), dimmed(palette.accents[2]), dimmed(palette.accents[1])],
        lit: palette.light,
      }),
    );
  }
  return layers;
}
