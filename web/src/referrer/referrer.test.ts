import { expect } from "chai";
import { dropReferrer, keepReferrer, keptReferrer, referrerIn, withoutReferrer } from "./referrer.ts";

const FRIEND = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const OTHER = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";

describe("A referral link", () => {
  let stored: Map<string, string>;

  beforeEach(() => {
    stored = new Map();
    const storage = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
      removeItem: (key: string) => stored.delete(key),
    };
    Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
  });

  after(() => {
    Reflect.deleteProperty(globalThis, "localStorage");
  });

  it("names who sent it, however the address is written", () => {
    expect(referrerIn(`?tab=1&ref=${FRIEND.toLowerCase()}`)).to.equal(FRIEND);
  });

  it("names nobody where there is no address", () => {
    for (const search of ["", "?ref=", "?ref=alice", "?ref=0x12", `?reference=${FRIEND}`]) {
      expect(referrerIn(search), search).to.equal(undefined);
    }
  });

  it("leaves the rest of the address as it was", () => {
    expect(withoutReferrer(`?q=a+b&ref=${FRIEND}&locale=en-XA`)).to.equal("?q=a+b&locale=en-XA");
    expect(withoutReferrer(`?ref=${FRIEND}`)).to.equal("");
  });

  it("is kept in this browser, the first of them, until it is dropped", () => {
    keepReferrer(`?ref=${FRIEND}`);
    keepReferrer(`?ref=${OTHER}`);
    expect(keptReferrer()).to.equal(FRIEND);
    dropReferrer();
    expect(keptReferrer()).to.equal(undefined);
    keepReferrer(`?ref=${OTHER}`);
    expect(keptReferrer()).to.equal(OTHER);
  });

  it("is forgotten where what is kept is no address", () => {
    stored.set("stelai.referrer", "<script>");
    expect(keptReferrer()).to.equal(undefined);
  });

  it("counts for nobody where the browser keeps nothing, and breaks nothing", () => {
    Object.defineProperty(globalThis, "localStorage", {
      get: () => {
        throw new DOMException("denied", "SecurityError");
      },
      configurable: true,
    });
    keepReferrer(`?ref=${FRIEND}`);
    dropReferrer();
    expect(keptReferrer()).to.equal(undefined);
  });
});
