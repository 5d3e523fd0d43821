/** The order of what is found, on a fixed catalogue; and what holds of facets, filters and pages of any. */
import { TIERS } from "@stelai/sdk/wire";
import { expect } from "chai";
import fc from "fast-check";
import { ratingOf, trendOf } from "../src/search/ranking.ts";
import { NO_WORK_FILTERS, SORTS, type WorkEntry, type WorkFilters } from "../src/search/workEntry.ts";
import { PRICE_BOUNDS, WORK_MODALITIES, type WorksFound } from "../src/search/works.ts";
import { addressOf, catalogueOf, WORKS } from "./catalogue.ts";

const CREDIT = 1_000_000;
const catalogue = catalogueOf();
const search = (filters: Partial<WorkFilters>) => catalogue.search({ ...NO_WORK_FILTERS, limit: 100, ...filters });
const idsIn = ({ results }: WorksFound) => results.map(({ id }) => id);
const ids = (filters: Partial<WorkFilters>) => idsIn(search(filters));
const workOf = (id: number) => {
  const work = WORKS.find((each) => each.id === id);
  if (!work) throw new Error(`The catalogue has no work ${id}.`);
  return work;
};
/** A catalogue of works that differ from the first of the fixed ones as told. */
const variants = (...differences: Partial<WorkEntry>[]) =>
  catalogueOf(differences.map((difference, index) => ({ ...workOf(1), days: [], ...difference, id: index + 1 })));

