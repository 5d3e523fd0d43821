import { modelId, payeeOf, personaHash, type Share, type Stelai, sortShares } from "@stelai/sdk";
import { type Address, toHex } from "viem";
import { DEMO_ACCOUNTS, type LocalAccount } from "../dev/accounts.ts";
import type { SeedCharacter, SeedCreator, SeedTool } from "./content/types.ts";
import { carve } from "./picture.ts";

/** Who publishes a character: its studio, as it is signed in, and whom its earnings are split between. */
export type Publisher = {
  stelai: Stelai;
  creator: SeedCreator;
  operator: Address;
  members: readonly { account: LocalAccount; bps: number }[];
  /** The number that a tool has or will have, by its slug. */
  numberOf: (slug: string) => bigint;
  /** A tool's picture, by its slug. */
  pictureOf: (slug: string) => Promise<Blob>;
};

/** Stores card and persona or style, publishes it, and lets in whom it is shared with. @returns Its number. */
export async function publish(publisher: Publisher, character: SeedCharacter | SeedTool): Promise<bigint> {
  const { stelai, operator, members } = publisher;
  const salt = toHex(crypto.getRandomValues(new Uint8Array(32)));
  const persona: Record<string, unknown> = isTool(character) ? character.style : character.persona;
  await stelai.relayer.uploadPersona({ persona, salt });
  const metadataURI = await (isTool(character) ? storeTool(publisher, character) : storeCard(publisher, character));
  const shares: Share[] = members.map(({ account, bps }) => ({ recipient: payeeOf(account.address), bps }));
  const { wait } = await stelai.characters.create({
    modality: isTool(character) ? character.modality : "Chat",
    metadataURI,
    personaHash: personaHash(salt, persona),
    terms: character.prices,
    operators: [operator],
    ...(isTool(character) ? {} : { visibility: character.visibility }),
    ...(shares.length > 1 ? { shares: sortShares(shares) } : {}),
  });
  const { characterId } = await wait();
  const sharedWith = isTool(character) ? [] : (character.sharedWith ?? []);
  const accounts = sharedWith.map((name) => demoAccount(name).address);
  if (accounts.length > 0) {
    await (await stelai.characters.setAllowed({ characterId, accounts, allowed: true })).wait();
  }
  return characterId;
}

/** A demo account by its name. */
export function demoAccount(name: string): LocalAccount {
  const account = DEMO_ACCOUNTS.find((one) => one.name === name);
  if (!account) throw new Error(`There is no demo account with the name ${name}.`);
  return account;
}

function isTool(character: SeedCharacter | SeedTool): character is SeedTool {
  return "tool" in character;
}

/** What every card tells. */
function cardOf({ name, tagline, description, tags }: SeedCharacter | SeedTool, creator: SeedCreator) {
  return { name, tagline, description, tags, creator: creator.name };
}

/** A private character's card is the operator's to keep; that of any other is public, with its picture. */
async function storeCard({ stelai, creator, numberOf }: Publisher, character: SeedCharacter): Promise<string> {
  const { persona, voice } = character;
  const card = {
    ...cardOf(character, creator),
    ...(persona.greeting === undefined ? {} : { greeting: persona.greeting }),
    openers: persona.openers ?? [],
    ...(voice === undefined ? {} : { voice: { model: modelId(numberOf(voice.tool)), voice: voice.voice } }),
  };
  if (character.visibility === "Private") return (await stelai.relayer.uploadCard({ card })).uri;
  const image = await stelai.relayer.uploadContent({ image: await carve(character.slug) });
  return (await stelai.relayer.uploadContent({ card: { ...card, image: image.uri } })).uri;
}

async function storeTool({ stelai, creator, pictureOf }: Publisher, tool: SeedTool): Promise<string> {
  const image = await stelai.relayer.uploadContent({ image: await pictureOf(tool.slug) });
  const card = { ...cardOf(tool, creator), openers: [], tool: tool.tool, image: image.uri };
  return (await stelai.relayer.uploadContent({ card })).uri;
}
