import { expect } from "chai";
import { dropStateOfOtherChain } from "./chainState.ts";

function memoryWith(genesis: string | null) {
  const items = new Map<string, string>(genesis === null ? [] : [["stelai.genesis", genesis]]);
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
}

describe("state of a chain", () => {
  it("stays when the chain is the remembered one", async () => {
    let dropped = 0;
    const changed = await dropStateOfOtherChain("0xaa", memoryWith("0xaa"), async () => void dropped++);
    expect([changed, dropped]).to.deep.equal([false, 0]);
  });

  it("is dropped when the genesis hash differs, and the new one is remembered", async () => {
    const memory = memoryWith("0xaa");
    let dropped = 0;
    const changed = await dropStateOfOtherChain("0xbb", memory, async () => void dropped++);
    expect([changed, dropped, memory.items.get("stelai.genesis")]).to.deep.equal([true, 1, "0xbb"]);
  });

  it("is dropped again the next time when dropping failed", async () => {
    const memory = memoryWith("0xaa");
    const failure = await dropStateOfOtherChain("0xbb", memory, () => Promise.reject(new Error("blocked"))).catch(
      (error: Error) => error.message,
    );
    expect([failure, memory.items.get("stelai.genesis")]).to.deep.equal(["blocked", "0xaa"]);
  });
});
