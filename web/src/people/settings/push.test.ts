import { expect } from "chai";
import { bytesOf, type PushFacts, pushStateOf } from "./push.ts";

const ON: PushFacts = {
  pushKey: "BA",
  isSupported: true,
  permission: "granted",
  endpoint: "https://push.example/1",
  given: "https://push.example/1",
};

describe("push on this browser", () => {
  it("is on when the browser's subscription is the one that the account gave", () => {
    expect(pushStateOf(ON)).to.equal("on");
  });

  it("is off at this operator when it has no key, whatever the browser can", () => {
    expect(pushStateOf({ ...ON, pushKey: null })).to.equal("off");
  });

  it("is said not to be there when the browser has no push", () => {
    expect(pushStateOf({ ...ON, isSupported: false, permission: "default" })).to.equal("unsupported");
  });

  it("is said to be refused when the browser must not ask any more", () => {
    expect(pushStateOf({ ...ON, permission: "denied" })).to.equal("denied");
  });

  it("can be turned on when the subscription is another account's or was renewed by the browser", () => {
    expect(pushStateOf({ ...ON, given: undefined })).to.equal("idle");
    expect(pushStateOf({ ...ON, endpoint: "https://push.example/2" })).to.equal("idle");
  });

  it("can be turned on again after the permission was taken back", () => {
    expect(pushStateOf({ ...ON, permission: "default" })).to.equal("idle");
  });

  it("can be turned on when neither browser nor account has anything", () => {
    expect(pushStateOf({ ...ON, endpoint: undefined, given: undefined })).to.equal("idle");
  });

  it("reads a key with the signs of base64url and without padding", () => {
    expect([...bytesOf("-_8A")]).to.deep.equal([0xfb, 0xff, 0x00]);
    expect([...bytesOf("AQ")]).to.deep.equal([1]);
  });
});
