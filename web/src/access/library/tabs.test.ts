import { expect } from "chai";
import { libraryTab, withLibraryTab } from "./tabs.ts";

describe("the library's tabs", () => {
  it("open with what was made, also where the address names a tab that does not exist", () => {
    expect(libraryTab(new URLSearchParams())).to.equal("made");
    expect(libraryTab(new URLSearchParams("tab=attic"))).to.equal("made");
    expect(libraryTab(new URLSearchParams("tab=gifts"))).to.equal("gifts");
  });

  it("are kept in the address, without the filters of the tab that was left", () => {
    const from = new URLSearchParams("locale=en-XA&made=Voice&state=failed");
    expect(String(withLibraryTab(from, "passes"))).to.equal("locale=en-XA&tab=passes");
    expect(String(withLibraryTab(new URLSearchParams("tab=passes"), "made"))).to.equal("");
  });
});
