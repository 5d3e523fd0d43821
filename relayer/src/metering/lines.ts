import type { Line, Receipt } from "@stelai/sdk";
import type { StoredLine } from "../store/schema/metering.ts";

/** Lines as JSON keeps them. */
export function storeLines(lines: readonly Line[]): StoredLine[] {
  return lines.map((line) => ({
    characterId: line.characterId.toString(),
    amount: line.amount.toString(),
    inferences: line.inferences.toString(),
    milliunits: line.milliunits.toString(),
  }));
}

/** Lines out of JSON. */
export function loadLines(lines: readonly StoredLine[]): Line[] {
  return lines.map((line) => ({
    characterId: BigInt(line.characterId),
    amount: BigInt(line.amount),
    inferences: BigInt(line.inferences),
    milliunits: BigInt(line.milliunits),
  }));
}

/** A receipt's fields out of a row that has more. */
export function receiptOf(row: Receipt): Receipt {
  const { operator, tabId, sequence, request, response, characterId, termsVersion } = row;
  const { milliunits, quality, amount, fee, servedAt, previous } = row;
  return {
    ...{ operator, tabId, sequence, request, response, characterId, termsVersion },
    ...{ milliunits, quality, amount, fee, servedAt, previous },
  };
}
