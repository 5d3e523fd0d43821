import { accountSchema } from "@stelai/sdk/wire";
import { type Address, getAddress } from "viem";
import { sameAddress } from "../chain/index.ts";
import { NotSignedInError } from "../errors.ts";
import { parseHeader } from "../http.ts";
import { recoverSigner } from "../metering/curve.ts";
import type { MeterDigests } from "../metering/digest.ts";

/** What a `Stelai-Account` header is checked with. */
export type AccountHeaders = {
  operator: Address;
  digests: MeterDigests;
  /** The chain's time, unix seconds. */
  chainNow: () => bigint;
};

/** The longest that one signature may stand for an account. */
const DAY = 86_400n;
/** How far clocks may differ. */
const SKEW = 300n;

/**
 * Whom a `Stelai-Account` header speaks for, and which key (lower-case) signed that; whether the account bound the key
 * is for the caller to find out. The deadline may be by the chain's clock or by ours: a local chain's is elsewhere.
 * @param now Real time in milliseconds.
 * @throws InvalidRequestError when it cannot be read, NotSignedInError when operator, deadline or signature is wrong.
 */
export async function verifyAccount(
  header: string,
  { operator, digests, chainNow }: AccountHeaders,
  now: number,
): Promise<{ account: Address; key: Address }> {
  const signed = parseHeader("Stelai-Account", header, accountSchema);
  if (!sameAddress(signed.operator, operator)) {
    throw new NotSignedInError(`This Stelai-Account header is for another operator; this one is ${operator}.`);
  }
  const isInTime = [chainNow(), BigInt(Math.floor(now / 1_000))].some(
    (time) => signed.deadline >= time && signed.deadline <= time + DAY + SKEW,
  );
  if (!isInTime) {
    throw new NotSignedInError("The deadline of Stelai-Account has passed or is more than a day ahead. Sign it anew.");
  }
  const key = await recoverSigner(digests.of("Account", signed), signed.signature);
  if (key === undefined) throw new NotSignedInError("The signature of Stelai-Account cannot be read.");
  return { account: getAddress(signed.account), key: key as Address };
}
