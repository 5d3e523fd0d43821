import { settingsSchema, workMetadataSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { DEMO_ACCOUNTS } from "../../dev/accounts.ts";
import { creators, tools } from "./index.ts";
import { life } from "./life.ts";
import { orders, works } from "./works/index.ts";

const creatorOf = (handle: string) => creators.find((creator) => creator.handle === handle);
const toolOf = (slug: string) => tools.find((tool) => tool.slug === slug);
const of = (slug: string) => works.find((work) => work.slug === slug);

describe("the demo works", () => {
  it("are eight to twelve of every modality that has files, each by a known creator with words that are taken", () => {
    expect(works.length).to.be.within(8, 12);
    expect(new Set(works.map(({ slug }) => slug)).size).to.equal(works.length);
    const made = works.map(({ generation }) => toolOf(generation.tool)?.modality);
    expect(new Set(made)).to.deep.equal(new Set(["Image", "Music", "Voice", "Video"]));
    const { title, description, tags } = workMetadataSchema.shape;
    for (const work of works) {
      expect(creatorOf(work.creator), work.slug).to.not.equal(undefined);
      expect(title.parse(work.title)).to.equal(work.title);
      expect(description.parse(work.description)).to.equal(work.description);
      expect(tags.parse(work.tags)).to.deep.equal(work.tags);
      expect(settingsSchema.shape.seed.safeParse(work.generation.seed).success).to.equal(true);
    }
  });

  it("are small: a start waits for them", () => {
    for (const { generation, slug } of works) {
      const tool = toolOf(generation.tool);
      const size = generation.size ?? tool?.tool.sizes?.[0];
      if (tool?.modality === "Image") expect(size, slug).to.equal("512x512");
      if (tool?.modality === "Video") expect(generation.seconds, slug).to.be.lessThanOrEqual(2);
      if (tool?.modality === "Music") expect(generation.seconds, slug).to.be.lessThanOrEqual(10);
      expect(generation.prompt.length, slug).to.be.lessThan(200);
      const offered = tool?.tool.qualities;
      if (generation.quality && offered) expect(offered, slug).to.include(generation.quality);
      if (generation.voice && tool?.tool.voices) expect(tool.tool.voices, slug).to.include(generation.voice);
    }
  });

  it("show a split of two, a derivative that comes after its parent, a dated and an exclusive licence", () => {
    const shared = works.filter(({ creator }) => creatorOf(creator)?.members?.length === 2);
    expect(shared).to.have.length(1);
    const derived = works.filter(({ parents }) => parents !== undefined);
    expect(derived).to.have.length(1);
    for (const { slug, parents = [] } of derived) {
      for (const parent of parents) {
        expect(of(parent)?.derivativeBps, parent).to.be.greaterThan(0);
        expect(works.findIndex((one) => one.slug === parent)).to.be.lessThan(
          works.findIndex((one) => one.slug === slug),
        );
      }
    }
    const offers = works.flatMap((work) => work.offers);
    expect(offers.filter(({ duration }) => duration !== undefined)).to.have.length(1);
    expect(offers.filter(({ tier }) => tier === "Exclusive").map(({ supply }) => supply)).to.deep.equal([1]);
    expect(offers.every(({ price }) => price > 0n)).to.equal(true);
    for (const { slug, offers: own } of works) {
      expect(new Set(own.map(({ tier }) => tier)).size, slug).to.equal(own.length);
    }
  });
});

describe("the demo orders", () => {
  it("are of offers that stand, by others than the sellers, with reviews and one licence for resale", () => {
    for (const { buyer, work, tier, resale, review } of orders) {
      const bought = of(work);
      expect(
        bought?.offers.map((offer) => offer.tier),
        work,
      ).to.include(tier);
      expect(bought?.creator).to.not.equal(buyer);
      const known = buyer === life.account ? DEMO_ACCOUNTS.some(({ name }) => name === buyer) : creatorOf(buyer);
      expect(known, buyer).to.be.ok;
      // A personal licence does not move.
      if (resale) expect(tier).to.equal("Commercial");
      if (review) expect(review.rating).to.be.within(1, 5);
    }
    expect(orders.filter(({ review }) => review).length).to.be.greaterThan(1);
    expect(orders.filter(({ resale }) => resale)).to.have.length(1);
  });

  it("leave a buyer who makes nothing enough of the smallest package", () => {
    const spent = orders
      .filter(({ buyer }) => buyer === life.account)
      .map(({ work, tier }) => of(work)?.offers.find((offer) => offer.tier === tier)?.price ?? 0n)
      .reduce((sum, price) => sum + price, 0n);
    expect(spent).to.be.lessThan(500_000_000n);
  });
});
