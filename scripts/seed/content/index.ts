import { corbel } from "./personas/corbel/index.ts";
import { hush } from "./personas/hush/index.ts";
import { isbel } from "./personas/isbel/index.ts";
import { ladle } from "./personas/ladle/index.ts";
import { ottavia } from "./personas/ottavia/index.ts";
import { plink } from "./personas/plink/index.ts";
import { silvertip } from "./personas/silvertip/index.ts";
import { sixtyfour } from "./personas/sixtyfour/index.ts";
import type { SeedCharacter } from "./types.ts";

export { avatarSvg } from "./avatar.ts";
export { creators } from "./creators.ts";
export type { SeedCharacter, SeedCreator } from "./types.ts";

/** The demo characters, each creator's in the order in which they are published; the first is free, the last private. */
export const characters: readonly SeedCharacter[] = [corbel, isbel, plink, ottavia, silvertip, sixtyfour, hush, ladle];
