import { expect } from "chai";
import { RelayerProtocolError } from "../errors/relayer.ts";
import { everyPage, MAX_PAGES } from "./pages.ts";

describe("Reading page after page", () => {
  const read = async (first: bigint | undefined, next: (after: bigint | undefined) => bigint | null) => {
    const asked: (bigint | undefined)[] = [];
    const error = await everyPage(first, async (after) => {
      asked.push(after);
      return next(after);
    }).catch((thrown: unknown) => thrown);
    return { asked, error };
  };

  it("ends with the last page", async () => {
    const { asked, error } = await read(undefined, (after = 0n) => (after < 4n ? after + 2n : null));
    expect(asked).to.deep.equal([undefined, 2n, 4n]);
    expect(error).to.equal(undefined);
  });

  it("ends where the relayer does not advance", async () => {
    expect((await read(7n, () => 7n)).asked).to.deep.equal([7n]);
  });

  it("fails when there is always one more", async () => {
    const { asked, error } = await read(undefined, (after = 0n) => after + 1n);
    expect(asked).to.have.length(MAX_PAGES);
    expect(error).to.be.instanceOf(RelayerProtocolError);
  });
});
