import { corbel } from "./personas/corbel/index.ts";
import { hush } from "./personas/hush/index.ts";
import { isbel } from "./personas/isbel/index.ts";
import { ladle } from "./personas/ladle/index.ts";
import { ottavia } from "./personas/ottavia/index.ts";
import { plink } from "./personas/plink/index.ts";
import { silvertip } from "./personas/silvertip/index.ts";
import { sixtyfour } from "./personas/sixtyfour/index.ts";
import { atticRadio } from "./tools/atticRadio.ts";
import { ochreAndTin } from "./tools/ochreAndTin.ts";
import { slowFrames } from "./tools/slowFrames.ts";
import { stelai } from "./tools/stelai.ts";
import type { SeedCharacter, SeedTool } from "./types.ts";

export { avatarSvg } from "./avatar.ts";
export { creators } from "./creators.ts";
export type { SeedCharacter, SeedCreator, SeedTool } from "./types.ts";

/** The demo characters, each creator's in the order in which they are published; the first is free, the last private. */
export const characters: readonly SeedCharacter[] = [corbel, isbel, plink, ottavia, silvertip, sixtyfour, hush, ladle];

/** The demo tools, published after the characters; a creator's in this order. The first image tool is free. */
export const tools: readonly SeedTool[] = [...stelai, ...ochreAndTin, ...slowFrames, ...atticRadio];
