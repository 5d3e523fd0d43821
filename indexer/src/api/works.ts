import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { and, asc, desc, eq } from "ponder";
import type { Hex } from "viem";
import { isWorkListed, offerState } from "../market.ts";
import { personOf, textsOf, type WorkFacts } from "../texts/index.ts";
import { chainNow } from "./clock.ts";
import { hitOf } from "./hits.ts";
import { toJson } from "./json.ts";
import { isKnownAttestor, MOST_OFFERS } from "./offers.ts";
import { orderPage } from "./orders.ts";
import { idCursorOf, idOf, limitOf, NotFoundError, optionOf } from "./parameters.ts";
import { provedAmong } from "./proof.ts";
import { reviewsOf } from "./reviews.ts";
import { scoresOf } from "./weighed.ts";

const { licence, listing, offer, work, workParent } = schema;

/** Of a work that very many derive from, the newest. */
const MOST_CHILDREN = 100;

export const works = new Hono();
works.route("/", reviewsOf("works"));

/**
 * A work, what is offered of it, and what it derives from and what from it: `{ work, offers: [{ offerId, workId, tier,
 * price, supply, sold, duration, attestor, isKnownAttestor, termsHash, state }], parents: [{ workId, title, creator,
 * bps }], children: [{ workId, title, creator }], listing: { seller, price, until } | null }`. `work` is a hit
 * (hits.ts) with description, contentHash, metadataURI, metadata (null until it was fetched and found to be what it
 * should), payee and ownerPayee (decimal: an address, or a split), royaltyBps, allowsDerivatives, derivativeBps,
 * suspended, depth, receipt, epoch and `fetched`, where its metadata stands. Offers are the newest first, at most 100,
 * those that cannot be bought included; `supply` 0 is any number, `duration` 0 for ever; states are told in market.ts.
 * `listing` is one that can be bought now. A suspended work is told of here, too; nothing of it can be bought.
 */
works.get("/:id", async (context) => {
  const workId = idOf(context);
  const { bps, parentId } = workParent;
  const { id, metadataURI, contentHash: file, modality, creator } = work;
  const [now, [row], offers, parents, children, [listed], scores] = await Promise.all([
    chainNow(),
    db.select().from(work).where(eq(id, workId)),
    db.select().from(offer).where(eq(offer.workId, workId)).orderBy(desc(offer.id)).limit(MOST_OFFERS),
    db
      .select({ id, metadataURI, contentHash: file, modality, creator, bps })
      .from(workParent)
      .innerJoin(work, eq(id, parentId))
      .where(eq(workParent.workId, workId))
      .orderBy(asc(id)),
    db
      .select({ id, metadataURI, contentHash: file, modality, creator })
      .from(workParent)
      .innerJoin(work, eq(id, workParent.workId))
      .where(eq(parentId, workId))
      .orderBy(desc(id))
      .limit(MOST_CHILDREN),
    db
      .select()
      .from(listing)
      .where(and(eq(listing.collection, "Works"), eq(listing.tokenId, workId))),
    scoresOf("works", [workId]),
  ]);
  if (!row) throw new NotFoundError(`There is no work ${workId}.`);
  const { metadata, state: fetched } = textsOf(row);
  const { contentHash, royaltyBps, allowsDerivatives, derivativeBps, suspended, depth, receipt, epoch } = row;
  const proved = await provedAmong([row]);
  const isListed = listed !== undefined && !suspended && isWorkListed(listed, row, now);
  return toJson(context, {
    work: {
      ...hitOf(row, { offers, listing: listed, score: scores.get(workId) }, { now, isProven: proved.has(workId) }),
      ...{ description: metadata?.description ?? "", contentHash, metadataURI: row.metadataURI, metadata },
      ...{ payee: BigInt(row.payee), ownerPayee: BigInt(row.ownerPayee), royaltyBps, allowsDerivatives, derivativeBps },
      ...{ suspended, depth, receipt, epoch, fetched },
    },
    offers: offers.map((each) => ({
      ...{ offerId: each.id, workId, tier: each.tier, price: each.price },
      ...{ supply: Number(each.supply), sold: Number(each.sold), duration: each.duration },
      ...{ attestor: each.attestor, isKnownAttestor: isKnownAttestor(each), termsHash: each.termsHash },
      state: offerState(each, row, now),
    })),
    parents: parents.map((each) => ({ ...relatedOf(each), bps: each.bps })),
    children: children.map(relatedOf),
    listing: isListed ? { seller: listed.seller, price: listed.price, until: listed.until } : null,
  });
});

/**
 * A work's orders, the newest first: `{ orders, next }`, see orders.ts. `?listed=true`: those alone whose holder put the
 * licence up for sale. `?limit=` (50, at most 200); `?after=`.
 */
works.get("/:id/orders", async (context) => {
  const workId = idOf(context);
  const page = { limit: limitOf(context, 50, 200), after: idCursorOf(context) };
  const isListed = optionOf(context, "listed", ["false", "true"]) === "true";
  // Orders come with their listing, if any; one of an earlier holder's is none any more.
  const listed = isListed ? eq(listing.seller, licence.holder) : undefined;
  return toJson(context, await orderPage(and(eq(licence.workId, workId), listed), page));
});

function relatedOf({ id, creator, ...facts }: WorkFacts & { id: bigint; creator: Hex }) {
  return { workId: id, title: textsOf(facts).metadata?.title ?? null, creator: personOf(creator) };
}
