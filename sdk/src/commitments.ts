import { type Address, encodeAbiParameters, type Hex, hashTypedData, keccak256, stringToHex } from "viem";
import { parameters } from "./internal/parameters.ts";
import { rewardsDomain, rewardsTypes } from "./typedData.ts";
import type { Grant } from "./wireRewards.ts";

/** A purchase as its buyer agrees to it (`ICreditStore.Order`); `maxPrice` in reserve units. */
export type Order = {
  packageId: bigint;
  quantity: bigint;
  recipient: Address;
  referrer: Address;
  maxPrice: bigint;
};

/** A tab as its payer agrees to it (`IInferenceMeter.Opening`); `cap` in microcredits, `expiry` unix seconds. */
export type Opening = { operator: Address; sessionKey: Address; cap: bigint; expiry: bigint };

/** What the payer grants the one who sends the transaction; `fee` in units of the token that is paid with. */
export type Sponsorship = { fee: bigint; recipient: Address; salt: Hex };

const typeHash = (type: string) => keccak256(stringToHex(type));

/** `ICreditStore.buyNonce`: the EIP-3009 nonce that commits to a purchase (DESIGN section 4). */
export function buyNonce(order: Order, sponsorship: Sponsorship): Hex {
  return keccak256(
    encodeAbiParameters(parameters("bytes32,uint256,uint256,address,address,uint256,uint256,address,bytes32"), [
      typeHash(
        "Buy(uint256 packageId,uint256 quantity,address recipient,address referrer,uint256 maxPrice,uint256 fee,address feeRecipient,bytes32 salt)",
      ),
      order.packageId,
      order.quantity,
      order.recipient,
      order.referrer,
      order.maxPrice,
      sponsorship.fee,
      sponsorship.recipient,
      sponsorship.salt,
    ]),
  );
}

/** What both kinds of openings begin and end with. */
const OPENING = "(address operator,address sessionKey,uint40 cap,uint64 expiry,";
const SPONSORSHIP = "uint256 fee,address feeRecipient,bytes32 salt)";

/** `IInferenceMeter.openNonce`: the EIP-3009 nonce that commits to opening a tab. */
export function openNonce(opening: Opening, sponsorship: Sponsorship): Hex {
  return keccak256(
    encodeAbiParameters(parameters("bytes32,address,address,uint40,uint64,uint256,address,bytes32"), [
      typeHash(`Open${OPENING}${SPONSORSHIP}`),
      ...openingWords(opening),
      ...sponsorshipWords(sponsorship),
    ]),
  );
}

/** `IInferenceMeter.bonusOpenNonce`: the same with `bonus` microcredits of the cap from the payer's bonus credits. */
export function bonusOpenNonce(opening: Opening, bonus: bigint, sponsorship: Sponsorship): Hex {
  return keccak256(
    encodeAbiParameters(parameters("bytes32,address,address,uint40,uint64,uint40,uint256,address,bytes32"), [
      typeHash(`OpenWithBonus${OPENING}uint40 bonus,${SPONSORSHIP}`),
      ...openingWords(opening),
      Number(bonus),
      ...sponsorshipWords(sponsorship),
    ]),
  );
}

function openingWords({ operator, sessionKey, cap, expiry }: Opening) {
  return [operator, sessionKey, Number(cap), expiry] as const;
}

function sponsorshipWords({ fee, recipient, salt }: Sponsorship) {
  return [fee, recipient, salt] as const;
}

/** `IInferenceMeter.topUpNonce`: the EIP-3009 nonce that commits to a top-up of `amount` microcredits. */
export function topUpNonce(topUp: { operator: Address; tabId: bigint; amount: bigint }, sponsorship: Sponsorship): Hex {
  return keccak256(
    encodeAbiParameters(parameters("bytes32,address,uint64,uint40,uint256,address,bytes32"), [
      typeHash("TopUp(address operator,uint64 tabId,uint40 amount,uint256 fee,address feeRecipient,bytes32 salt)"),
      topUp.operator,
      topUp.tabId,
      Number(topUp.amount),
      sponsorship.fee,
      sponsorship.recipient,
      sponsorship.salt,
    ]),
  );
}

/** Which Rewards a digest is for. */
export type RewardsReference = { chainId: number; rewards: Address };

/** `IRewards.redemptionDigest`: what a code's key signs, so that the code is redeemed for this account alone. */
export function redemptionDigest(
  { chainId, rewards }: RewardsReference,
  redemption: { campaignId: bigint; account: Address },
): Hex {
  const domain = rewardsDomain(chainId, rewards);
  return hashTypedData({ domain, types: rewardsTypes, primaryType: "Redemption", message: redemption });
}

/** `IRewards.grantDigest`: what a contribution campaign's signer vouches for; `amount` in wei of STELAI. */
export function grantDigest({ chainId, rewards }: RewardsReference, grant: Grant): Hex {
  const domain = rewardsDomain(chainId, rewards);
  return hashTypedData({ domain, types: rewardsTypes, primaryType: "Grant", message: grant });
}
