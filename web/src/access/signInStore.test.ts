import { expect } from "chai";
import { isGood, signInKey } from "./signInStore.ts";

const ACCOUNT = "0x00000000000000000000000000000000000000Aa";
const NOW = Date.parse("2026-11-22T00:00:00Z");
const kept = (expiresAt: string) => ({ address: ACCOUNT, sessionKey: "0x01", expiresAt }) as const;

describe("sign-in kept in this browser", () => {
  it("is good until a minute before it ends", () => {
    expect(isGood(kept("2026-12-22T00:00:00Z"), NOW)).to.equal(true);
    expect(isGood(kept("2026-11-22T00:00:30Z"), NOW)).to.equal(false);
    expect(isGood(kept("2026-11-21T00:00:00Z"), NOW)).to.equal(false);
  });

  it("is none when nothing was kept, or something unreadable", () => {
    expect(isGood(undefined, NOW)).to.equal(false);
    expect(isGood(kept("soon"), NOW)).to.equal(false);
  });

  it("is another for each account and each relayer, however the address is written", () => {
    const key = signInKey("http://one", ACCOUNT);
    expect(signInKey("http://one", ACCOUNT.toLowerCase() as typeof ACCOUNT)).to.equal(key);
    expect(signInKey("http://two", ACCOUNT)).not.to.equal(key);
  });
});
