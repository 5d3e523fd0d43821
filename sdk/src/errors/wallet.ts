import { StelaiError } from "./base.ts";

/** Thrown when the person said no in the wallet. */
export class UserRejectedError extends StelaiError {
  override readonly name = "UserRejectedError";
  constructor(cause?: unknown) {
    super("It was declined in the wallet.", "Nothing was signed or sent; ask again when you want to.", { cause });
  }
}

/** Thrown when the wallet is on another chain. */
export class WrongChainError extends StelaiError {
  override readonly name = "WrongChainError";
  constructor(expected: number | undefined, found: number | undefined, cause?: unknown) {
    super(
      `The wallet is on ${found === undefined ? "another chain" : `chain ${found}`}${expected === undefined ? "" : `, this is on chain ${expected}`}.`,
      "Switch the wallet's network and repeat it.",
      { cause },
    );
  }
}

/** Thrown when the wallet cannot pay a transaction's gas. */
export class InsufficientEthError extends StelaiError {
  override readonly name = "InsufficientEthError";
  constructor(cause?: unknown) {
    super(
      "The wallet has too little ETH for the gas of this transaction.",
      "Use the sponsored way, which needs none, or add ETH.",
      { cause },
    );
  }
}

/** Thrown when the chain's node cannot be reached or takes too long. */
export class ChainUnreachableError extends StelaiError {
  override readonly name = "ChainUnreachableError";
  constructor(cause?: unknown) {
    super(
      "The chain's node cannot be reached.",
      "Check the connection; if something was sent, look for its hash first.",
      {
        moneyMoved: "unknown",
        cause,
      },
    );
  }
}

/** Thrown when a transaction was replaced, cannot be found, or is not mined in time. */
export class TransactionUnseenError extends StelaiError {
  override readonly name = "TransactionUnseenError";
  constructor(cause?: unknown) {
    super("The transaction was sent and is not in a block yet.", "Wait for its hash; do not send it again meanwhile.", {
      moneyMoved: "unknown",
      cause,
    });
  }
}

/** Thrown when what was under way was aborted by its own signal. */
export class AbortedError extends StelaiError {
  override readonly name = "AbortedError";
  constructor(cause?: unknown) {
    super(
      "It was stopped before its end.",
      "What was delivered until then is charged; the receipt is fetched with the next request.",
      { moneyMoved: "unknown", cause },
    );
  }
}

/** Thrown when something failed that has no name here; the cause is attached. */
export class UnexpectedError extends StelaiError {
  override readonly name = "UnexpectedError";
  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    super(`Something unexpected failed: ${reason}.`, "Look at the cause, then at your balance, before you repeat it.", {
      moneyMoved: "unknown",
      cause,
    });
  }
}
