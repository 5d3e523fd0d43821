import { type AgreedTerms, quoteChat } from "@stelai/sdk";

/** The longest answer that `available` microcredits pay for after these messages, in tokens; undefined when none. */
export function tokensWithin(
  available: bigint,
  { terms, feePerUnit }: AgreedTerms,
  before: { role: "user" | "assistant"; content: string }[],
  text: string,
): number | undefined {
  const messages = [...before, { role: "user" as const, content: text }];
  const cost = (maxTokens: number) => quoteChat({ terms, feePerUnit, messages, maxTokens }).total;
  let [low, high] = [0, 1_000];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (cost(middle) <= available) low = middle;
    else high = middle - 1;
  }
  return low >= 20 ? low : undefined;
}
