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

/**
 * The lines with one more receipt: what the SDK's `applyReceipt` makes of them. The ledger has computed the receipt's
 * hash already, which is most of that function's work; a test holds the two together.
 */
export function addReceipt(lines: readonly StoredLine[], receipt: Receipt): StoredLine[] {
  const { characterId, amount, fee, milliunits } = receipt;
  let next = [...lines];
  if (amount > 0n) next = addTo(next, characterId, amount, milliunits);
  if (fee > 0n) next = addTo(next, 0n, fee, milliunits);
  return next;
}

function addTo(lines: readonly StoredLine[], characterId: bigint, amount: bigint, milliunits: bigint): StoredLine[] {
  const id = characterId.toString();
  const found = lines.find((line) => line.characterId === id);
  const line: StoredLine = {
    characterId: id,
    amount: (BigInt(found?.amount ?? 0) + amount).toString(),
    inferences: (BigInt(found?.inferences ?? 0) + 1n).toString(),
    milliunits: (BigInt(found?.milliunits ?? 0) + milliunits).toString(),
  };
  const others = lines.filter((one) => one !== found);
  return [...others, line].sort((a, b) => (BigInt(a.characterId) < BigInt(b.characterId) ? -1 : 1));
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
