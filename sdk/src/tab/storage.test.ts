import { expect } from "chai";
import { memoryStorage, webStorage } from "./storage.ts";

/** A `Storage` as browsers have it. */
function browserStorage(): Storage {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}

for (const [name, make] of [
  ["in memory", () => memoryStorage()],
  ["on localStorage", () => webStorage(browserStorage())],
] as const) {
  describe(`Storage ${name}`, () => {
    it("keeps, lists by prefix and deletes", async () => {
      const storage = make();
      await storage.set("a:1", "one");
      await storage.set("a:2", "two");
      await storage.set("b:1", "three");
      expect(await storage.get("a:1")).to.equal("one");
      expect((await storage.keys("a:")).sort()).to.deep.equal(["a:1", "a:2"]);
      await storage.delete("a:1");
      expect(await storage.get("a:1")).to.equal(undefined);
      expect(await storage.keys("a:")).to.deep.equal(["a:2"]);
    });
  });
}
