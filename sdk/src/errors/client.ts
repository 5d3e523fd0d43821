import type { Address, Hash } from "viem";
import type { Modality } from "../pricing.ts";
import { StelaiError } from "./base.ts";

/** Thrown when an action needs a wallet and the client has none. */
export class WalletRequiredError extends StelaiError {
  override readonly name = "WalletRequiredError";
  constructor() {
    super("This needs a connected wallet.", "Connect one and try again.");
  }
}

/** Thrown when an action needs the relayer and the client has no `relayerUrl`. */
export class RelayerUrlMissingError extends StelaiError {
  override readonly name = "RelayerUrlMissingError";
  constructor() {
    super("This needs an operator's relayer.", "Pass relayerUrl to createStelai.");
  }
}

/** Thrown when an action needs the index and the client has no `indexerUrl`. */
export class IndexerUrlMissingError extends StelaiError {
  override readonly name = "IndexerUrlMissingError";
  constructor() {
    super("This needs the index, and the client has no address of one.", "Pass indexerUrl to createStelai.");
  }
}

/** Thrown when the index answers with an error or not at all. */
export class IndexerError extends StelaiError {
  override readonly name = "IndexerError";
  constructor(reason: string, cause?: unknown) {
    super(`The index did not answer as expected: ${reason}.`, "Read from the chain instead, or try again.", { cause });
  }
}

/** Thrown when a relayer does not sponsor what was asked for. */
export class NotSponsoredError extends StelaiError {
  override readonly name = "NotSponsoredError";
  constructor(why: string) {
    super(`The operator does not sponsor this: ${why}.`, "Send it from your own wallet.");
  }
}

/** Thrown when a relayer says that it runs on other contracts or another chain than the client. */
export class WrongDeploymentError extends StelaiError {
  override readonly name = "WrongDeploymentError";
  constructor(field: string, expected: unknown, found: unknown) {
    super(
      `The relayer has another ${field} (${String(found)}) than this client (${String(expected)}).`,
      "Check relayerUrl and deployment.",
    );
  }
}

/** Thrown when a character's owner does not list the operator that would be paid for it. */
export class OperatorNotServingError extends StelaiError {
  override readonly name = "OperatorNotServingError";
  readonly operator: Address;
  constructor(characterId: bigint, operator: Address) {
    super(
      `The owner of character ${characterId} does not list the operator ${operator}.`,
      "Ask one that it lists: characters.listOperators names them.",
    );
    this.operator = operator;
  }
}

/** Thrown when a transaction was mined and failed. Only gas is gone. */
export class TransactionRevertedError extends StelaiError {
  override readonly name = "TransactionRevertedError";
  readonly hash: Hash;
  constructor(hash: Hash) {
    super(`Transaction ${hash} failed; only gas is gone.`, "Look at price and balance again, then repeat it.");
    this.hash = hash;
  }
}

/** Thrown when a transaction succeeded without the event that it must have. */
export class EventMissingError extends StelaiError {
  override readonly name = "EventMissingError";
  constructor(event: string, hash: Hash) {
    super(`Transaction ${hash} succeeded without the event ${event}.`, "Check the deployment's addresses.", {
      moneyMoved: "unknown",
    });
  }
}

/** Thrown when a text is no invite. */
export class InvalidInviteLinkError extends StelaiError {
  override readonly name = "InvalidInviteLinkError";
  constructor(why: string) {
    super(`This invite link cannot be read: ${why}.`, "Ask whoever sent it for the whole link.");
  }
}

/** Thrown when a character is asked for what it does not make. */
export class NotAToolError extends StelaiError {
  override readonly name = "NotAToolError";
  constructor(characterId: bigint, wanted: Modality, modality: Modality) {
    super(`Character ${characterId} is for ${modality}, not ${wanted}.`, "Ask another: characters.listModels.");
  }
}

/** Thrown when a file is not the one that was made: its hash is another one. */
export class FileDiffersError extends StelaiError {
  override readonly name = "FileDiffersError";
  readonly expected: Hash;
  readonly found: Hash;
  constructor(generation: string, expected: Hash, found: Hash) {
    super(
      `The file of generation ${generation} hashes to ${found}, not to ${expected} as its receipt says.`,
      "Do not use it. Fetch it again; if it stays so, keep the record as proof and report the operator.",
    );
    this.expected = expected;
    this.found = found;
  }
}
