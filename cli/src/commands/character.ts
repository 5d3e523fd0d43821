import type { GetUsageReturnType } from "@stelai/sdk";
import { credits } from "../amounts.ts";
import { payeeText } from "../books.ts";
import { priceWords, publish as publishFile, describe as words } from "../character/publish.ts";
import { serve as serveWith, stop as stopWith } from "../character/serve.ts";
import { type Context, positive, url } from "../context.ts";
import { payeeWords, readCharacterFile } from "../files/character.ts";
import { facts, table } from "../output.ts";

/** `stelai character publish`. */
export async function publish(
  context: Context,
  file: string,
  options: { id?: string; dryRun?: boolean },
): Promise<void> {
  const id = options.id === undefined ? undefined : positive("--id", options.id);
  const published = await publishFile(context, file, { id, isDryRun: options.dryRun === true });
  context.print(published, () => {
    const { characterId, changes, operators, transactions, isDryRun } = published;
    if (isDryRun) {
      const what =
        id === undefined
          ? "It would be published:"
          : `Character ${id} would change: ${changes.join(", ") || "nothing"}.`;
      const facts = words(readCharacterFile(file), operators);
      return `${what}\n\n${facts}\n\nNothing was sent. Without --dry-run it is.`;
    }
    if (id === undefined)
      return `Character ${characterId} is published.\n\n${sent(published.metadataURI, transactions)}`;
    if (changes.length === 0) return `Character ${characterId} is as the file says already. Nothing was sent.`;
    return `Character ${characterId} is as the file says: ${changes.join(", ")}.\n\n${sent(published.metadataURI, transactions)}`;
  });
}

function sent(uri: string | null, transactions: readonly string[]): string {
  return facts([["card", uri ?? ""], ...transactions.map((hash) => ["transaction", hash] as const)]);
}

/** `stelai character list`: what an account owns. */
export async function list(context: Context): Promise<void> {
  const account = await context.account();
  const stelai = await context.reader();
  const owned = await stelai.characters.listOwned({ account });
  const named = await Promise.all(owned.map(async (one) => ({ ...one, name: await nameOf(stelai, one.metadataURI) })));
  const data = named.map(({ payee, ...one }) => ({ ...one, payee: payeeText(payee) }));
  context.print({ account, characters: data }, () =>
    named.length === 0
      ? `${account} owns no character. Publish one: stelai character publish <file>`
      : table(
          ["number", "name", "modality", "visibility", "prices", "earns"],
          named.map((one) => [
            ...[String(one.characterId), one.name ?? "—", one.modality],
            ...[`${one.visibility}${one.suspended ? ", suspended" : ""}`, priceWords(one.terms), payeeWords(one.payee)],
          ]),
        ),
  );
}

type Reader = Awaited<ReturnType<Context["reader"]>>;

/** The name on a public card; null where it cannot be read. */
async function nameOf(stelai: Reader, metadataURI: string): Promise<string | null> {
  if (metadataURI.startsWith("stelai:card:")) return null;
  return stelai.characters.fetchCard({ metadataURI }).then(
    ({ name }) => name,
    () => null,
  );
}

/** `stelai character show`. */
export async function show(context: Context, number: string): Promise<void> {
  const characterId = positive("The character", number);
  const stelai = await context.reader();
  const character = await stelai.characters.getCharacter({ characterId });
  const [name, operators, accrued, harvestable, usage] = await Promise.all([
    nameOf(stelai, character.metadataURI),
    stelai.characters.listOperators({ characterId }),
    stelai.characters.getAccrued({ characterId }),
    stelai.access.getHarvestable({ characterId }),
    // The index is a convenience: without it, what the chain says stands alone.
    stelai.characters.getUsage({ characterId, signal: AbortSignal.timeout(3_000) }).catch(() => null),
  ]);
  const { payee, ...rest } = character;
  const held = { accruedMicro: accrued, harvestableMicro: harvestable, usage30Days: usage?.totals ?? null };
  context.print({ ...rest, payee: payeeText(payee), name, operators, ...held }, () =>
    facts([
      ["number", `${characterId} (model stelai-${characterId})`],
      ["name", name ?? "—"],
      ["owner", character.owner],
      ["modality", character.modality],
      ["visibility", `${character.visibility}${character.suspended ? ", suspended by a moderator" : ""}`],
      ["prices", `${priceWords(character.terms)} (version ${character.termsVersion})`],
      ["earns", payeeWords(payee)],
      ["operators", operators.join(", ") || "none: nobody serves it"],
      ["card", character.metadataURI],
      ["not collected", `${credits(accrued)} credits`],
      ["passes vested", `${credits(harvestable)} credits`],
      ["last 30 days", usageWords(usage)],
    ]),
  );
}

function usageWords(usage: GetUsageReturnType | null): string {
  if (usage === null) return "— (the index does not answer)";
  const { generations, paid, users } = usage.totals;
  return `${generations} answers, ${credits(paid)} credits, ${users} payers`;
}

/** `stelai character serve`. */
export async function serve(context: Context, number: string, options: { with: string }): Promise<void> {
  const served = await serveWith(context, positive("The character", number), url("--with", options.with));
  context.print(served, () => {
    const { characterId, operator, relayerUrl, given, wasListed, notes } = served;
    const listed = wasListed ? "was listed already" : "is listed now";
    const lines = [
      `${operator} ${listed} and has its ${given.join(", ")}: it serves stelai-${characterId} at ${relayerUrl}/v1.`,
    ];
    return [...lines, ...notes].join("\n");
  });
}

/** `stelai character stop`. */
export async function stop(context: Context, number: string, options: { with: string }): Promise<void> {
  const stopped = await stopWith(context, positive("The character", number), options.with);
  context.print(stopped, () =>
    stopped.wasListed
      ? `${stopped.operator} is not listed any more: it serves character ${stopped.characterId} no longer. What it served and sealed stays payable.`
      : `${stopped.operator} was not listed for character ${stopped.characterId}. Nothing was sent.`,
  );
}
