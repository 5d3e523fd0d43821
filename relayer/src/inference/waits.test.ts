import { expect } from "chai";
import { TooManyWaitsError } from "./generationErrors.ts";
import { Waits } from "./waits.ts";

describe("Requests that wait for generations", () => {
  it("are so many of an account and of a network, and more when one has ended, however it ended", async () => {
    const waits = new Waits({ account: 1, network: 2 });
    const gates = [0, 1].map(() => Promise.withResolvers<void>());
    const wait = (account: string, gate = gates[0]) =>
      waits.during("gen", { account, network: "n" }, () => gate?.promise ?? Promise.resolve()).catch((e: unknown) => e);
    const ann = wait("ann");
    const refused = await wait("ann", gates[1]);
    expect(refused).to.be.instanceOf(TooManyWaitsError).and.include({ status: 429, code: "rate_limited" });
    expect(refused).to.have.deep.property("details", { generation: "gen" });
    const ben = wait("ben", gates[1]);
    expect(await wait("cleo")).to.be.instanceOf(TooManyWaitsError);
    gates[1]?.reject(new Error("gone"));
    expect(String(await ben)).to.equal("Error: gone");
    const cleo = wait("cleo");
    gates[0]?.resolve();
    expect(await Promise.all([ann, cleo])).to.deep.equal([undefined, undefined]);
  });
});
