import { ContractError, encodeInvite, type SignedInvite } from "@stelai/sdk";
import { expect } from "chai";
import { zeroAddress } from "viem";
import { privateKeyToAddress } from "viem/accounts";
import { en } from "../locales/en/index.ts";
import { inviteWords, problemOf, problemSeen, readInvite } from "./invite.ts";

const KEY = `0x${"11".repeat(32)}` as const;
const FRIEND = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const OTHER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

const bearer: SignedInvite = {
  invite: {
    characterId: 7n,
    account: zeroAddress,
    key: privateKeyToAddress(KEY),
    generation: 1n,
    expiry: 2_000n,
    salt: `0x${"22".repeat(32)}`,
  },
  signature: `0x${"33".repeat(65)}`,
  key: KEY,
};
const bound: SignedInvite = {
  invite: { ...bearer.invite, account: FRIEND, key: zeroAddress },
  signature: bearer.signature,
};

describe("invite in a link", () => {
  it("is read from the fragment, named or not", () => {
    const text = encodeInvite(bearer);
    for (const fragment of [`#${text}`, `#invite=${text}`]) {
      expect(readInvite(fragment)).to.deep.equal({ signed: bearer });
    }
  });

  it("is none where the link was cut off, or holds something else", () => {
    const text = encodeInvite(bearer);
    for (const fragment of ["", "#", `#${text.slice(0, -3)}`, "#hello"]) {
      expect(readInvite(fragment), fragment).to.deep.equal({ problem: "malformed" });
    }
  });

  it("is over after its time, and for nobody but the account it names", () => {
    expect(problemSeen(bearer, OTHER, 2_001n)).to.equal("expired");
    expect(problemSeen(bearer, OTHER, 2_000n)).to.equal(undefined);
    expect(problemSeen(bound, OTHER, 0n)).to.equal("another");
    expect(problemSeen(bound, FRIEND, 0n)).to.equal(undefined);
    expect(problemSeen(bound, undefined, 0n)).to.equal(undefined);
  });

  it("has words and a way on for each refusal of the contract", () => {
    const refused = (name: string) => problemOf(new ContractError(name, {}, "", ""));
    expect(refused("InviteSpent")).to.equal("spent");
    expect(refused("InviteExpired")).to.equal("expired");
    expect(refused("InviteForAnother")).to.equal("another");
    expect(refused("InviteRevokedWithAll")).to.equal("revoked");
    expect(refused("InvalidInviteSignature")).to.equal("forged");
    expect(refused("PriceAboveMaximum")).to.equal(undefined);
    for (const problem of ["spent", "expired", "another", "revoked", "forged", "malformed"] as const) {
      expect(en).to.include.keys(...Object.values(inviteWords(problem)));
    }
  });
});
