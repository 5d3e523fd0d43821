import type { SceneName } from "../brief.ts";
import type { Layer, Studio } from "../studio.ts";
import { abstract } from "./abstract.ts";
import { botanical } from "./botanical.ts";
import { city } from "./city.ts";
import { cosmos } from "./cosmos.ts";
import { landscape } from "./landscape.ts";
import { seascape } from "./seascape.ts";

/** A scene's sheets, from the farthest to the nearest. */
export type Scene = (studio: Studio) => Layer[];

/** To add a scene: a file beside this one, its name in `styleSchema`, its words in `words.ts`, and a line here. */
export const SCENE: Readonly<Record<SceneName, Scene>> = {
  landscape,
  seascape,
  city,
  botanical,
  cosmos,
  abstract,
};
