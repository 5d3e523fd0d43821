import { and, asc, eq, gt, or, sql } from "drizzle-orm";
import type { Address } from "viem";
import type { SealedRecords } from "../people/rotation.ts";
import { type Database, tables } from "../store/index.ts";
import type { Secrets } from "./secrets.ts";
import type { GenerationRow } from "./types.ts";

const { generations: table } = tables;

type Row = Pick<GenerationRow, "id" | "prompt" | "fileKey">;

/** Prompts of generations and the keys of their files, as records to be sealed anew. */
export function sealedGenerations(db: Database, operator: Address, secrets: Secrets): SealedRecords<Row> {
  const current = secrets.currentPrefix;
  const isOutdated = (column: typeof table.prompt | typeof table.fileKey) =>
    sql`substring(${column} from 1 for ${current.length}) <> ${Buffer.from(current)}::bytea`;
  return {
    name: "generations",
    outdated: (after, limit) =>
      db
        .select({ id: table.id, prompt: table.prompt, fileKey: table.fileKey })
        .from(table)
        .where(
          and(
            eq(table.operator, operator),
            or(isOutdated(table.prompt), isOutdated(table.fileKey)),
            after && gt(table.id, after.id),
          ),
        )
        .orderBy(asc(table.id))
        .limit(limit),
    reseal: async ({ id, prompt, fileKey }) => {
      await db
        .update(table)
        .set({ prompt: secrets.reseal(id, "prompt", prompt) })
        .where(and(eq(table.id, id), eq(table.prompt, prompt)));
      if (fileKey === null) return;
      await db
        .update(table)
        .set({ fileKey: secrets.reseal(id, "key", fileKey) })
        .where(and(eq(table.id, id), eq(table.fileKey, fileKey)));
    },
  };
}
