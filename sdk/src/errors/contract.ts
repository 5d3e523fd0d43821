import { type MoneyMoved, StelaiError } from "./base.ts";

/** The named arguments of a custom error. */
export type ErrorArguments = Readonly<Record<string, unknown>>;

/** A contract refused: nothing moved but the gas of a transaction that was mined all the same. */
export class ContractError extends StelaiError {
  override readonly name: string = "ContractError";
  /** Name of the custom error in Solidity. */
  readonly contractError: string;
  readonly args: ErrorArguments;
  constructor(contractError: string, args: ErrorArguments, what: string, remedy: string, cause?: unknown) {
    super(what, remedy, { moneyMoved: "no" satisfies MoneyMoved, cause });
    this.contractError = contractError;
    this.args = args;
  }
}

/** A class for one custom error. */
export type ContractErrorClass = {
  new (args: ErrorArguments, cause?: unknown): ContractError;
  readonly contractError: string;
};

export function contractError(
  contractError: string,
  what: (args: ErrorArguments) => string,
  remedy: string,
): ContractErrorClass {
  return class extends ContractError {
    static readonly contractError = contractError;
    override readonly name = `${contractError}Error`;
    constructor(args: ErrorArguments, cause?: unknown) {
      super(contractError, args, what(args), remedy, cause);
    }
  };
}

/** Thrown when a contract reverted with a reason in words, a panic, or an error that is not Stelai's. */
export class ContractRevertedError extends StelaiError {
  override readonly name = "ContractRevertedError";
  readonly reason: string;
  constructor(reason: string, cause?: unknown) {
    super(`The contract refused: ${reason}.`, "Look again at balance, allowance and state, and repeat it.", { cause });
    this.reason = reason;
  }
}
