import { QUALITIES, type StatementEntry } from "@stelai/sdk";

const COLUMNS = [
  "time",
  "receipt",
  "character",
  "character_name",
  "amount_microcredits",
  "fee_microcredits",
  "total_microcredits",
  "milliunits",
  "quality",
  "terms_version",
  "state",
  "reason",
  "request_id",
  "request",
  "response",
  "operator_signature",
] as const;

/** A cell as RFC 4180 writes it. A name that a spreadsheet would take for a formula is led by an apostrophe. */
function cell(value: string | bigint | number): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as a table for a spreadsheet (RFC 4180), under the names of its columns. */
export function csv<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string | bigint | number>>[],
): string {
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(","));
  return [columns.join(","), ...lines, ""].join("\r\n");
}

/**
 * The statement as a table for a spreadsheet (RFC 4180), oldest first; times in UTC, amounts in whole microcredits.
 * The column names are part of the format and stay in English.
 */
export function toCsv(entries: readonly StatementEntry[], nameOf: (characterId: bigint) => string): string {
  const rows = entries.map(({ at, characterId, receipt: signed, error, requestId }) => {
    const receipt = signed?.receipt;
    const row: Record<(typeof COLUMNS)[number], string | bigint | number> = {
      time: new Date(Number(at) * 1000).toISOString(),
      receipt: receipt?.sequence ?? "",
      character: characterId,
      character_name: nameOf(characterId),
      amount_microcredits: receipt?.amount ?? 0n,
      fee_microcredits: receipt?.fee ?? 0n,
      total_microcredits: receipt ? receipt.amount + receipt.fee : 0n,
      milliunits: receipt?.milliunits ?? "",
      quality: receipt ? (QUALITIES[receipt.quality] ?? receipt.quality) : "",
      terms_version: receipt?.termsVersion ?? "",
      state: receipt ? "charged" : "not charged",
      reason: error ? `${error.code}: ${error.message}` : "",
      request_id: requestId,
      request: receipt?.request ?? "",
      response: receipt?.response ?? "",
      operator_signature: signed?.signature ?? "",
    };
    return row;
  });
  return csv(COLUMNS, rows);
}
