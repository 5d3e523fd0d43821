import type { LocalEngine, MadeModality } from "../media.ts";
import { imageEngine } from "./image/index.ts";
import { musicEngine } from "./music/index.ts";
import { videoEngine } from "./video/index.ts";
import { voiceEngine } from "./voice/index.ts";

/** What is embedded, by what it makes. Their modules load what is heavy when they work, in a process of their own. */
export const ENGINES: Readonly<Record<MadeModality, LocalEngine>> = {
  Image: imageEngine,
  Video: videoEngine,
  Voice: voiceEngine,
  Music: musicEngine,
};
