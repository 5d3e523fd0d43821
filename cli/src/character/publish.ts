import { randomBytes } from "node:crypto";
import { canonicalJson, cidOf, personaHash, type Stelai, type splitOf, type Terms } from "@stelai/sdk";
import { type Card, toWire } from "@stelai/sdk/wire";
import { type Hex, isAddressEqual, toHex, zeroHash } from "viem";
import { credits } from "../amounts.ts";
import type { Context } from "../context.ts";
import { CommandError, UsageError } from "../failures.ts";
import { type CharacterFile, payeeWords, readCharacterFile } from "../files/character.ts";
import { facts } from "../output.ts";
import { type NamedOperator, resolveOperators, signedInAt } from "./operators.ts";

export type PublishOptions = { id: bigint | undefined; isDryRun: boolean };

/** What was published, or would be. */
export type Published = {
  characterId: bigint | null;
  /** What was sent: `create`, or what had changed. */
  changes: string[];
  transactions: Hex[];
  metadataURI: string | null;
  personaHash: Hex | null;
  operators: NamedOperator[];
  isDryRun: boolean;
};

/** Publishes the character of a file, or brings a published one to what the file says. */
export async function publish(context: Context, path: string, options: PublishOptions): Promise<Published> {
  const file = readCharacterFile(path);
  const own = [{ relayerUrl: context.relayerUrl }];
  const operators = await resolveOperators(context, file.operators ?? own);
  if (operators.every(({ relayerUrl }) => relayerUrl === undefined)) {
    throw new UsageError(
      `${path} names its operators by address alone. Name at least one by the URL of its relayer: it stores the card.`,
    );
  }
  if (options.isDryRun) return dryRun(context, file, operators, options.id);
  return options.id === undefined ? create(context, file, operators) : update(context, file, operators, options.id);
}

/** What stands in the file, as a person reads it. */
export function describe(file: CharacterFile, operators: readonly NamedOperator[]): string {
  const { card, modality, visibility, terms, persona, picture, payee } = file;
  return facts([
    ["name", card.name],
    ["modality", modality],
    ["visibility", visibility],
    ["prices", priceWords(terms)],
    [
      modality === "Chat" ? "persona" : "style",
      persona === undefined ? "none: it answers by its card" : mindWords(persona),
    ],
    ["picture", picture === undefined ? "none" : `${picture.file} (${picture.bytes.length} bytes)`],
    ["earns", payee === undefined ? "its owner" : payeeWords(payee.payee)],
    [
      "operators",
      operators.map(({ address, relayerUrl }) => `${address}${relayerUrl ? ` at ${relayerUrl}` : ""}`).join(", "),
    ],
  ]);
}

/** Prices in credits, those that are not asked left out. */
export function priceWords(terms: Terms): string {
  const named = [
    [terms.perInference, "an answer"],
    [terms.perUnit, "a unit"],
    [terms.monthly, "a month"],
    [terms.annual, "a year"],
    [terms.lifetime, "for good"],
  ] as const;
  const words = named.filter(([micro]) => micro > 0n).map(([micro, what]) => `${credits(micro)} ${what}`);
  return words.length === 0 ? "free" : words.join(", ");
}

function mindWords(mind: Record<string, unknown>): string {
  return `${new TextEncoder().encode(canonicalJson(mind)).length} bytes, encrypted by each operator`;
}

async function dryRun(
  context: Context,
  file: CharacterFile,
  operators: NamedOperator[],
  id: bigint | undefined,
): Promise<Published> {
  const metadataURI = file.visibility === "Private" ? null : await publicUri(file);
  const changes =
    id === undefined ? ["create"] : await differences(await context.reader(), file, operators, id, metadataURI);
  const nothing = { transactions: [], personaHash: null };
  return { characterId: id ?? null, changes, metadataURI, operators, isDryRun: true, ...nothing };
}

/** Where storing the card will put it: a file's address is the hash of its bytes. */
async function publicUri({ card, picture }: CharacterFile): Promise<string> {
  const image = picture && { image: `ipfs://${await cidOf(picture.bytes)}` };
  return `ipfs://${await cidOf(new TextEncoder().encode(toWire({ ...card, ...image })))}`;
}

