import type { OrderView } from "@stelai/sdk";
import type { LicenceStatus } from "@stelai/sdk/wire";
import { expect } from "chai";
import { groupsOf } from "./groups.ts";

const order = (licenceId: bigint, status: LicenceStatus, deadline: bigint | null = null) =>
  ({ licenceId, status, deadline, boughtAt: licenceId }) as OrderView;
const ids = (orders: readonly OrderView[]) => orders.map(({ licenceId }) => licenceId);

describe("licences in the library", () => {
  it("stand by what has to be done: under way by their deadline, then held and refunded ones by age", () => {
    const { open, held, over } = groupsOf([
      order(1n, "Released"),
      order(2n, "Escrowed", 90n),
      order(3n, "Refunded"),
      order(4n, "Disputed", 70n),
      order(5n, "Released"),
      order(6n, "Delivered", 80n),
    ]);
    expect(ids(open)).to.deep.equal([4n, 6n, 2n]);
    expect(ids(held)).to.deep.equal([5n, 1n]);
    expect(ids(over)).to.deep.equal([3n]);
  });
});
