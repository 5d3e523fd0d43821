import type { StelaiClient } from "../../client.ts";
import { toJson } from "../../internal/json.ts";
import { everyPage } from "../../internal/pages.ts";
import type { Statement } from "../../wire.ts";
import { type GetStatementParameters, getStatement } from "./getStatement.ts";

export type GetFullStatementParameters = Omit<GetStatementParameters, "limit"> & {
  /** Told after each page how many entries are here. */
  onProgress?: ((entries: number) => void) | undefined;
};

export type GetFullStatementReturnType = Pick<Statement, "entries" | "seals">;

/**
 * A tab's whole statement, all pages of it; every entry and seal once.
 * @throws InvalidSessionError, NotSignedInError, TabNotFoundError; RelayerProtocolError when it has no end.
 *
 * @example
 * ```ts
 * const statement = await stelai.statement.getFullStatement({ operator, tabId, sessionKey: key });
 * ```
 */
export async function getFullStatement(
  client: StelaiClient,
  { onProgress, ...parameters }: GetFullStatementParameters,
): Promise<GetFullStatementReturnType> {
  const entries = new Map<string, Statement["entries"][number]>();
  const seals = new Map<string, Statement["seals"][number]>();
  await everyPage(parameters.after, async (after) => {
    const page = await getStatement(client, { ...parameters, after });
    for (const entry of page.entries) {
      entries.set(`${entry.requestId}:${entry.receipt?.receipt.sequence ?? entry.error?.code}`, entry);
    }
    // A second seal for one base must not be, so it is kept for the audit to see.
    for (const seal of page.seals) seals.set(toJson(seal.voucher), seal);
    onProgress?.(entries.size);
    return page.next;
  });
  return { entries: [...entries.values()], seals: [...seals.values()] };
}
