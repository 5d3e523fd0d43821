import { contractError } from "./contract.ts";

/** Thrown when anyone but its operator settles at a receiver. */
export class NotOperatorError extends contractError(
  "NotOperator",
  ({ caller }) => `${caller} is not the operator whose receiver this is.`,
  "Only the operator settles and distributes what is paid to its receiver.",
) {}

/** Thrown when the lines and the pass of a payment are not exactly what came in. */
export class UnbalancedError extends contractError(
  "Unbalanced",
  ({ value, spent }) => `The payment is of ${value} wei, and its lines and pass come to ${spent}.`,
  "Give all of it to lines and the pass's price of now, and nothing more.",
) {}

/** Thrown when an operator has its receiver already. */
export class AlreadyCreatedError extends contractError(
  "AlreadyCreated",
  ({ operator, receiver }) => `${operator} has its receiver already: ${receiver}.`,
  "Use that one: it is for good.",
) {}

/** Thrown when a receiver is to be made for the zero address. */
export class ZeroOperatorError extends contractError(
  "ZeroOperator",
  () => "The operator is the zero address.",
  "Name the operator.",
) {}
