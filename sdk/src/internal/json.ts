/** Fields that travel as decimal strings (sdk/src/wire.ts) and are bigint here. */
const INTEGERS = new RegExp(
  "^([a-z]+Id|amount|inferences|milliunits|base|cumulative|sequence|termsVersion|fee|servedAt|maxCost|deadline|lifetime|" +
    "monthly|annual|per(Inference|Unit|Account)|feePerUnit|total|Chat|Image|Video|Voice|Music|(purchase|tab)Fee|" +
    "minimum(Cap|Price)|daily(Limit)?|spentToday|limit|exposureLimit|cap|spent|expiry|signed|reserved|at|next|available|" +
    "needed|left)$",
);

/**
 * Reads what the relayer sends without pulling in its schemas: an action must stay small. Only the fields named
 * above change, only where they hold a decimal string.
 */
export function parseWire<T>(text: string): T {
  return JSON.parse(text, (key, value) =>
    typeof value === "string" && INTEGERS.test(key) && /^(0|[1-9][0-9]{0,77})$/.test(value) ? BigInt(value) : value,
  ) as T;
}

/** The inverse: bigint as decimal strings. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? item.toString() : item));
}
