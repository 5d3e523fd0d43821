import { expect } from "chai";
import { readReference } from "../../docs/reference.ts";
import { installed } from "../package/world.ts";

describe("The API reference", () => {
  it("has every export of every sub-path, each with a docstring", async () => {
    const { project, types } = await installed();
    const { count, modules, undocumented } = await readReference(project.folder, types);
    expect(modules).to.have.all.keys(...Object.keys(types));
    expect(Object.entries(modules).filter(([, exports]) => exports === 0)).to.deep.equal([]);
    expect(count).to.be.greaterThan(500);
    expect(undocumented).to.deep.equal([]);
  });
});
