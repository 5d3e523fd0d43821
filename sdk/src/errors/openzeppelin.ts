import { contractError } from "./contract.ts";

/** Thrown when a balance is too small. */
export class ERC20InsufficientBalanceError extends contractError(
  "ERC20InsufficientBalance",
  ({ sender, balance, needed }) => `${sender} holds ${balance} of the token's smallest unit, ${needed} are needed.`,
  "Add funds, or choose a smaller amount.",
) {}

/** Thrown when an allowance is too small. */
export class ERC20InsufficientAllowanceError extends contractError(
  "ERC20InsufficientAllowance",
  ({ spender, allowance, needed }) =>
    `${spender} may take ${allowance} of the token's smallest unit, ${needed} are needed.`,
  "Approve exactly what is needed, and repeat it.",
) {}

/** Thrown when a sender is not possible. */
export class ERC20InvalidSenderError extends contractError(
  "ERC20InvalidSender",
  ({ sender }) => `${sender} cannot send tokens.`,
  "Use another account.",
) {}

/** Thrown when a receiver is not possible. */
export class ERC20InvalidReceiverError extends contractError(
  "ERC20InvalidReceiver",
  ({ receiver }) => `${receiver} cannot receive tokens.`,
  "Name another recipient.",
) {}

/** Thrown when an approver is not possible. */
export class ERC20InvalidApproverError extends contractError(
  "ERC20InvalidApprover",
  ({ approver }) => `${approver} cannot approve.`,
  "Use another account.",
) {}

/** Thrown when a spender is not possible. */
export class ERC20InvalidSpenderError extends contractError(
  "ERC20InvalidSpender",
  ({ spender }) => `${spender} cannot be approved.`,
  "Name another spender.",
) {}

/** Thrown when a token's transfer failed. */
export class SafeERC20FailedOperationError extends contractError(
  "SafeERC20FailedOperation",
  ({ token }) => `The token ${token} refused to move.`,
  "Check balance and allowance of that token.",
) {}

/** Thrown when a transferAndCall could not move tokens. */
export class ERC1363TransferFailedError extends contractError(
  "ERC1363TransferFailed",
  ({ receiver, value }) => `The transfer of ${value} to ${receiver} failed.`,
  "Check the balance.",
) {}

/** Thrown when a transferFromAndCall could not move tokens. */
export class ERC1363TransferFromFailedError extends contractError(
  "ERC1363TransferFromFailed",
  ({ sender, receiver, value }) => `The transfer of ${value} from ${sender} to ${receiver} failed.`,
  "Check balance and allowance.",
) {}

/** Thrown when an approveAndCall could not approve. */
export class ERC1363ApproveFailedError extends contractError(
  "ERC1363ApproveFailed",
  ({ spender, value }) => `The approval of ${value} for ${spender} failed.`,
  "Repeat it.",
) {}

/** Thrown when the receiver is no ERC-1363 receiver. */
export class ERC1363InvalidReceiverError extends contractError(
  "ERC1363InvalidReceiver",
  ({ receiver }) => `${receiver} does not take tokens by transferAndCall.`,
  "Send to a contract that does, such as InferenceMeter.",
) {}

/** Thrown when the spender is no ERC-1363 spender. */
export class ERC1363InvalidSpenderError extends contractError(
  "ERC1363InvalidSpender",
  ({ spender }) => `${spender} does not take approvals by approveAndCall.`,
  "Approve a contract that does.",
) {}

/** Thrown when a permit comes after its deadline. */
export class ERC2612ExpiredSignatureError extends contractError(
  "ERC2612ExpiredSignature",
  ({ deadline }) => `The permit was good until ${deadline}.`,
  "Sign again.",
) {}

/** Thrown when a permit is not by the owner. */
export class ERC2612InvalidSignerError extends contractError(
  "ERC2612InvalidSigner",
  ({ signer, owner }) => `The permit was signed by ${signer}, not by ${owner}.`,
  "Sign with the owner's wallet on this chain.",
) {}

/** Thrown when an authorization is early or late. */
export class ERC3009InvalidAuthorizationTimeError extends contractError(
  "ERC3009InvalidAuthorizationTime",
  ({ validAfter, validBefore }) => `The authorization is good only between ${validAfter} and ${validBefore}.`,
  "Sign again.",
) {}

/** Thrown when an authorization's signature does not fit. */
export class ERC3009InvalidSignatureError extends contractError(
  "ERC3009InvalidSignature",
  () => "The authorization's signature is not by the payer, or for another call.",
  "Sign again, on this chain, for exactly this purchase or tab.",
) {}

/** Thrown when an authorization was used. */
export class ERC3009UsedAuthorizationError extends contractError(
  "ERC3009UsedAuthorization",
  ({ authorizer, nonce }) => `${authorizer} used or cancelled the authorization ${nonce} already.`,
  "It was sent before: look at your balance before you sign again.",
) {}

/** Thrown when an authorization was used. */
export class ERC3009ConsumedAuthorizationError extends contractError(
  "ERC3009ConsumedAuthorization",
  ({ authorizer, nonce }) => `${authorizer} used or cancelled the authorization ${nonce} already.`,
  "It was sent before: look at your balance before you sign again.",
) {}

