import { type Address, isAddressEqual } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { licensesTransferEvent } from "../../generated/fragments.ts";
import { allLogs } from "../../internal/logs.ts";
import { getLicence } from "../market/getLicence.ts";
import { getOffer } from "../market/getOffer.ts";
import { getWork } from "../works/getWork.ts";
import { getWorkRating } from "./getWorkRating.ts";

export type CanReviewWorkParameters = {
  workId: bigint;
  /** The wallet itself when absent. */
  author?: Address | undefined;
};

/** `licenceId` is what to give `reviews.reviewWork`; null when it may not, and then `why`. */
export type CanReviewWorkReturnType =
  | { licenceId: bigint; why: null }
  | { licenceId: null; why: "own" | "notLicensed" | "notReleased" };

/**
 * Whether an account may review a work, and with which licence, from the chain: it holds a released one, or a review of
 * its stands; and the work is not its own.
 * @throws WalletRequiredError when neither author nor wallet is given, ERC721NonexistentTokenError.
 *
 * @example
 * ```ts
 * const { licenceId, why } = await stelai.reviews.canReviewWork({ workId });
 * ```
 */
export async function canReviewWork(
  client: StelaiClient,
  { workId, author = requireWallet(client).account.address }: CanReviewWorkParameters,
): Promise<CanReviewWorkReturnType> {
  const [{ owner, creator }, rating, received] = await Promise.all([
    getWork(client, { workId }),
    getWorkRating(client, { workId, author }),
    allLogs(client, {
      address: client.deployment.contracts.Licenses,
      event: licensesTransferEvent,
      args: { to: author },
    }),
  ]);
  if (isAddressEqual(owner, author) || isAddressEqual(creator, author)) return { licenceId: null, why: "own" };
  let why: "notLicensed" | "notReleased" = "notLicensed";
  for (const licenceId of new Set(received.map(({ args }) => args.tokenId))) {
    const { offerId, status, holder } = await getLicence(client, { licenceId });
    if (holder === null || !isAddressEqual(holder, author)) continue;
    if ((await getOffer(client, { offerId })).workId !== workId) continue;
    if (status === "Released") return { licenceId, why: null };
    why = "notReleased";
  }
  // Whoever wrote one may change it, whoever holds the licence by now.
  return rating === 0 ? { licenceId: null, why } : { licenceId: 0n, why: null };
}
