/** Buys licences of the demo works, waits until the operator has delivered them, and says what their holders think. */
import { setTimeout as pause } from "node:timers/promises";
import type { Stelai } from "@stelai/sdk";
import { getBlock } from "viem/actions";
import type { SeedOrder, SeedWork } from "./content/works/index.ts";
import type { CreatedWork } from "./works.ts";

/** How long a delivery may take, in milliseconds, and how often it is looked at. */
const PATIENCE = 60_000;
const LOOK_EVERY = 250;

export type Trade = {
  buyerOf: (name: string) => Stelai;
  works: readonly SeedWork[];
  created: ReadonlyMap<string, CreatedWork>;
};

/** All of them are bought before the first is waited for: the operator attests in batches. */
export async function placeOrders(trade: Trade, orders: readonly SeedOrder[]): Promise<void> {
  const bought: { order: SeedOrder; buyer: Stelai; licenceId: bigint; seller: Stelai; workId: bigint }[] = [];
  for (const order of orders) {
    const work = trade.works.find(({ slug }) => slug === order.work);
    const { workId, offerIds, seller } = trade.created.get(order.work) ?? {};
    const offerId = offerIds?.[work?.offers.findIndex(({ tier }) => tier === order.tier) ?? -1];
    if (workId === undefined || offerId === undefined || !seller) {
      throw new Error(`${order.work} is not offered as ${order.tier}.`);
    }
    const buyer = trade.buyerOf(order.buyer);
    const { licenceId } = await (await buyer.market.buy(await buyer.market.getOffer({ offerId }))).wait();
    bought.push({ order, buyer, licenceId, seller, workId });
  }
  for (const { order, buyer, licenceId, seller, workId } of bought) {
    await delivered(buyer, licenceId);
    await (await buyer.market.accept({ licenceId })).wait();
    if (order.review) {
      const { rating, text, reply } = order.review;
      const { uri } = await buyer.relayer.uploadContent({ reviewText: text });
      await (await buyer.reviews.reviewWork({ workId, licenceId, rating, textURI: uri })).wait();
      const author = buyer.client.walletClient?.account?.address;
      if (reply !== undefined && author) {
        const answer = await seller.relayer.uploadContent({ reviewText: reply });
        await (await seller.reviews.replyWork({ workId, author, textURI: answer.uri })).wait();
      }
    }
    if (order.resale) {
      const { price, days } = order.resale;
      const { timestamp } = await getBlock(buyer.client.publicClient);
      await (await buyer.market.list({ licenceId, price, until: timestamp + BigInt(days) * 86_400n })).wait();
    }
  }
}

async function delivered(buyer: Stelai, licenceId: bigint): Promise<void> {
  const until = Date.now() + PATIENCE;
  for (;;) {
    const { status } = await buyer.market.getLicence({ licenceId });
    if (status === "Delivered") return;
    if (Date.now() > until) throw new Error(`Licence ${licenceId} is ${status}: the operator did not deliver it.`);
    await pause(LOOK_EVERY);
  }
}