describe("The search of works", () => {
  describe("by words", () => {
    for (const [q, expected, why] of [
      ["harbour", [1, 2, 3, 48], "title and tag first, of those the better loved; another spelling last"],
      ["harb", [1, 2, 3, 48], "the beginning of a word"],
      ["habrour", [1, 2, 3], "letters amiss"],
      ["neon city", [7, 6], "both words in the title before one in title and one in tags"],
      ["lighthouse", [4, 5], "the title alone, where more was sold"],
      ["piano", [11, 10, 22], "the title before tags and texts"],
      ["café", [22, 21], "with its accent, and works without"],
      ["cafe", [22, 21], "without its accent, and works with"],
      ["the fox", [15, 16], "without the common word"],
      ["robot", [23, 24, 25], "the better loved first"],
      ["whale song", [34], "all of the words, not one of them"],
      ["strassenbahn", [46], "ß as ss"],
      ["港", [45], "writing without blanks"],
      ["texture gold", [28], "words of different fields"],
      ["quantum harbour", [1, 2, 3, 48], "any of the words, where nothing has all"],
      ["Ada Marsh", [1, 33, 5, 2], "the creator's name"],
      [addressOf("Ada Marsh"), [1, 33, 5, 2], "the creator's address"],
      [addressOf("Ada Marsh").slice(0, 8), [1, 33, 5, 2], "the beginning of it"],
    ] as const) {
      it(`"${q}" finds ${expected.join(", ")}: ${why}`, () => {
        expect(ids({ q })).to.deep.equal(expected);
      });
    }

    it("without words, finds everything that is for sale, what trends first", () => {
      expect(ids({}).toSorted((a, b) => a - b)).to.deep.equal(WORKS.filter(isForSale).map(({ id }) => id));
      expect(ids({})).to.deep.equal(ids({ sort: "trending" }));
    });

    it("takes whatever is typed as text, and never throws", () => {
      const hostile = [
        "<script>",
        '" OR 1=1; --',
        "*",
        "\\",
        "((",
        "^~\0",
        "\ud800",
        "a".repeat(1e5),
        "💥",
        "__proto__",
        "-",
      ];
      for (const q of hostile) expect(() => ids({ q }), q.slice(0, 20)).not.to.throw();
      expect(ids({ q: "<script>" })).to.deep.equal([47]);
      fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), (q) => ids({ q }).length >= 0));
    });

    it("finds no words that were replaced, and none of a work that was removed", () => {
      const changing = catalogueOf();
      const found = (q: string) => idsIn(changing.search({ ...NO_WORK_FILTERS, q }));
      changing.put({ ...workOf(17), title: "Zeppelin over dunes" });
      expect([found("zeppelin"), found("moon")[0]]).to.deep.equal([[17], 16]);
      changing.remove(17);
      expect([found("zeppelin"), found("dunes")]).to.deep.equal([[], []]);
    });

    it("puts the better rated and better sold first only among those that answer alike", () => {
      const same = { title: "Amber", description: "", tags: [] };
      const loved = { score: { weight: 500_000, weighted: 500 }, sold: 10_000 };
      const other = { title: "Stone", description: "with amber in it, somewhere, among many other words", tags: [] };
      const texts = variants(
        { ...same, sold: 0, score: { weight: 0, weighted: 0 } },
        { ...same, ...loved },
        { ...other, ...loved },
      );
      expect(idsIn(texts.search({ ...NO_WORK_FILTERS, q: "amber" }))).to.deep.equal([2, 1, 3]);
    });
  });

  describe("sorted", () => {
    it("by rating, puts many good reviews before few that are better", () => {
      expect(ids({ sort: "rating" }).slice(0, 6)).to.deep.equal([33, 23, 10, 11, 1, 15]);
      const place = (id: number) => ids({ sort: "rating" }).indexOf(id);
      expect(place(10), "25 of 4.6 before one of 5.0").to.be.lessThan(place(8));
      expect(place(3), "none before one of 2.0").to.be.lessThan(place(37));
    });

    it("by rating, goes by what was paid: thousands of reviews for next to nothing do not lift what few bought", () => {
      const dust = { weight: 2_000, weighted: 500 };
      const bought = { weight: 5 * 2_236, weighted: 480 };
      const works = variants({ score: dust }, { score: bought }, { score: { weight: 0, weighted: 0 } });
      expect(idsIn(works.search({ ...NO_WORK_FILTERS, sort: "rating" }))).to.deep.equal([2, 1, 3]);
      expect(ratingOf({ weight: 5_000, weighted: 500 }), "as much as nothing, and five stars").to.equal(425);
      expect(ratingOf({ weight: 0, weighted: 0 })).to.equal(350);
    });

    it("by trend, puts many buyers before much money, and what is recent before what is old", () => {
      expect(ids({ sort: "trending" }).slice(0, 6)).to.deep.equal([24, 6, 10, 28, 4, 33]);
      const day = (ago: number, buyers: number, credits: number) => [{ day: 100 - ago, buyers, credits }];
      expect(trendOf(day(0, 10, 100), 100)).to.be.greaterThan(trendOf(day(0, 1, 1_000), 100));
      expect(trendOf(day(0, 2, 20), 100) / trendOf(day(3, 2, 20), 100)).to.equal(2);
      expect(trendOf(day(30, 9, 900), 100)).to.equal(0);
      expect(trendOf([...day(1, 0, 50), ...day(1, 3, 0)], 100)).to.equal(0);
    });

    it("by age, puts the newest first", () => {
      expect(ids({ sort: "newest" }).slice(0, 4)).to.deep.equal([48, 47, 46, 45]);
    });

    it("by price, goes by what is asked for: of all licences, or of one tier", () => {
      const prices = (filters: Partial<WorkFilters>) => search(filters).results.map(({ price }) => price);
      expect(prices({ sort: "price" }).slice(0, 3)).to.deep.equal([CREDIT, 2 * CREDIT, 2 * CREDIT]);
      expect(prices({ sort: "-price" }).slice(0, 3)).to.deep.equal([150 * CREDIT, 70 * CREDIT, 35 * CREDIT]);
      expect(ids({ sort: "price", tier: ["Exclusive"] })).to.deep.equal([2, 23, 6]);
      expect(prices({ sort: "price", tier: ["Exclusive"] })).to.deep.equal(
        [600, 700, 900].map((each) => each * CREDIT),
      );
      expect(ids({ sort: "price", any: true }).at(-1), "without a price, last").to.equal(44);
      expect(ids({ sort: "-price", any: true }).at(-1), "either way").to.equal(44);
    });
  });

  describe("filtered", () => {
    it("takes tier, licence and price of one and the same offer", () => {
      // 10 has a personal licence for ever at 4, and a commercial one for a time at 30.
      const forTen = (filters: Partial<WorkFilters>) =>
        ids({ creator: [addressOf("Cleo Park")], ...filters }).includes(10);
      expect(forTen({ tier: ["Commercial"], licence: ["Dated"], min: 30 * CREDIT })).to.equal(true);
      expect(forTen({ tier: ["Personal"], licence: ["Dated"] })).to.equal(false);
      expect(forTen({ tier: ["Commercial"], max: 10 * CREDIT })).to.equal(false);
    });

    it("by stars, takes what is rated so high for sure: neither dust nor what nobody reviewed", () => {
      const works = variants(
        { score: { weight: 10, weighted: 500 } },
        { score: { weight: 9_000, weighted: 460 } },
        { score: { weight: 9_000, weighted: 190 } },
        { score: { weight: 0, weighted: 0 } },
      );
      const least = (rating: number) => idsIn(works.search({ ...NO_WORK_FILTERS, rating, sort: "newest" }));
      expect([4, 3, 2, 1].map(least)).to.deep.equal([[2], [2, 1], [2, 1], [3, 2, 1]]);
      const { rating } = works.search(NO_WORK_FILTERS).facets;
      expect(rating.map(({ count }) => count)).to.deep.equal([1, 2, 2, 3]);
    });

    it("for works that are for sale themselves, goes by what they are listed for", () => {
      expect(search({ resale: true, sort: "price" }).results).to.deep.equal([
        { id: 43, price: 35 * CREDIT },
        { id: 38, price: 200 * CREDIT },
      ]);
    });

    it("leaves out works of which nothing is for sale and those that hide what they are, unless all are asked for", () => {
      expect([ids({ q: "chestnuts" }), ids({ q: "chestnuts", any: true })]).to.deep.equal([[], [44]]);
      const hidden = variants({ isReadable: false });
      expect(idsIn(hidden.search(NO_WORK_FILTERS))).to.deep.equal([]);
      expect(idsIn(hidden.search({ ...NO_WORK_FILTERS, any: true }))).to.deep.equal([1]);
    });

    it("finding nothing, says what each filter alone keeps away, the one that keeps most first", () => {
      expect(search({ q: "harbour", modality: ["Music"] }).drop).to.deep.equal([
        { facet: "q", total: ids({ modality: ["Music"] }).length },
        { facet: "modality", total: 4 },
      ]);
      expect(search({ tier: ["Exclusive"], max: 100 * CREDIT }).drop).to.deep.equal([
        { facet: "tier", total: ids({ max: 100 * CREDIT }).length },
        { facet: "price", total: 3 },
      ]);
      expect(search({}).drop).to.deep.equal([]);
    });
  });

  describe("with any filters", () => {
    it("finds what a plain look at every work finds", () => {
      fc.assert(
        fc.property(anyFilters, (filters) => {
          const plain = WORKS.filter((work) => isFound(work, filters)).map(({ id }) => id);
          expect(ids(filters).toSorted((a, b) => a - b)).to.deep.equal(plain);
        }),
      );
    });

    it("counts of every facet's value what would be found with that value instead of its own filter", () => {
      fc.assert(
        fc.property(anyFilters, (filters) => {
          const { facets } = search(filters);
          const totals = (change: Partial<WorkFilters>) => search({ ...filters, ...change }).total;
          for (const each of WORK_MODALITIES) expect(facets.modality[each]).to.equal(totals({ modality: [each] }));
          for (const each of TIERS) expect(facets.tier[each], each).to.equal(totals({ tier: [each] }));
          for (const each of ["Perpetual", "Dated"] as const) {
            expect(facets.licence[each], each).to.equal(totals({ licence: [each] }));
          }
          facets.price.forEach(({ min, max, count }, place) => {
            expect(min).to.equal(PRICE_BOUNDS[place]);
            // With no price, only those that have one: a work that is listed nowhere is in no range.
            expect(count).to.equal(totals({ min, max: max === null ? Number.MAX_SAFE_INTEGER : max - 1 }));
          });
          for (const { atLeast, count } of facets.rating) expect(count).to.equal(totals({ rating: atLeast }));
          for (const { creator, count } of facets.creator) expect(count).to.equal(totals({ creator: [creator] }));
          for (const { tag, count } of facets.tag) expect(count, tag).to.equal(totals({ tag: [tag] }));
        }),
      );
    });

    it("names creators and tags with the most, and those that were chosen", () => {
      const { creator, tag } = search({ tag: ["whale"] }).facets;
      expect(tag.length).to.equal(21);
      expect(tag.map(({ tag: name }) => name)).to.include("whale");
      expect(creator.every(({ count }, place) => count <= (creator[place - 1]?.count ?? count))).to.equal(true);
    });

    it("asked for in another order, or twice, answers the same", () => {
      fc.assert(
        fc.property(anyFilters, (filters) => {
          const turned = {
            ...filters,
            ...{
              modality: filters.modality.toReversed(),
              tier: filters.tier.toReversed(),
              tag: filters.tag.toReversed(),
            },
          };
          expect(search(turned)).to.deep.equal(search(filters));
        }),
      );
    });

    it("page by page, gives everything once and in the order of one long page", () => {
      fc.assert(
        fc.property(anyFilters, fc.integer({ min: 1, max: 9 }), (filters, limit) => {
          const paged: number[] = [];
          for (let offset: number | null = 0; offset !== null; ) {
            const page = search({ ...filters, limit, offset });
            paged.push(...idsIn(page));
            expect(page.next).to.equal(paged.length < page.total ? paged.length : null);
            offset = page.next;
          }
          expect(paged).to.deep.equal(ids(filters));
        }),
      );
    });

    it("says for every filter alone what dropping it would find", () => {
      fc.assert(
        fc.property(anyFilters, (filters) => {
          const { total, drop } = search(filters);
          if (total > 0) {
            expect(drop).to.deep.equal([]);
            return;
          }
          const without = new Map(drop.map(({ facet, total: found }) => [facet, found]));
          for (const [facet, change] of Object.entries(DROPPED)) {
            const found = search({ ...filters, ...change }).total;
            expect(without.get(facet) ?? 0, facet).to.equal(found);
          }
        }),
      );
    });
  });

  describe("for similar works", () => {
    for (const [id, expected, why] of [
      [1, [2, 3], "its derivative, then the other harbour"],
      [6, [7, 9], "neon and city by the same creator, then city and rain"],
      [10, [11, 22], "piano by the same creator"],
      [12, [13], "a voice for meditation by the same creator"],
      [24, [23, 25], "robots"],
      [28, [30, 29], "seamless textures"],
      [41, [42, 43], "its derivative, then another abstract"],
      [33, [5], "the sea, as a video by the same creator"],
    ] as const) {
      it(`to ${id}, finds ${expected.join(", ")} first: ${why}`, () => {
        expect(catalogue.similar(id, expected.length)).to.deep.equal(expected);
      });
    }

    it("finds derivatives of the same parent that have no word in common", () => {
      const apart = { tags: [], description: "", creator: "0xa" };
      const family = variants(
        { ...apart, title: "One", parents: [9] },
        { ...apart, title: "Two", creator: "0xb", parents: [9] },
        { ...apart, title: "Three", creator: "0xc" },
      );
      expect(family.similar(1, 10)).to.deep.equal([2]);
    });

    it("names neither itself, nor what is not for sale, nor what has the modality alone in common", () => {
      for (const { id } of WORKS) expect(catalogue.similar(id, 50)).not.to.include.oneOf([id, 44]);
      expect(catalogue.similar(8, 50)).not.to.include(41);
    });

    it("to what is not there, finds nothing", () => {
      expect(catalogue.similar(999, 5)).to.deep.equal([]);
    });
  });

  it("names as trending what was paid for, of one modality where one is asked for", () => {
    expect(catalogue.trending(5, null)).to.deep.equal([24, 6, 10, 28, 4]);
    expect(catalogue.trending(3, "Music")).to.deep.equal([10, 4, 20]);
    expect(catalogue.trending(100, null)).not.to.include.oneOf([3, 32, 41, 44]);
  });
});

