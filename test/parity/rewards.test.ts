import { bonusOpenNonce, rewardsDomain, rewardsTypes } from "@stelai/sdk";
import { expect } from "chai";
import fc from "fast-check";
import { hashTypedData } from "viem";
import { deployed, networkHelpers, type World } from "../fixtures.ts";
import { address, bytes32, compareAll, sponsorship, uint } from "./random.ts";

describe("Solidity and the SDK agree, whatever the values, on what is signed about bonus credits:", () => {
  let w: World;
  let domain: ReturnType<typeof rewardsDomain>;
  before(async () => {
    w = await networkHelpers.loadFixture(deployed);
    const { chainId, contracts } = w.deployment;
    domain = rewardsDomain(chainId, contracts.Rewards);
  });

  it("the nonce that commits to opening a tab with bonus credits", async () => {
    const opening = fc.record({ operator: address, sessionKey: address, cap: uint(40), expiry: uint(64) });
    await compareAll(fc.tuple(opening, uint(40), sponsorship), async ([agreed, bonus, granted]) => {
      expect(bonusOpenNonce(agreed, bonus, granted)).to.equal(await w.meter.bonusOpenNonce(agreed, bonus, granted));
    });
  });

  it("the digest of a code's redemption", async () => {
    await compareAll(fc.record({ campaignId: uint(256), account: address }), async (message) => {
      const mine = hashTypedData({ domain, types: rewardsTypes, primaryType: "Redemption", message });
      expect(mine).to.equal(await w.rewards.redemptionDigest(message.campaignId, message.account));
    });
  });

  it("the digest of a grant", async () => {
    const fields = { campaignId: uint(256), account: address, amount: uint(256), deed: bytes32, deadline: uint(256) };
    await compareAll(fc.record(fields), async (message) => {
      const mine = hashTypedData({ domain, types: rewardsTypes, primaryType: "Grant", message });
      expect(mine).to.equal(await w.rewards.grantDigest(message));
    });
  });
});