async function create(context: Context, file: CharacterFile, operators: NamedOperator[]): Promise<Published> {
  const salt = toHex(randomBytes(32));
  const { metadataURI } = await handOver(context, file, operators, salt);
  const hash = file.persona === undefined ? null : personaHash(salt, file.persona);
  const stelai = await context.stelai();
  context.say("Publishing.");
  const { payee } = file;
  const sent = await stelai.characters.create({
    modality: file.modality,
    visibility: file.visibility,
    metadataURI,
    terms: file.terms,
    operators: operators.map(({ address }) => address),
    ...(hash === null ? {} : { personaHash: hash }),
    ...(payee === undefined ? {} : payee.shares.length > 0 ? { shares: payee.shares } : { payee: payee.payee }),
  });
  const { characterId } = await sent.wait();
  const changes = ["create"];
  return {
    characterId,
    changes,
    transactions: [sent.hash],
    metadataURI,
    personaHash: hash,
    operators,
    isDryRun: false,
  };
}

/** Gives every operator that has a URL what it needs to serve: persona or style, card and picture. */
async function handOver(
  context: Context,
  { card, picture, persona, visibility }: CharacterFile,
  operators: readonly NamedOperator[],
  salt: Hex,
): Promise<{ metadataURI: string }> {
  let metadataURI: string | undefined;
  for (const { relayerUrl, address } of operators) {
    if (relayerUrl === undefined) {
      context.say(`${address} is listed and gets nothing: give the URL of its relayer, or use \`character serve\`.`);
      continue;
    }
    const stelai = await signedInAt(context, relayerUrl);
    context.say(`Storing it with ${relayerUrl}.`);
    if (persona !== undefined) await stelai.relayer.uploadPersona({ persona, salt });
    const { uri } =
      visibility === "Private" ? await stelai.relayer.uploadCard({ card }) : await storeCard(stelai, card, picture);
    if (metadataURI !== undefined && uri !== metadataURI) {
      throw new CommandError(
        `The operators stored the card under different addresses (${metadataURI}, ${uri}). Nothing was sent.`,
      );
    }
    metadataURI = uri;
  }
  if (metadataURI === undefined) throw new CommandError("No operator stored the card. Nothing was sent.");
  return { metadataURI };
}

async function storeCard(stelai: Stelai, card: Card, picture: CharacterFile["picture"]): Promise<{ uri: string }> {
  if (picture === undefined) return stelai.relayer.uploadContent({ card });
  const image = await stelai.relayer.uploadContent({ image: new Blob([picture.bytes], { type: picture.type }) });
  return stelai.relayer.uploadContent({ card: { ...card, image: image.uri } });
}

/** Sends what differs from the chain, and nothing else. */
async function update(
  context: Context,
  file: CharacterFile,
  operators: NamedOperator[],
  characterId: bigint,
): Promise<Published> {
  const stelai = await context.stelai();
  const account = await context.signer();
  const now = await stelai.characters.getCharacter({ characterId });
  if (!isAddressEqual(now.owner, account.address)) {
    throw new CommandError(
      `Character ${characterId} belongs to ${now.owner}, not to ${account.address}. Nothing was sent.`,
    );
  }
  await differences(stelai, file, operators, characterId, null);
  const kept = file.persona && (await keptPersona(context, operators, characterId));
  const isSame = kept !== undefined && canonicalJson(kept.persona) === canonicalJson(file.persona);
  const salt = isSame ? kept.salt : toHex(randomBytes(32));
  const { metadataURI } = await handOver(context, file, operators, salt);
  const hash = file.persona === undefined ? zeroHash : personaHash(salt, file.persona);

  const transactions: Hex[] = [];
  const changes: string[] = [];
  const send = async (change: string, sending: Promise<{ hash: Hex; wait: () => Promise<unknown> }>) => {
    context.say(`Changing its ${change}.`);
    const { hash: transaction, wait } = await sending;
    await wait();
    transactions.push(transaction);
    changes.push(change);
  };
  const { characters } = stelai;
  if (hash !== now.personaHash) {
    await send("persona", characters.setPersona({ characterId, personaHash: hash }));
  }
  // Before the card: a private one must not name what everybody can read, nor the other way round, for longer than needed.
  if (metadataURI !== now.metadataURI) await send("card", characters.setMetadata({ characterId, metadataURI }));
  if (file.visibility !== now.visibility) {
    await send("visibility", characters.setVisibility({ characterId, visibility: file.visibility }));
  }
  if (!sameTerms(file.terms, now.terms)) await send("prices", characters.setTerms({ characterId, terms: file.terms }));
  const { add, remove } = await listChanges(stelai, file, operators, characterId);
  for (const operator of add)
    await send(`operators (+ ${operator})`, characters.setOperator({ characterId, operator, listed: true }));
  for (const operator of remove)
    await send(`operators (− ${operator})`, characters.setOperator({ characterId, operator, listed: false }));
  if (file.payee !== undefined && file.payee.payee !== now.payee) {
    const { payee, shares } = file.payee;
    if (shares.length > 0) await registerOnce(stelai, shares, transactions);
    await send("payee", characters.setPayee({ characterId, payee }));
  }
  return { characterId, changes, transactions, metadataURI, personaHash: hash, operators, isDryRun: false };
}

