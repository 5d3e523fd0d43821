import { and, asc, eq, gt, ne, or } from "drizzle-orm";
import type { Address } from "viem";
import type { SealedRecords } from "../people/rotation.ts";
import type { Vault } from "../people/vault.ts";
import { type Database, tables } from "../store/index.ts";
import { contextOf } from "./deposits.ts";
import type { DepositRow } from "./types.ts";

const { deposits: table } = tables;

/** The keys of deposited files, as records to be sealed anew. */
export function sealedDeposits(db: Database, operator: Address, vault: Vault): SealedRecords<DepositRow> {
  return {
    name: "deposits",
    outdated: (after, limit) =>
      db
        .select()
        .from(table)
        .where(
          and(
            ...[eq(table.operator, operator), ne(table.keyId, vault.currentKeyId)],
            after &&
              or(
                gt(table.contentHash, after.contentHash),
                and(eq(table.contentHash, after.contentHash), gt(table.depositor, after.depositor)),
              ),
          ),
        )
        .orderBy(asc(table.contentHash), asc(table.depositor))
        .limit(limit),
    reseal: async (row) => {
      const isSame = and(
        ...[eq(table.operator, operator), eq(table.contentHash, row.contentHash), eq(table.depositor, row.depositor)],
        eq(table.nonce, row.nonce),
      );
      await db
        .update(table)
        .set(vault.reseal(row, contextOf(row)))
        .where(isSame);
    },
  };
}
