import { type Context, type Event, type EventNames, ponder } from "ponder:registry";
import schema from "ponder:schema";
import { zeroAddress } from "viem";
import { cleanText, named, payeeHex, whereOf } from "./chain.ts";
import { addToAccount, addToProtocol } from "./totals.ts";

type CharacterRow = typeof schema.character.$inferSelect;
type CharacterEvent = Event<Extract<EventNames, `Characters:${string}`> & `${string}:${string}`>;
type Change = Pick<typeof schema.characterEvent.$inferInsert, "kind" | "value" | "enabled">;
/** As viem decodes `ICharacters.Terms`: integers up to 48 bits are numbers. */
type EventTerms = { lifetime: number; monthly: number; annual: number; perInference: number; perUnit: number };

ponder.on("Characters:CharacterCreated", async ({ event, context }) => {
  const { characterId, creator, personaHash } = event.args;
  const { timestamp } = event.block;
  await context.db.insert(schema.character).values({
    id: characterId,
    owner: creator,
    ownerSince: timestamp,
    creator,
    modality: named(schema.modality.enumValues, event.args.modality),
    visibility: named(schema.visibility.enumValues, event.args.visibility),
    suspended: false,
    termsVersion: 1n,
    ...termsOf(event.args.terms),
    payee: payeeHex(event.args.payee),
    payeeSince: timestamp,
    personaHash,
    metadataURI: cleanText(event.args.metadataURI),
    createdAt: timestamp,
    createdBlock: event.block.number,
    createdTransaction: event.transaction.hash,
    updatedAt: timestamp,
    inferences: 0n,
    milliunits: 0n,
    earned: 0n,
    collected: 0n,
    passesSold: 0n,
    passesRefunded: 0n,
    passesHarvested: 0n,
    payers: 0,
    listGeneration: 0n,
    inviteGeneration: 0n,
    reviews: 0,
    stars: 0,
  });
  await context.db
    .insert(schema.termsVersion)
    .values({ characterId, version: 1n, ...termsOf(event.args.terms), ...whereOf(event) });
  const { characters } = await addToAccount(context, creator, { characters: 1 });
  await addToProtocol(context, event, { characters: 1, creators: characters === 1 ? 1 : 0 });
  await log(context, event, { kind: "Created", value: creator });
});

ponder.on("Characters:TermsChanged", async ({ event, context }) => {
  const { characterId } = event.args;
  const version = BigInt(event.args.version);
  const terms = termsOf(event.args.terms);
  await context.db.insert(schema.termsVersion).values({ characterId, version, ...terms, ...whereOf(event) });
  await change(context, event, { ...terms, termsVersion: version }, { kind: "Terms", value: String(version) });
});

ponder.on("Characters:MetadataChanged", async ({ event, context }) => {
  const metadataURI = cleanText(event.args.metadataURI);
  await change(context, event, { metadataURI }, { kind: "Metadata", value: metadataURI });
});

ponder.on("Characters:PersonaChanged", async ({ event, context }) => {
  const { personaHash } = event.args;
  await change(context, event, { personaHash }, { kind: "Persona", value: personaHash });
});

ponder.on("Characters:PayeeChanged", async ({ event, context }) => {
  const payee = payeeHex(event.args.payee);
  await leave(context, event, event.args.characterId, (row) => ({ holder: row.payee, since: row.payeeSince }));
  const set = { payee, payeeSince: event.block.timestamp };
  await change(context, event, set, { kind: "Payee", value: payee });
});

ponder.on("Characters:VisibilityChanged", async ({ event, context }) => {
  const visibility = named(schema.visibility.enumValues, event.args.visibility);
  await change(context, event, { visibility }, { kind: "Visibility", value: visibility });
});

ponder.on("Characters:SuspensionChanged", async ({ event, context }) => {
  const { suspended } = event.args;
  const reason = cleanText(event.args.reason);
  const set = { suspended, suspensionReason: reason };
  await change(context, event, set, { kind: "Suspension", value: reason, enabled: suspended });
});

ponder.on("Characters:OperatorListed", async ({ event, context }) => {
  const { characterId, operator, listed } = event.args;
  const since = event.block.timestamp;
  await context.db
    .insert(schema.operatorListing)
    .values({ characterId, operator, listed, since })
    .onConflictDoUpdate((row) => (row.listed === listed ? {} : { listed, since }));
  await change(context, event, {}, { kind: "Operator", value: operator, enabled: listed });
});

ponder.on("Characters:Transfer", async ({ event, context }) => {
  const { from, to, tokenId } = event.args;
  // Minting is told by CharacterCreated, which comes after it.
  if (from === zeroAddress) return;
  await leave(context, event, tokenId, (row) => ({ holder: row.owner, since: row.ownerSince }));
  const { timestamp } = event.block;
  await context.db
    .update(schema.character, { id: tokenId })
    .set({ owner: to, ownerSince: timestamp, updatedAt: timestamp });
  await context.db
    .insert(schema.characterEvent)
    .values({ id: event.id, characterId: tokenId, kind: "Transfer", value: to, ...whereOf(event) });
});

/** Keeps who held a character until now. */
async function leave(
  { db }: Context,
  { id, block }: Pick<CharacterEvent, "id" | "block">,
  characterId: bigint,
  heldBy: (row: CharacterRow) => Pick<typeof schema.formerHolder.$inferInsert, "holder" | "since">,
): Promise<void> {
  const row = await db.find(schema.character, { id: characterId });
  if (row === null) return;
  await db.insert(schema.formerHolder).values({ id, characterId, ...heldBy(row), until: block.timestamp });
}

/** An event about one character. */
export type Told = Pick<CharacterEvent, "id" | "block" | "transaction"> & { args: { characterId: bigint } };

/** Changes a character and keeps what changed. */
export async function change(context: Context, event: Told, set: Partial<CharacterRow>, what: Change): Promise<void> {
  await context.db
    .update(schema.character, { id: event.args.characterId })
    .set({ ...set, updatedAt: event.block.timestamp });
  await log(context, event, what);
}

/** Keeps what changed about a character. */
export async function log(context: Context, event: Told, what: Change): Promise<void> {
  await context.db
    .insert(schema.characterEvent)
    .values({ id: event.id, characterId: event.args.characterId, ...what, ...whereOf(event) });
}

function termsOf(terms: EventTerms) {
  return {
    lifetime: BigInt(terms.lifetime),
    monthly: BigInt(terms.monthly),
    annual: BigInt(terms.annual),
    perInference: BigInt(terms.perInference),
    perUnit: BigInt(terms.perUnit),
  };
}
