import { contractError } from "./contract.ts";

/** Thrown when the package is not in the current table. */
export class PackageNotForSaleError extends contractError(
  "PackageNotForSale",
  ({ packageId }) => `Package ${packageId} is not sold any more.`,
  "Load the price table again and choose from it.",
) {}

/** Thrown when the quantity is zero. */
export class ZeroQuantityError extends contractError(
  "ZeroQuantity",
  () => "The quantity is zero.",
  "Buy at least one.",
) {}

/** Thrown when the recipient is the zero address. */
export class ZeroRecipientError extends contractError(
  "ZeroRecipient",
  () => "The recipient is the zero address.",
  "Name who receives it.",
) {}

/**
 * Thrown when the price rose above what the buyer agreed to: of a package both in reserve units, of a pass both in
 * microcredits. The contracts' error is one, so its data cannot say which.
 */
export class PriceAboveMaximumError extends contractError(
  "PriceAboveMaximum",
  ({ price, maxPrice }) => `The price is ${price} now, above the ${maxPrice} that were agreed to.`,
  "Show the new price and ask again.",
) {}

/** Thrown when an EIP-3009 authorization does not cover amount and fee. */
export class AuthorizationTooSmallError extends contractError(
  "AuthorizationTooSmall",
  ({ value, needed }) => `The authorization is for ${value}, and exactly or at least ${needed} is needed.`,
  "Sign again for price or cap and fee together.",
) {}

/** Thrown when the reserve asset kept a fee. */
export class ReserveShortfallError extends contractError(
  "ReserveShortfall",
  ({ received, needed }) => `Only ${received} of ${needed} reserve units arrived.`,
  "The token takes a fee on transfer: it cannot be used here.",
) {}

/** Thrown when a new price table breaks solvency. */
export class PackageBelowFloorError extends contractError(
  "PackageBelowFloor",
  ({ index }) => `Package ${index} of the new table is empty or below the floor.`,
  "Price it at the floor or above.",
) {}

/** Thrown when a new price table is empty or too long. */
export class InvalidPackageCountError extends contractError(
  "InvalidPackageCount",
  ({ count }) => `A price table has 1 to 32 packages, not ${count}.`,
  "Give between 1 and 32.",
) {}

/** Thrown when redeeming would pay less than accepted; both in reserve units. */
export class RedemptionBelowMinimumError extends contractError(
  "RedemptionBelowMinimum",
  ({ paid, minimum }) => `Redeeming pays ${paid} reserve units now, less than the ${minimum} that were asked for.`,
  "Accept what it pays now, or wait.",
) {}

/** Thrown when an amount is zero. */
export class ZeroAmountError extends contractError(
  "ZeroAmount",
  () => "The amount is zero.",
  "Give an amount above zero.",
) {}

/** Thrown when a constructor is given a zero. */
export class InvalidConfigurationError extends contractError(
  "InvalidConfiguration",
  () => "A contract was deployed with a zero address or floor.",
  "Check the deployment's parameters.",
) {}

/** Thrown when anyone but the credit store mints, burns or records a purchase. */
export class NotCreditStoreError extends contractError(
  "NotCreditStore",
  ({ caller }) => `${caller} is not the credit store, which alone may do this.`,
  "Buy or redeem at the credit store.",
) {}
