import { expect } from "chai";
import { getAddress, numberToHex } from "viem";
import { batchesOf, readAddresses } from "./addresses.ts";

const ANN = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";
const BEN = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";

describe("pasted addresses", () => {
  it("are read one a line, or with anything between them, each once and in order", () => {
    const list = readAddresses(`${BEN}\r\n${ANN.toLowerCase()}, ${BEN};${ANN}\n\n`);
    expect(list).to.deep.equal({ accounts: [BEN, ANN], repeated: 2, bad: [] });
  });

  it("are found in a table beside other columns", () => {
    expect(readAddresses(`Ann,${ANN},2026-01-05\n"Ben";"${BEN}"`)).to.deep.equal({
      ...{ accounts: [ANN, BEN], repeated: 0, bad: [] },
    });
  });

  it("are told by line and reason when they cannot be read, and not taken", () => {
    const mistyped = ANN.replace("e81E", "e81e");
    const { accounts, bad } = readAddresses(`${BEN}\nfriend.eth\n0x1234\n${mistyped}\n0x${"0".repeat(40)}`);
    expect(accounts).to.deep.equal([BEN]);
    expect(bad.map(({ line, why }) => [line, why])).to.deep.equal([
      [2, "noAddress"],
      [3, "notWhole"],
      [4, "checksum"],
      [5, "zero"],
    ]);
  });

  it("are thousands as well", () => {
    const many = Array.from({ length: 10_000 }, (_, at) => getAddress(numberToHex(at + 1, { size: 20 })));
    expect(readAddresses(many.join("\n")).accounts).to.deep.equal(many);
  });

  it("go out in batches that hold every one of them once", () => {
    expect(batchesOf([1, 2, 3, 4, 5], 2)).to.deep.equal([[1, 2], [3, 4], [5]]);
    expect(batchesOf([], 2)).to.deep.equal([]);
  });
});
