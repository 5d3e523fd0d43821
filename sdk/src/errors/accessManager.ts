import { contractError } from "./contract.ts";

/** Thrown when the same call is announced already. */
export class AccessManagerAlreadyScheduledError extends contractError(
  "AccessManagerAlreadyScheduled",
  ({ operationId }) => `This change is announced already, as ${operationId}.`,
  "Wait until it can be made, or cancel it first.",
) {}

/** Thrown when a call was not announced, was made, or was cancelled. */
export class AccessManagerNotScheduledError extends contractError(
  "AccessManagerNotScheduled",
  ({ operationId }) => `The change ${operationId} is not announced by this account, or was made or cancelled.`,
  "Announce it: roles.propose.",
) {}

/** Thrown when an announced call's delay is not over. */
export class AccessManagerNotReadyError extends contractError(
  "AccessManagerNotReady",
  ({ operationId }) => `The delay of the announced change ${operationId} is not over.`,
  "Make it when it is.",
) {}

/** Thrown when an announced call was not made within a week. */
export class AccessManagerExpiredError extends contractError(
  "AccessManagerExpired",
  ({ operationId }) => `The announced change ${operationId} was not made in time.`,
  "Announce it again: roles.propose.",
) {}

/** Thrown when the caller lacks a role of the AccessManager's own. */
export class AccessManagerUnauthorizedAccountError extends contractError(
  "AccessManagerUnauthorizedAccount",
  ({ msgsender, roleId }) => `${msgsender} does not hold role ${roleId}.`,
  "Use an account that does.",
) {}

/** Thrown when the caller may not announce or make a call, or not yet. */
export class AccessManagerUnauthorizedCallError extends contractError(
  "AccessManagerUnauthorizedCall",
  ({ caller, target, selector }) => `${caller} may not call ${selector} of ${target}.`,
  "Use an account that holds the role for it.",
) {}

/** Thrown when a contract would use up an announcement that is not for it. */
export class AccessManagerUnauthorizedConsumeError extends contractError(
  "AccessManagerUnauthorizedConsume",
  ({ target }) => `${target} cannot make this change by itself.`,
  "Make it through the contract that it was announced for.",
) {}

/** Thrown when the caller may not cancel somebody else's announcement. */
export class AccessManagerUnauthorizedCancelError extends contractError(
  "AccessManagerUnauthorizedCancel",
  ({ msgsender, caller }) => `${msgsender} may not cancel what ${caller} announced.`,
  "Use the account that announced it, an admin or a guardian of its role.",
) {}
