import type { Modality } from "@stelai/sdk";
import { creators } from "./creators.ts";
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
export type { SeedCharacter, SeedCreator, SeedTool } from "./types.ts";
export { creators };

/** The demo characters, each creator's in the order in which they are published; the first is free, the last private. */
export const characters: readonly SeedCharacter[] = [corbel, isbel, plink, ottavia, silvertip, sixtyfour, hush, ladle];

/** The demo tools, published after the characters; a creator's in this order. The first image tool is free. */
export const tools: readonly SeedTool[] = [...stelai, ...ochreAndTin, ...slowFrames, ...atticRadio];

/** Each creator with what it publishes. On a new chain they get the numbers from 1 in this order. */
export const published = creators.map((creator) => ({
  creator,
  works: [...characters, ...tools].filter((one) => one.creator === creator.handle),
}));

/** What each of the published makes, by its number: the first is character 1. */
export const publishedModalities: readonly Modality[] = published.flatMap(({ works }) =>
  works.map((one) => ("tool" in one ? one.modality : "Chat")),
);
