import { expect } from "chai";
import { receiverOf } from "./receiver.ts";

const FRIEND = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const SELF = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const CONTRACT = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
const known = { self: SELF, contracts: [CONTRACT] } as const;

describe("whom a gift is for", () => {
  it("is read from an address, however it is written, with space around it", () => {
    expect(receiverOf(` ${FRIEND.toLowerCase()} `, known)).to.deep.equal({ account: FRIEND });
    expect(receiverOf(FRIEND, known)).to.deep.equal({ account: FRIEND });
  });

  it("is refused where letters were mistyped, which its checksum tells", () => {
    expect(receiverOf(FRIEND.replace("C8", "c8"), known)).to.equal("checksum");
  });

  it("is no name, no piece of an address and nothing", () => {
    for (const text of ["", "friend.eth", FRIEND.slice(0, 40)]) expect(receiverOf(text, known)).to.equal("notAddress");
  });

  it("is neither oneself, nor a contract of ours, nor nobody", () => {
    expect(receiverOf(SELF.toLowerCase(), known)).to.equal("self");
    expect(receiverOf(CONTRACT, known)).to.equal("contract");
    expect(receiverOf(`0x${"0".repeat(40)}`, known)).to.equal("contract");
  });
});
