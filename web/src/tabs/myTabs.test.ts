import { expect } from "chai";
import { bonusStanding, type MyTab, sortTabs, tabKey, tabState } from "./myTabs.ts";

const THAW = 86_400n;
const tab = { cap: 100n, spent: 40n, expiry: 1_000n, closing: false };

describe("state of a tab", () => {
  it("is open until its expiry, then expired, and can be taken back only after the thaw", () => {
    expect(tabState(tab, 999n, THAW)).to.equal("open");
    expect(tabState(tab, 1_000n, THAW)).to.equal("expired");
    expect(tabState(tab, 1_000n + THAW, THAW)).to.equal("expired");
    expect(tabState(tab, 1_001n + THAW, THAW)).to.equal("reclaimable");
  });

  it("is closing once its payer asked, and can be taken back after the same thaw", () => {
    const closing = { ...tab, closing: true };
    expect(tabState(closing, 1_000n, THAW)).to.equal("closing");
    expect(tabState(closing, 1_001n + THAW, THAW)).to.equal("reclaimable");
  });

  it("is closed when nothing is left that could come back", () => {
    expect(tabState({ ...tab, closing: true, cap: 40n }, 2_000_000n, THAW)).to.equal("closed");
    expect(tabState({ ...tab, cap: 40n }, 10n, THAW)).to.equal("open");
  });
});

describe("bonus in a tab", () => {
  it("is spent before anything else", () => {
    expect([
      bonusStanding(50n, 0n),
      bonusStanding(50n, 49n),
      bonusStanding(50n, 50n),
      bonusStanding(50n, 80n),
    ]).to.deep.equal([50n, 1n, 0n, 0n]);
  });
});

describe("tabs of a wallet", () => {
  it("are named alike whatever the letters of the operator's address", () => {
    expect(tabKey("0xAB", 3n)).to.equal(tabKey("0xab", 3n));
  });

  it("begin with what can be used, the newest first", () => {
    const of = (tabId: bigint, state: MyTab["state"]) => ({ tabId, state }) as MyTab;
    const sorted = sortTabs([of(9n, "closed"), of(1n, "open"), of(5n, "expired"), of(2n, "open")]);
    expect(sorted.map(({ tabId }) => tabId)).to.deep.equal([2n, 1n, 5n, 9n]);
  });
});
