import { creditStoreAbi, inferenceMeterAbi, rewardsAbi, stelaiAbi } from "@stelai/sdk/abis";
import {
  type Abi,
  type Address,
  BaseError,
  decodeErrorResult,
  ExecutionRevertedError,
  type Hex,
  IntrinsicGasTooLowError,
  type PublicClient,
} from "viem";
import { UnavailableError } from "../errors.ts";
import { SponsorRefusedError } from "./errors.ts";

/** Every error that a sponsored call can end with, also those of the tokens it reaches. */
const ERRORS: Abi = [...inferenceMeterAbi, ...creditStoreAbi, ...rewardsAbi, ...stelaiAbi].filter(
  (item) => item.type === "error",
);

/** What a person can do about the contracts' errors that they meet. */
const ADVICE: Readonly<Record<string, string>> = {
  AccountCapReached: "This account got of the campaign what it can get.",
  AuthorizationTooSmall: "The authorization does not cover the amount and the fee. Sign again.",
  BonusTooLow: "The account has less bonus credits than that. Some may have lapsed.",
  BudgetExhausted: "All that the campaign had to give is given.",
  CampaignNotOpen: "The campaign has not begun, or is over.",
  CapTooHigh: "The cap would be higher than a tab can hold.",
  DailyCapReached: "The campaign gave today what it gives in a day. Try again tomorrow.",
  DeedUsed: "A bonus was given for this before.",
  ERC20InsufficientBalance: "The account does not hold enough.",
  ERC3009InvalidAuthorizationTime: "The authorization has lapsed or is not valid yet. Sign again.",
  ERC3009InvalidSignature: "The signature is not by the payer, or for something else than was sent. Sign again.",
  ERC3009UsedAuthorization: "This authorization was used or cancelled. Sign a new one.",
  EnforcedPause: "Sales are paused. Nothing was taken; what you hold can still be redeemed, closed and claimed.",
  InvalidBonus: "The bonus of a tab is more than nothing, and no more than its cap.",
  InvalidExpiry: "The expiry is not in the future, too far away, or not later than before.",
  InvalidSignature: "The signature is not by whom it must be, or for something else than was sent. Sign again.",
  OperatorNotTrusted: "Bonus credits cannot be spent with this operator. Open the tab without them.",
  PackageNotForSale: "The package is not for sale any more. Look at the prices again.",
  PriceAboveMaximum: "The price rose above what was agreed to. Look at the prices again.",
  RotationTooSoon: "The key was changed within the last day. The one before must expire first.",
  SignatureExpired: "The signature has lapsed. Sign again.",
  SponsorFeeTooHigh: "The fee is higher than the contract allows.",
  TabClosing: "The tab is closing or closed.",
  UnknownCampaign: "There is no such campaign.",
  WrongCampaign: "This campaign gives its bonus in another way.",
};

/**
 * Runs a call on the pending state, as it would be sent, and says how much gas it needs.
 * @throws SponsorRefusedError with the contract's error when it would revert or needs more than `maximumGas`.
 * @throws UnavailableError when the chain cannot be asked.
 */
export async function simulate(
  client: PublicClient,
  call: { account: Address; to: Address; data: Hex },
  maximumGas: bigint,
): Promise<bigint> {
  try {
    // Bounded, or a contract wallet could keep the node busy.
    await client.call({ ...call, gas: maximumGas, blockTag: "pending" });
    return await client.estimateGas({ ...call, gas: maximumGas, blockTag: "pending" });
  } catch (error) {
    throw refusal(error);
  }
}

/** What a failed call means to who asked for it. */
export function refusal(error: unknown): Error {
  if (!(error instanceof BaseError)) return error instanceof Error ? error : new Error(String(error));
  const data = revertData(error);
  if (data !== undefined && data.length >= 10) return decoded(data);
  const isReverted = error.walk(
    (cause) => cause instanceof ExecutionRevertedError || cause instanceof IntrinsicGasTooLowError,
  );
  if (
    isReverted !== null ||
    data !== undefined ||
    /out of gas|gas required exceeds|revert/i.test(error.details ?? "")
  ) {
    return new SponsorRefusedError(
      "Reverted",
      "The chain would refuse this without saying why, or it needs too much gas.",
    );
  }
  return new UnavailableError("The chain cannot be reached right now. Nothing was sent.", { cause: error });
}

function decoded(data: Hex): SponsorRefusedError {
  try {
    const { errorName, args, abiItem } = decodeErrorResult({ abi: ERRORS, data });
    const inputs = abiItem.type === "error" ? abiItem.inputs : [];
    const values = Object.fromEntries(
      (args ?? []).map((value, index) => [inputs[index]?.name ?? String(index), value]),
    );
    const words =
      errorName === "Error" && typeof args?.[0] === "string" ? `The chain would refuse this: ${args[0]}.` : undefined;
    return new SponsorRefusedError(
      errorName,
      words ?? ADVICE[errorName] ?? `The chain would refuse this: ${errorName}.`,
      null,
      values,
    );
  } catch {
    return new SponsorRefusedError(data.slice(0, 10), "The chain would refuse this with an error that is not ours.");
  }
}

/** The bytes a reverted call returned, where nodes put them: `data`, or `data.data`. */
function revertData(error: BaseError): Hex | undefined {
  const found = error.walk((cause) => dataOf(cause) !== undefined);
  return dataOf(found);
}

function dataOf(cause: unknown): Hex | undefined {
  if (typeof cause !== "object" || cause === null || !("data" in cause)) return undefined;
  const { data } = cause;
  if (typeof data === "string" && /^0x[0-9a-f]*$/i.test(data)) return data as Hex;
  return dataOf(data);
}
