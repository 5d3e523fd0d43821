import type { Hash } from "viem";
import type { CodeProblem } from "../actions/rewards/getCode.ts";
import { StelaiError } from "./base.ts";

/** Thrown when a code cannot be redeemed; `problem` says why. What the chain refuses, it refuses by its own errors. */
export class CodeRefusedError extends StelaiError {
  override readonly name = "CodeRefusedError";
  readonly problem: CodeProblem;
  constructor(problem: CodeProblem) {
    const isUnknown = problem === "Unknown";
    super(
      isUnknown ? "No promotion has this code." : `This code cannot be redeemed now (${problem}).`,
      isUnknown ? "Check it letter by letter." : "Ask rewards.getCode what it is good for.",
    );
    this.problem = problem;
  }
}

/** Thrown when an operator's grant is for another deed or account, or not signed by the campaign's signer. */
export class GrantDiffersError extends StelaiError {
  override readonly name = "GrantDiffersError";
  readonly deed: Hash;
  constructor(deed: Hash) {
    super(
      "What the operator signed is not a grant of this campaign for this deed and account.",
      "Ask it again, or another operator.",
    );
    this.deed = deed;
  }
}

/** Thrown when no package comes to the amount that each top-up shall buy. */
export class NotSoldInThisAmountError extends StelaiError {
  override readonly name = "NotSoldInThisAmountError";
  /** In wei of STELAI. */
  readonly credits: bigint;
  constructor(credits: bigint) {
    super(`Credits are not sold in amounts of ${credits} wei.`, "Choose an amount that a package comes to.");
    this.credits = credits;
  }
}

/** Thrown where credits cannot be paid in ETH: there is no market to swap it in. */
export class NoEthCheckoutError extends StelaiError {
  override readonly name = "NoEthCheckoutError";
  constructor() {
    super("Credits cannot be paid in ETH on this chain.", "Pay in USDC.");
  }
}
