/** Whether credits or reserve changed hands when the error came. A transaction's gas is not meant. */
export type MoneyMoved = "no" | "yes" | "unknown";

const WORDS: Record<MoneyMoved, string> = {
  no: "No money moved.",
  yes: "Money moved.",
  unknown: "Whether money moved is not known yet.",
};

/**
 * Base of everything the SDK throws. The message says what happened, whether money moved and what to do; the
 * same three are there one by one for an interface.
 */
export class StelaiError extends Error {
  override readonly name: string = "StelaiError";
  /** What happened, one sentence. */
  declare readonly what: string;
  declare readonly moneyMoved: MoneyMoved;
  /** What to do about it. */
  declare readonly remedy: string;

  constructor(what: string, remedy: string, options: { moneyMoved?: MoneyMoved; cause?: unknown } = {}) {
    const moneyMoved = options.moneyMoved ?? "no";
    super(`${what} ${WORDS[moneyMoved]} ${remedy}`, "cause" in options ? { cause: options.cause } : undefined);
    this.what = what;
    this.remedy = remedy;
    this.moneyMoved = moneyMoved;
  }
}
