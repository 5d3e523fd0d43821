import { db } from "ponder:api";
import schema from "ponder:schema";
import { and, eq, inArray } from "ponder";
import { type Proof, proofIn } from "../proof.ts";
import { textsOf } from "../texts/index.ts";
import { isNamedOperator } from "./offers.ts";

const { operatorListing } = schema;

/**
 * Which of these works are proved: their metadata has the very receipt that the contract took as proof, and its operator
 * is one of those that this index trusts (`OPERATORS`), or, where it names none, one that the character's owner lists.
 * The contract alone cannot tell: anyone can be an operator and sign receipts for what was never generated.
 */
export async function provedAmong(works: readonly (typeof schema.work.$inferSelect)[]): Promise<Set<bigint>> {
  const proved = new Set<bigint>();
  const listable: Proof[] = [];
  for (const work of works) {
    const proof = proofIn(work, textsOf(work).metadata);
    if (!proof) continue;
    const isNamed = isNamedOperator(proof.operator);
    if (isNamed) proved.add(work.id);
    if (isNamed === null) listable.push(proof);
  }
  if (listable.length === 0) return proved;
  const { characterId, operator, listed } = operatorListing;
  const ids = [...new Set(listable.map((proof) => proof.characterId))];
  const rows = await db
    .select({ characterId, operator })
    .from(operatorListing)
    .where(and(inArray(characterId, ids), eq(listed, true)));
  const isListed = new Set(rows.map((row) => `${row.characterId} ${row.operator}`));
  for (const proof of listable) {
    if (isListed.has(`${proof.characterId} ${proof.operator}`)) proved.add(proof.workId);
  }
  return proved;
}
