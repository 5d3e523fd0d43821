import type { StelaiClient } from "../../client.ts";
import type { Statement } from "../../wire.ts";
import { type Audit, auditBill } from "./auditBill.ts";
import { getFullStatement } from "./getFullStatement.ts";
import type { GetStatementParameters } from "./getStatement.ts";
import { readBill } from "./readBill.ts";

export type AuditTabParameters = Pick<GetStatementParameters, "operator" | "tabId" | "sessionKey"> & {
  /** A statement at hand, from an export perhaps; fetched from the relayer when absent. */
  statement?: Pick<Statement, "entries" | "seals"> | undefined;
  /** Told how many receipts are checked so far, of how many. */
  onProgress?: ((checked: number, of: number) => void) | undefined;
};

export type AuditTabReturnType = Audit & { statement: Pick<Statement, "entries" | "seals"> };

/**
 * Checks a tab's whole bill against the chain in one call: fetches the statement and everything on the chain that
 * it is held against. A mismatch is part of the result, never an exception.
 * @throws only when statement or chain cannot be read: InvalidSessionError, NotSignedInError, ChainUnreachableError.
 *
 * @example
 * ```ts
 * const audit = await stelai.statement.auditTab({ operator, tabId, sessionKey: session.account });
 * audit.ok || audit.findings.forEach(({ message }) => console.log(message));
 * ```
 */
export async function auditTab(client: StelaiClient, parameters: AuditTabParameters): Promise<AuditTabReturnType> {
  const { onProgress, ...tab } = parameters;
  const statement = parameters.statement ?? (await getFullStatement(client, tab));
  const receipts = statement.entries.flatMap(({ receipt }) => (receipt ? [receipt.receipt] : []));
  const chain = await readBill(client, { ...tab, terms: receipts });
  return { ...(await auditBill({ statement, chain, onProgress })), statement };
}