/** The persona as one of the operators keeps it; undefined when none of them has it. */
async function keptPersona(context: Context, operators: readonly NamedOperator[], characterId: bigint) {
  for (const { relayerUrl } of operators) {
    if (relayerUrl === undefined) continue;
    const stelai = await signedInAt(context, relayerUrl);
    try {
      return await stelai.relayer.getPersona({ characterId });
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "NotFoundError") throw error;
    }
  }
  return undefined;
}

async function registerOnce(stelai: Stelai, shares: Parameters<typeof splitOf>[0], transactions: Hex[]): Promise<void> {
  try {
    const { hash, wait } = await stelai.payouts.registerSplit({ shares });
    await wait();
    transactions.push(hash);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "SplitAlreadyRegisteredError") throw error;
  }
}

/** What a character on the chain has other than the file says. @throws UsageError when it cannot become that. */
async function differences(
  stelai: Stelai,
  file: CharacterFile,
  operators: readonly NamedOperator[],
  characterId: bigint,
  metadataURI: string | null,
): Promise<string[]> {
  const now = await stelai.characters.getCharacter({ characterId });
  if (now.modality !== file.modality) {
    throw new UsageError(
      `Character ${characterId} is of modality ${now.modality}, which stays; the file says ${file.modality}.`,
    );
  }
  const { add, remove } = await listChanges(stelai, file, operators, characterId);
  return [
    ...(file.persona === undefined
      ? now.personaHash === zeroHash
        ? []
        : ["persona (none)"]
      : ["persona (if it differs from what is kept)"]),
    ...(metadataURI === now.metadataURI ? [] : ["card"]),
    ...(file.visibility === now.visibility ? [] : ["visibility"]),
    ...(sameTerms(file.terms, now.terms) ? [] : ["prices"]),
    ...[
      ...add.map((operator) => `operators (+ ${operator})`),
      ...remove.map((operator) => `operators (− ${operator})`),
    ],
    ...(file.payee === undefined || file.payee.payee === now.payee ? [] : ["payee"]),
  ];
}

/** Which operators are to be listed, and which no longer; a file that names none leaves them as they are. */
async function listChanges(
  stelai: Stelai,
  file: CharacterFile,
  operators: readonly NamedOperator[],
  characterId: bigint,
) {
  if (file.operators === undefined) return { add: [], remove: [] };
  const listed = await stelai.characters.listOperators({ characterId });
  const wanted = operators.map(({ address }) => address);
  return {
    add: wanted.filter((one) => !listed.some((other) => isAddressEqual(one, other))),
    remove: listed.filter((one) => !wanted.some((other) => isAddressEqual(one, other))),
  };
}

function sameTerms(a: Terms, b: Terms): boolean {
  return (Object.keys(a) as (keyof Terms)[]).every((name) => a[name] === b[name]);
}
