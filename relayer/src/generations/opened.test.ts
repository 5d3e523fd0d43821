import { expect } from "chai";
import { OpenedFiles } from "./opened.ts";

describe("Files that were opened", () => {
  let opened: string[];
  beforeEach(() => {
    opened = [];
  });
  const opening = (cid: string, size: number) => async () => {
    opened.push(cid);
    return new Uint8Array(size);
  };

  it("are opened once for all who want them, at the same time or one after the other", async () => {
    const files = new OpenedFiles(100);
    const [one, two] = await Promise.all([files.get("a", opening("a", 10)), files.get("a", opening("a", 10))]);
    expect(one).to.equal(two);
    expect(await files.get("a", opening("a", 10))).to.equal(one);
    expect(opened).to.deep.equal(["a"]);
  });

  it("are kept within so many bytes, the last used ones; what is larger is not kept", async () => {
    const files = new OpenedFiles(100);
    for (const cid of ["a", "b", "a", "c", "a", "b"]) await files.get(cid, opening(cid, 50));
    expect(opened).to.deep.equal(["a", "b", "c", "b"]);
    await files.get("large", opening("large", 101));
    await files.get("large", opening("large", 101));
    expect(opened.slice(4)).to.deep.equal(["large", "large"]);
    expect(files.bytes).to.equal(100);
  });

  it("are not kept when they are forgotten, even while they are opened", async () => {
    const files = new OpenedFiles(100);
    const under = files.get("a", opening("a", 10));
    files.forget("a");
    await under;
    expect(files.bytes).to.equal(0);
    await files.get("a", opening("a", 10));
    files.forget("a");
    expect(files.bytes).to.equal(0);
    await files.get("a", opening("a", 10));
    expect(opened).to.have.length(3);
  });

  it("are tried again after a failure", async () => {
    const files = new OpenedFiles(100);
    const failed = await files.get("a", () => Promise.reject(new Error("gone"))).catch(String);
    expect(failed).to.equal("Error: gone");
    expect(await files.get("a", opening("a", 10))).to.have.length(10);
  });
});
