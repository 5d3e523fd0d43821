import { expect } from "chai";
import { type InviteFacts, inviteState, type KeptInvite } from "./invites.ts";

const HASH = `0x${"11".repeat(32)}` as const;
const ANN = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";

const invite: KeptInvite = {
  ...{ characterId: "7", hash: HASH, account: null, note: "", madeAt: 10, expiry: 1_000, generation: "2", text: "x" },
};
const facts = (values: Partial<InviteFacts> = {}): InviteFacts => ({
  ...{ spent: new Set(), generation: 2n, circle: { redeemed: [], revoked: [] } },
  ...values,
});

describe("state of an invite", () => {
  it("is open until its time is over", () => {
    expect(inviteState(invite, facts(), 1_000n)).to.deep.equal({ is: "open" });
    expect(inviteState(invite, facts(), 1_001n)).to.deep.equal({ is: "expired" });
  });

  it("is redeemed, by whom and when, even after its time and after all were revoked", () => {
    const circle = { redeemed: [{ invite: HASH, account: ANN, at: 500n } as const], revoked: [] };
    expect(inviteState(invite, facts({ circle, generation: 3n, spent: new Set([HASH]) }), 2_000n)).to.deep.equal({
      ...{ is: "redeemed", by: ANN, at: 500n },
    });
  });

  it("is revoked by itself, or with all others by a new generation", () => {
    const circle = { redeemed: [], revoked: [{ invite: HASH, at: 500n }] };
    expect(inviteState(invite, facts({ circle }), 1n)).to.deep.equal({ is: "revoked" });
    expect(inviteState(invite, facts({ generation: 3n }), 1n)).to.deep.equal({ is: "revoked" });
  });

  it("is spent when the chain says so and the index cannot tell how", () => {
    expect(inviteState(invite, facts({ spent: new Set([HASH]) }), 1n)).to.deep.equal({ is: "spent" });
    expect(inviteState(invite, facts({ spent: new Set([HASH]), circle: undefined }), 1n)).to.deep.equal({
      is: "spent",
    });
  });
});