/** Thrown when a signature has another nonce. */
export class InvalidAccountNonceError extends contractError(
  "InvalidAccountNonce",
  ({ account, currentNonce }) => `${account}'s next signature must have the nonce ${currentNonce}.`,
  "Sign again: another one was used meanwhile.",
) {}

/** Thrown when a signature cannot be recovered. */
export class ECDSAInvalidSignatureError extends contractError(
  "ECDSAInvalidSignature",
  () => "The signature is not one.",
  "Sign again.",
) {}

/** Thrown when a signature has another length. */
export class ECDSAInvalidSignatureLengthError extends contractError(
  "ECDSAInvalidSignatureLength",
  ({ length }) => `A signature of ${length} bytes is not one.`,
  "Sign again.",
) {}

/** Thrown when a signature is malleable. */
export class ECDSAInvalidSignatureSError extends contractError(
  "ECDSAInvalidSignatureS",
  ({ s }) => `The signature's s (${s}) is in the upper half, which is refused.`,
  "Sign again.",
) {}

/** Thrown when a token does not exist. */
export class ERC721NonexistentTokenError extends contractError(
  "ERC721NonexistentToken",
  ({ tokenId }) => `There is no character ${tokenId}.`,
  "Check its number.",
) {}

/** Thrown when the sender does not own the token. */
export class ERC721IncorrectOwnerError extends contractError(
  "ERC721IncorrectOwner",
  ({ sender, tokenId, owner }) => `${sender} does not own character ${tokenId}, ${owner} does.`,
  "Use the owner's wallet.",
) {}

/** Thrown when the caller may not move the token. */
export class ERC721InsufficientApprovalError extends contractError(
  "ERC721InsufficientApproval",
  ({ operator, tokenId }) => `${operator} may not move character ${tokenId}.`,
  "Use the owner's wallet.",
) {}

/** Thrown when an approver is not possible. */
export class ERC721InvalidApproverError extends contractError(
  "ERC721InvalidApprover",
  ({ approver }) => `${approver} cannot approve for this character.`,
  "Use the owner's wallet.",
) {}

/** Thrown when an operator is not possible. */
export class ERC721InvalidOperatorError extends contractError(
  "ERC721InvalidOperator",
  ({ operator }) => `${operator} cannot be approved.`,
  "Name another one.",
) {}

/** Thrown when an owner is not possible. */
export class ERC721InvalidOwnerError extends contractError(
  "ERC721InvalidOwner",
  ({ owner }) => `${owner} cannot own a character.`,
  "Name another owner.",
) {}

/** Thrown when a receiver is not possible. */
export class ERC721InvalidReceiverError extends contractError(
  "ERC721InvalidReceiver",
  ({ receiver }) => `${receiver} cannot receive a character.`,
  "Name another recipient.",
) {}

/** Thrown when a sender is not possible. */
export class ERC721InvalidSenderError extends contractError(
  "ERC721InvalidSender",
  ({ sender }) => `${sender} cannot send a character.`,
  "Use the owner's wallet.",
) {}

/** Thrown when a paused entry is called. */
export class EnforcedPauseError extends contractError(
  "EnforcedPause",
  () => "New sales are paused. Redeeming, claiming, settling and closing go on.",
  "Try again later.",
) {}

/** Thrown when what is not paused is resumed. */
export class ExpectedPauseError extends contractError(
  "ExpectedPause",
  () => "It is not paused.",
  "Nothing needs to be resumed.",
) {}

/** Thrown when the caller lacks the role. */
export class AccessManagedUnauthorizedError extends contractError(
  "AccessManagedUnauthorized",
  ({ caller }) => `${caller} does not have the role for this.`,
  "Use an account that has it.",
) {}

/** Thrown when an operation was not scheduled. */
export class AccessManagedRequiredDelayError extends contractError(
  "AccessManagedRequiredDelay",
  ({ caller, delay }) => `${caller} must schedule this ${delay} seconds ahead.`,
  "Schedule it with the AccessManager, and execute it then.",
) {}

/** Thrown when an authority is no contract. */
export class AccessManagedInvalidAuthorityError extends contractError(
  "AccessManagedInvalidAuthority",
  ({ authority }) => `${authority} cannot be the authority.`,
  "Name an AccessManager.",
) {}

/** Thrown when a call is reentered. */
export class ReentrancyGuardReentrantCallError extends contractError(
  "ReentrancyGuardReentrantCall",
  () => "The call came back into itself and was refused.",
  "A token or wallet in the call misbehaves: use another.",
) {}

/** Thrown when a stored short string is broken. */
export class InvalidShortStringError extends contractError(
  "InvalidShortString",
  () => "A short string in a contract cannot be read.",
  "Check the deployment.",
) {}

/** Thrown when a text does not fit. */
export class StringTooLongError extends contractError(
  "StringTooLong",
  ({ str }) => `The text ${JSON.stringify(str)} is too long.`,
  "Give a shorter one.",
) {}

/** Thrown when a number is too large. */
export class SafeCastOverflowedUintDowncastError extends contractError(
  "SafeCastOverflowedUintDowncast",
  ({ bits, value }) => `${value} does not fit ${bits} bits.`,
  "Choose a smaller number.",
) {}
