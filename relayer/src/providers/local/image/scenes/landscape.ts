import { lighter, mix } from "../colour.ts";
import { atDistance } from "../palette.ts";
import { auroraLayer, cloudLayer, lampLayer, placeLamp, rainbowLayer, skyLayer, starLayer } from "../sky.ts";
import type { Layer, Studio } from "../studio.ts";
import { drawMist, drawRock, fillBelow, type Rise, skyline } from "../terrain.ts";

/** Mountains, hills, forest or desert under a sky. */
export function landscape(studio: Studio): Layer[] {
  const { brief, palette, height, bleed, line } = studio;
  const chance = studio.chance("landscape");
  const horizon = height * chance.between(0.54, 0.64);
  const lamp = placeLamp(studio, horizon);
  const layers: Layer[] = [skyLayer(studio, horizon, lamp)];
  if (brief.time === "night") layers.push(starLayer(studio, horizon, 700));
  if (brief.things.has("aurora")) layers.push(auroraLayer(studio, horizon));
  layers.push(lampLayer(studio, lamp), cloudLayer(studio, horizon, lamp));
  if (brief.things.has("rainbow")) layers.push(rainbowLayer(studio, horizon));

  const desert = brief.things.has("desert");
  const peaks = brief.things.has("mountain") || (!desert && !brief.things.has("hill") && chance.happens(0.7));
  const ridges = chance.whole(4, 5);
  for (let index = 0; index < ridges; index += 1) {
    const near = index / (ridges - 1);
    const name = `ridge ${index}`;
    const shape: Rise["shape"] = desert ? "dunes" : peaks && near < 0.55 ? "peaks" : "hills";
    const base = horizon + (height - horizon) * (0.08 + near * 0.5);
    const rise = height * (shape === "peaks" ? 0.36 - near * 0.22 : 0.13 + near * 0.05) * chance.between(0.8, 1.15);
    const top = skyline(studio, name, { base, rise, forms: shape === "peaks" ? 2.4 + near * 2 : 1.6, shape });
    const distance = 1 - near;
    const body = atDistance(
      palette,
      desert ? mix(palette.grass, palette.light, 0.3) : mix(palette.near, palette.leaf, near * 0.6),
      distance,
    );
    const foot = mix(body, palette.horizon, 0.35 * distance + 0.1);
    const bottom = height + bleed;
    layers.push({
      name,
      depth: 0.06 + near * 0.6,
      solid: true,
      draw(pen) {
        fillBelow(studio, pen, top, base - rise, index === ridges - 1 ? bottom : base + height * 0.12, body, foot);
        if (shape === "peaks" && line !== "paper") {
          drawRock(studio, pen, name, top, base - rise, base + height * 0.05, {
            snow: brief.season === "winter" ? 1.1 : near < 0.3 ? 0.6 : 0.25,
            shade: lighter(body, -0.07),
            lit: mix(lighter(body, 0.1), palette.light, 0.22),
            snowShade: mix(palette.snow, palette.far, 0.55),
            snowLit: mix(palette.snow, palette.light, 0.4),
            haze: foot,
            from: lamp.x > studio.width / 2 ? 1 : -1,
          });
        }
        if (line !== "paper")
          drawMist(studio, pen, name, base - height * 0.06, base + height * 0.12, palette.horizon, 0.5 * distance);
      },
    });
  }
  return layers;
}
