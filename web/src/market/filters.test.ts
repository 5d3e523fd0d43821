import { expect } from "chai";
import { activeFilters, filterFrom, marketHref, NOTHING, paramsOf, toggled, without, withoutFacet } from "./filters.ts";

const CREATOR = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const FULL = `q=moss&modality=Image&modality=Video&tier=Commercial&creator=${CREATOR}&tag=stone&tag=sea&licence=Dated&min=5000000&max=90000000&rating=3&resale=true&derivatives=true&sort=-price`;

describe("the market's address", () => {
  it("says everything that the market is narrowed to, and is the same when it is written again", () => {
    const filter = filterFrom(new URLSearchParams(FULL));
    expect(filter.modality).to.deep.equal(["Image", "Video"]);
    expect(filter.creator).to.deep.equal([CREATOR]);
    expect(filter.min).to.equal(5_000_000n);
    expect(filter.rating).to.equal(3);
    expect(paramsOf(filter).toString()).to.equal(FULL);
  });

  it("narrows nothing by what does not exist", () => {
    const wrong =
      "modality=Chat&tier=Free&licence=x&min=-1&max=1e9&rating=5&creator=0x12&tag=&resale=yes&sort=random&other=1";
    expect(filterFrom(new URLSearchParams(wrong))).to.deep.equal(NOTHING);
    expect(paramsOf(filterFrom(new URLSearchParams(wrong))).size).to.equal(0);
    expect(filterFrom(new URLSearchParams(`max=${"9".repeat(19)}`)).max).to.equal(undefined);
  });

  it("counts a value that stands there twice once, however it is written", () => {
    const twice = new URLSearchParams(`tag=sea&tag=sea&creator=${CREATOR}&creator=${CREATOR.toLowerCase()}`);
    expect(activeFilters(filterFrom(twice))).to.have.length(2);
  });

  it("is short for all of it, and for a link to a tag", () => {
    expect(marketHref({})).to.equal("/market");
    expect(marketHref({ tag: ["still life"] })).to.equal("/market?tag=still+life");
  });
});

describe("filters that are on", () => {
  const filter = filterFrom(new URLSearchParams(FULL));

  it("are told one by one, a range of prices as one", () => {
    expect(activeFilters(filter).map(({ facet, value }) => `${facet}:${value}`)).to.deep.equal([
      "modality:Image",
      "modality:Video",
      "tier:Commercial",
      "licence:Dated",
      "price:5000000-90000000",
      "rating:3",
      `creator:${CREATOR}`,
      "tag:stone",
      "tag:sea",
      "resale:",
      "derivatives:",
    ]);
  });

  it("go away one by one, and nothing but them", () => {
    for (const one of activeFilters(filter)) {
      const left = activeFilters(without(filter, one));
      expect(left).to.have.length(activeFilters(filter).length - 1);
      expect(left).not.to.deep.include(one);
    }
    expect(without(filter, { facet: "tag", value: "sea" }).query).to.equal("moss");
  });

  it("go away by facet, as the index names what to drop", () => {
    expect(withoutFacet(filter, "tag").tag).to.deep.equal([]);
    expect(withoutFacet(filter, "price")).to.include({ min: undefined, max: undefined });
    expect(withoutFacet(filter, "q").query).to.equal("");
    expect(withoutFacet(filter, "unheard of")).to.deep.equal(filter);
  });

  it("turn on and off", () => {
    const on = toggled(NOTHING, "tier", "Personal");
    expect(on.tier).to.deep.equal(["Personal"]);
    expect(toggled(on, "tier", "Personal")).to.deep.equal(NOTHING);
  });
});
