import { createCanvas, loadImage } from "@napi-rs/canvas";
import { payeeOf, personaHash, type Share, type Stelai, sortShares } from "@stelai/sdk";
import { type Address, toHex } from "viem";
import { DEMO_ACCOUNTS, type LocalAccount } from "../dev/accounts.ts";
import { avatarSvg } from "./content/avatar.ts";
import type { SeedCharacter, SeedCreator } from "./content/types.ts";

/** Who publishes a character: its studio, as it is signed in, and whom its earnings are split between. */
export type Publisher = {
  stelai: Stelai;
  creator: SeedCreator;
  operator: Address;
  members: readonly { account: LocalAccount; bps: number }[];
};

/** Stores card and persona, publishes the character, and lets in whom it is shared with. @returns Its number. */
export async function publish(publisher: Publisher, character: SeedCharacter): Promise<bigint> {
  const { stelai, operator, members } = publisher;
  const salt = toHex(crypto.getRandomValues(new Uint8Array(32)));
  const persona = character.persona as Record<string, unknown>;
  await stelai.relayer.uploadPersona({ persona, salt });
  const metadataURI = await storeCard(publisher, character);
  const shares: Share[] = members.map(({ account, bps }) => ({ recipient: payeeOf(account.address), bps }));
  const { wait } = await stelai.characters.create({
    modality: "Chat",
    metadataURI,
    personaHash: personaHash(salt, persona),
    terms: character.prices,
    operators: [operator],
    visibility: character.visibility,
    ...(shares.length > 1 ? { shares: sortShares(shares) } : {}),
  });
  const { characterId } = await wait();
  const accounts = (character.sharedWith ?? []).map((name) => demoAccount(name).address);
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

/** A private character's card is the operator's to keep; that of any other is public, with its picture. */
async function storeCard({ stelai, creator }: Publisher, character: SeedCharacter): Promise<string> {
  const card = {
    name: character.name,
    tagline: character.tagline,
    description: character.description,
    tags: character.tags,
    creator: creator.name,
    ...(character.persona.greeting === undefined ? {} : { greeting: character.persona.greeting }),
    openers: character.persona.openers ?? [],
  };
  if (character.visibility === "Private") return (await stelai.relayer.uploadCard({ card })).uri;
  const image = await stelai.relayer.uploadContent({ image: await carve(character.slug) });
  return (await stelai.relayer.uploadContent({ card: { ...card, image: image.uri } })).uri;
}

/** The avatar as a PNG: a stored image is never an SVG. */
async function carve(name: string): Promise<Blob> {
  const size = 512;
  const canvas = createCanvas(size, size);
  const drawing = await loadImage(Buffer.from(avatarSvg(name)));
  canvas.getContext("2d").drawImage(drawing, 0, 0, size, size);
  return new Blob([new Uint8Array(await canvas.encode("png"))], { type: "image/png" });
}
