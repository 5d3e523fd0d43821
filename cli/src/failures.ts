import { decodeError, RelayerUnreachableError } from "@stelai/sdk";

/** How a command ended, as its exit code says it. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2 } as const;

/** Thrown for what is wrong with the words or files that a command was given: nothing was sent. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Thrown when a command cannot do what it was asked to. The message says what happened and what to do. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** What a failure comes to: the words for a person, the fields for a script, the exit code. */
export type Failure = {
  code: number;
  words: string;
  json: { error: { name: string; message: string; moneyMoved?: string; remedy?: string } };
};

/** Puts anything that was thrown into words. What the SDK threw says whether money moved and what to do. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof UsageError || thrown instanceof CommandError) {
    const { name, message } = thrown;
    const code = thrown instanceof UsageError ? EXIT.wrongUse : EXIT.failed;
    return { code, words: message, json: { error: { name, message, moneyMoved: "no" } } };
  }
  const error = decodeError(thrown);
  if (error instanceof RelayerUnreachableError) {
    // Nothing that a command asks of a relayer is charged: what the SDK must leave open is known here.
    const remedy = "Start it, or name another one with --relayer.";
    const message = `${error.what} No money moved. ${remedy}`;
    return {
      code: EXIT.failed,
      words: message,
      json: { error: { name: error.name, message, moneyMoved: "no", remedy } },
    };
  }
  const { name, message, moneyMoved, remedy } = error;
  const told = remedy === "" ? {} : { remedy };
  return { code: EXIT.failed, words: message, json: { error: { name, message, moneyMoved, ...told } } };
}
