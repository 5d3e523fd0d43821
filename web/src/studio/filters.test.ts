import { expect } from "chai";
import { filterFrom, type GalleryFilter, matches, withFilter } from "./filters.ts";

const read = (query: string, onTool = true) => filterFrom(new URLSearchParams(query), onTool);
const made = { modality: "Image", status: "completed", model: "stelai-4" } as const;
const ALL: GalleryFilter = { of: "all", modality: undefined, state: undefined };

describe("the gallery's filter", () => {
  it("is read from the address, and begins with the tool where there is one", () => {
    expect(read("")).to.deep.equal({ of: "tool", modality: undefined, state: undefined });
    expect(read("of=all&made=Video&state=failed")).to.deep.equal({ of: "all", modality: "Video", state: "failed" });
    expect(read("made=Music", false)).to.include({ of: "all", modality: "Music" });
  });

  it("takes nothing from the address that does not exist", () => {
    expect(read("of=none&made=Chat&state=lost")).to.deep.equal({ of: "tool", modality: undefined, state: undefined });
    expect(read("made=Video"), "a tool has one modality").to.include({ of: "tool", modality: undefined });
  });

  it("goes into the address and comes out the same, with the rest of it untouched", () => {
    for (const onTool of [true, false]) {
      const filter = { of: "all", modality: "Voice", state: "running" } as const;
      const params = withFilter(new URLSearchParams("locale=en-XA&state=failed"), filter, onTool);
      expect(params.get("locale")).to.equal("en-XA");
      expect(filterFrom(params, onTool)).to.deep.equal(filter);
    }
    expect(
      String(withFilter(new URLSearchParams("of=all&made=Image&state=failed"), { ...ALL, of: "tool" }, true)),
    ).to.equal("");
  });

  it("lets through what fits it", () => {
    expect(matches(made, ALL, undefined)).to.equal(true);
    expect(matches(made, { ...ALL, of: "tool" }, "stelai-4")).to.equal(true);
    expect(matches(made, { ...ALL, of: "tool" }, "stelai-5")).to.equal(false);
    expect(matches(made, { ...ALL, modality: "Music" }, undefined)).to.equal(false);
    expect(matches({ ...made, status: "cancelled" }, { ...ALL, state: "failed" }, undefined)).to.equal(true);
    expect(matches({ ...made, status: "queued" }, { ...ALL, state: "running" }, undefined)).to.equal(true);
    expect(matches(made, { ...ALL, state: "running" }, undefined)).to.equal(false);
  });
});
