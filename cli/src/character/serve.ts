import type { Stelai } from "@stelai/sdk";
import { type Address, type Hex, isAddress, isAddressEqual, zeroHash } from "viem";
import { address, type Context, url } from "../context.ts";
import { CommandError } from "../failures.ts";
import { operatorAt, signedInAt } from "./operators.ts";

/** What an operator was given, and what it was not. */
export type Served = {
  characterId: bigint;
  operator: Address;
  relayerUrl: string;
  /** Of `persona`, `card`, `picture`: what was stored with it. */
  given: string[];
  /** Whether it was listed before. */
  wasListed: boolean;
  transaction: Hex | null;
  /** What it may still need, in words. */
  notes: string[];
};

/**
 * Lets another operator serve a character: gives it what the creator's own relayer keeps (persona, card, picture), then
 * lists it on the chain. The persona leaves one operator and reaches the other by way of the creator alone.
 */
export async function serve(context: Context, characterId: bigint, relayerUrl: string): Promise<Served> {
  const account = await context.signer();
  const { operator } = await operatorAt(context, relayerUrl);
  const from = await signedInAt(context, context.relayerUrl);
  const now = await from.characters.getCharacter({ characterId });
  if (!isAddressEqual(now.owner, account.address)) {
    throw new CommandError(
      `Character ${characterId} belongs to ${now.owner}, not to ${account.address}. Nothing was sent.`,
    );
  }
  const to = await signedInAt(context, relayerUrl);
  const given: string[] = [];
  const notes: string[] = [];

  if (now.personaHash !== zeroHash) {
    const { personaHash } = await to.relayer.uploadPersona(await from.relayer.getPersona({ characterId }));
    if (personaHash !== now.personaHash) {
      throw new CommandError(`${context.relayerUrl} keeps another persona than the chain names. Nothing was listed.`);
    }
    given.push("persona");
  }
  given.push(...(await copyCard(from, to, characterId, now.metadataURI)));
  const files = await from.relayer.listKnowledge({ characterId });
  if (files.length > 0) {
    notes.push(`It knows ${files.length} files, which stay with ${context.relayerUrl}: add them there with the dApp.`);
  }

  const wasListed = await from.characters.isOperator({ characterId, operator });
  if (wasListed) return { characterId, operator, relayerUrl, given, wasListed, transaction: null, notes };
  const { hash, wait } = await from.characters.setOperator({ characterId, operator, listed: true });
  await wait();
  return { characterId, operator, relayerUrl, given, wasListed, transaction: hash, notes };
}

/** Takes an operator, by its relayer's URL or its address, off the list: it serves the character no more. */
export async function stop(context: Context, characterId: bigint, named: string) {
  const operator = isAddress(named, { strict: false })
    ? address("--with", named)
    : (await operatorAt(context, url("--with", named))).operator;
  const stelai = await context.stelai();
  if (!(await stelai.characters.isOperator({ characterId, operator }))) {
    return { characterId, operator, wasListed: false, transaction: null };
  }
  const { hash, wait } = await stelai.characters.setOperator({ characterId, operator, listed: false });
  await wait();
  return { characterId, operator, wasListed: true, transaction: hash };
}

/** The card as it is stored, byte for byte, and its picture: the chain names their hashes. */
async function copyCard(from: Stelai, to: Stelai, characterId: bigint, metadataURI: string): Promise<string[]> {
  if (metadataURI.startsWith("stelai:card:")) {
    const { stelai } = await from.characters.getModel({ characterId });
    const { uri } = stelai.card === null ? { uri: undefined } : await to.relayer.uploadCard({ card: stelai.card });
    if (uri === metadataURI) return ["card"];
    throw new CommandError(
      "The private card cannot be copied as it was uploaded. Publish the character's file again with this operator in it.",
    );
  }
  const card = await from.characters.fetchCard({ metadataURI });
  const given: string[] = [];
  if (card.image !== undefined) {
    await copyBytes(from, to, card.image);
    given.push("picture");
  }
  await copyBytes(from, to, metadataURI);
  return [...given, "card"];
}

async function copyBytes(from: Stelai, to: Stelai, uri: string): Promise<void> {
  const response = await fetch(from.characters.gatewayUrl(uri));
  if (!response.ok) throw new CommandError(`${uri} cannot be read from ${from.client.relayerUrl}. Nothing was listed.`);
  const bytes = await response.blob();
  const stored = await to.relayer.uploadContent({ image: bytes });
  if (stored.uri !== uri)
    throw new CommandError(`The other operator stored ${uri} as ${stored.uri}. Nothing was listed.`);
}
