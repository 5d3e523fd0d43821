import { licensesAbi, resaleAbi, workReviewsAbi, worksAbi } from "@stelai/sdk/abis";
import { TIERS } from "@stelai/sdk/wire";
import {
  type Address,
  BaseError,
  ContractFunctionRevertedError,
  getAddress,
  numberToHex,
  parseEventLogs,
  type RpcLog,
} from "viem";
import { formatLog } from "viem/utils";
import { type Chain, sameAddress } from "../../chain/index.ts";
import type { Entry } from "./feed.ts";

/** Events of works and licences that somebody is told of. */
export const MARKET_EVENTS = [
  ...(["Bought", "Delivered", "Released", "Refunded", "Disputed"] as const),
  ...(["Resold", "WorkReviewed", "WorkReviewReplied"] as const),
] as const;
export const MARKET_ABI = [...licensesAbi, ...resaleAbi, ...workReviewsAbi];

/** What happened longer ago is no news when it becomes known: it is history that is being read. */
const NEWS_SECONDS = 2 * 86_400;
const MICRO = 1_000_000_000_000n;

type Reads = Pick<Chain, "client" | "contracts">;
type Order = {
  licenceId: bigint;
  offerId: bigint;
  workId: bigint;
  tier: string;
  price: bigint;
  seller: Address | null;
};

/**
 * Who is told what of an event of the marketplace. Sellers are told of what becomes of their sales, holders of what
 * becomes of their licences; nobody of their own doing.
 * @param seconds When it was, chain time.
 */
export async function marketEntries(chain: Reads, log: RpcLog, source: string, seconds: bigint): Promise<Entry[]> {
  if (Number(seconds) < Date.now() / 1_000 - NEWS_SECONDS) return [];
  const [event] = parseEventLogs({ abi: MARKET_ABI, eventName: [...MARKET_EVENTS], logs: [formatLog(log)] });
  if (event === undefined) return [];
  const at = new Date(Math.min(Number(seconds) * 1_000, Date.now()));
  const tell = (account: Address | null, kind: Entry["kind"], workId: bigint, data: Entry["data"]): Entry[] =>
    account === null ? [] : [{ account: getAddress(account), kind, characterId: null, workId, data, source, at }];
  switch (event.eventName) {
    case "WorkReviewed": {
      const { workId, author, rating } = event.args;
      return tell(await ownerOf(chain, "Works", workId), "work_review", workId, { author, rating });
    }
    case "WorkReviewReplied": {
      const { workId, author, owner, textURI } = event.args;
      // An empty text takes the answer back; answering again costs next to nothing, and is no news.
      if (textURI === "") return [];
      return tell(author, "work_review_reply", workId, { owner }).map((entry) => ({ ...entry, once: "day" }));
    }
    case "Resold": {
      const { collection, tokenId, buyer, seller, price } = event.args;
      const isWork = sameAddress(collection, chain.contracts.Works);
      const workId = isWork ? tokenId : (await orderOf(chain, tokenId)).workId;
      const data = { licenceId: isWork ? null : String(tokenId), price: String(price), buyer };
      return tell(seller, "work_resold", workId, data);
    }
  }
  const order = await orderOf(chain, event.args.licenceId);
  const { workId, seller } = order;
  const data = { licenceId: String(order.licenceId) };
  const price = String(order.price);
  switch (event.eventName) {
    case "Bought":
      return tell(seller, "work_sold", workId, { ...data, tier: order.tier, price, buyer: event.args.holder });
    case "Delivered":
      return tell(await ownerOf(chain, "Licenses", order.licenceId), "licence_delivered", workId, data);
    case "Released": {
      const holder = await ownerOf(chain, "Licenses", order.licenceId);
      const isSame = holder !== null && seller !== null && sameAddress(holder, seller);
      return [
        ...tell(holder, "licence_released", workId, { ...data, as: "holder", price }),
        ...(isSame ? [] : tell(seller, "licence_released", workId, { ...data, as: "seller", price })),
      ];
    }
    case "Refunded": {
      const amount = String(event.args.amount / MICRO);
      return tell(event.args.holder, "licence_refunded", workId, { ...data, amount });
    }
    case "Disputed":
      return tell(seller, "licence_disputed", workId, { ...data, holder: event.args.holder });
  }
}

/**
 * An order and whose sale it is: the work's owner while the work is as it was offered; after that whom the offer pays,
 * if that is an account.
 */
async function orderOf({ client, contracts }: Reads, licenceId: bigint): Promise<Order> {
  const licenses = { address: contracts.Licenses, abi: licensesAbi } as const;
  const works = { address: contracts.Works, abi: worksAbi } as const;
  const { offerId } = await client.readContract({ ...licenses, functionName: "licenceOf", args: [licenceId] });
  const offer = await client.readContract({ ...licenses, functionName: "offerOf", args: [offerId] });
  const { workId, tier, price, payee } = offer;
  const [owner, , epoch] = await client.readContract({ ...works, functionName: "saleOf", args: [workId] });
  const seller = epoch === offer.epoch ? owner : accountOf(payee);
  return { licenceId, offerId, workId, tier: TIERS[tier] ?? "", price, seller };
}

/** A payee that is an account; characters and splits are none. */
function accountOf(payee: bigint): Address | null {
  return payee >> 160n === 0n ? getAddress(numberToHex(payee, { size: 20 })) : null;
}

/** Who holds a token now; null when it is gone. */
async function ownerOf({ client, contracts }: Reads, name: "Works" | "Licenses", id: bigint): Promise<Address | null> {
  try {
    return await client.readContract({ address: contracts[name], abi: worksAbi, functionName: "ownerOf", args: [id] });
  } catch (error) {
    const isGone = error instanceof BaseError && error.walk((one) => one instanceof ContractFunctionRevertedError);
    if (isGone) return null;
    throw error;
  }
}
