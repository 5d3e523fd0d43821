import type { SceneName } from "../brief.ts";
import type { Layer, Studio } from "../studio.ts";
import { landscape } from "./landscape.ts";

/** A scene's sheets, from the farthest to the nearest. */
export type Scene = (studio: Studio) => Layer[];

/** To add a scene: a file beside this one, its name in `styleSchema`, its words in `words.ts`, and a line here. */
export const SCENE: Readonly<Record<SceneName, Scene>> = {
  landscape,
  seascape: landscape,
  city: landscape,
  botanical: landscape,
  cosmos: landscape,
  abstract: landscape,
};
