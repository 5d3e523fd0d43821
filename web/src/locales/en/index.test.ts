import { globSync } from "node:fs";
import { expect } from "chai";
import { APART, en } from "./index.ts";

describe("the catalogues", () => {
  it("have what was done in the frame, since every page tells of it", () => {
    const intents = Object.keys(en).filter((id) => /intent/i.test(id));
    const apart = new Set(Object.values(APART).flatMap((area) => Object.keys(area)));
    expect(intents).not.to.be.empty;
    expect(intents.filter((id) => apart.has(id))).to.deep.equal([]);
  });

  it("have each sentence in one place", async () => {
    const files = globSync("!(index)*.ts", { cwd: import.meta.dirname });
    const modules: Record<string, object>[] = await Promise.all(files.map((file) => import(`./${file}`)));
    const ids = modules.flatMap((module) => Object.values(module).flatMap((area) => Object.keys(area)));
    expect(ids.length).to.be.at.least(Object.keys(en).length);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).to.deep.equal([]);
  });
});