/** What leaves a filter out, by the name that `drop` has for it. */
const DROPPED: Record<string, Partial<WorkFilters>> = {
  ...{ modality: { modality: [] }, tier: { tier: [] }, licence: { licence: [] }, price: { min: null, max: null } },
  ...{ rating: { rating: null }, creator: { creator: [] }, tag: { tag: [] }, resale: { resale: false } },
  derivatives: { derivatives: false },
};

const few = <Value>(values: readonly Value[]) =>
  fc.oneof(fc.constant([]), fc.subarray([...values], { maxLength: Math.min(3, values.length) }));
const credits = fc.option(fc.constantFrom(0, 3, 5, 10, 25, 40, 50, 100, 600).map((each) => each * CREDIT));

const anyFilters: fc.Arbitrary<WorkFilters> = fc.record({
  q: fc.constant(""),
  modality: few(WORK_MODALITIES),
  tier: few(TIERS),
  licence: few(["Perpetual", "Dated"] as const),
  min: credits,
  max: credits,
  rating: fc.option(fc.constantFrom(1, 2, 3, 4)),
  creator: few([...new Set(WORKS.map(({ creator }) => creator))]),
  tag: few([...new Set(WORKS.flatMap(({ tags }) => tags))]),
  resale: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  derivatives: fc.boolean(),
  any: fc.boolean(),
  sort: fc.constantFrom(...SORTS),
  limit: fc.constant(100),
  offset: fc.constant(0),
});

