import { expect } from "chai";
import { exclusively } from "./lock.ts";

/** Two steps with a turn of the event loop in between, which others could use. */
async function steps(log: string[], name: string): Promise<void> {
  log.push(`${name} begins`);
  await new Promise((resolve) => setImmediate(resolve));
  log.push(`${name} ends`);
}

describe("Exclusive work", () => {
  const navigator = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  afterEach(() => {
    if (navigator) Object.defineProperty(globalThis, "navigator", navigator);
  });

  for (const locks of ["with Web Locks", "without Web Locks"]) {
    it(`runs one after the other under one name, ${locks}, also after a failure`, async () => {
      if (locks === "without Web Locks")
        Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
      const log: string[] = [];
      const failed = exclusively("a", async () => {
        await steps(log, "one");
        throw new Error("no");
      }).catch((error: Error) => log.push(error.message));
      await Promise.all([
        failed,
        exclusively("a", () => steps(log, "two")),
        exclusively("a", () => steps(log, "three")),
      ]);
      const order = log.filter((entry) => entry !== "no");
      expect(order).to.deep.equal(["one begins", "one ends", "two begins", "two ends", "three begins", "three ends"]);
      expect(log).to.include("no");
    });

    it(`runs at the same time under different names, ${locks}`, async () => {
      if (locks === "without Web Locks")
        Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
      const log: string[] = [];
      await Promise.all([exclusively("b", () => steps(log, "one")), exclusively("c", () => steps(log, "two"))]);
      expect(log.slice(0, 2)).to.deep.equal(["one begins", "two begins"]);
    });
  }
});