function isForSale({ offers, resale }: WorkEntry): boolean {
  return offers.length > 0 || resale !== null;
}

/** Word by word what README.md says of filters. */
function isFound(work: WorkEntry, filters: WorkFilters): boolean {
  const { modality, tier, licence, min, max, rating, creator, tag, resale, derivatives, any } = filters;
  const of = <Value>(asked: readonly Value[], value: Value) => asked.length === 0 || asked.includes(value);
  if (!any && !isForSale(work)) return false;
  if (!of(modality, work.modality) || !of(creator, work.creator)) return false;
  if (tag.length > 0 && !work.tags.some((each) => tag.includes(each))) return false;
  const { weight, weighted } = work.score;
  const sure = (5_000 * 350 + weight * weighted) / (5_000 + weight);
  if (rating !== null && (weight === 0 || weighted < rating * 100 || sure < rating * 100)) return false;
  if ((resale && work.resale === null) || (derivatives && !work.allowsDerivatives)) return false;
  const wantsOffer = tier.length > 0 || licence.length > 0;
  const prices = work.offers
    .filter((offer) => of<string>(tier, offer.tier) && of(licence, offer.isDated ? "Dated" : "Perpetual"))
    .map(({ price }) => price);
  if (wantsOffer && prices.length === 0) return false;
  if (min === null && max === null) return true;
  const listed = wantsOffer ? null : work.resale;
  const price = !wantsOffer && resale ? listed : prices.length > 0 ? Math.min(...prices) : listed;
  return price !== null && price >= (min ?? 0) && price <= (max ?? Number.POSITIVE_INFINITY);
}
