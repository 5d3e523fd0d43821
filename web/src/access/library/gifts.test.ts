import type { Pass } from "@stelai/sdk";
import { expect } from "chai";
import { giftsOf } from "./gifts.ts";

const ME = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const FRIEND = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

const period = (payer: typeof ME | typeof FRIEND, start: bigint) =>
  ({ payer, start, plan: "Monthly", price: 1n, until: start + 1n, transaction: "0x" }) as const;
const pass = (characterId: bigint, periods: ReturnType<typeof period>[]) =>
  ({ characterId, periods }) as unknown as Pass;

describe("gifts received", () => {
  it("are the periods that others paid for, the newest first, however addresses are written", () => {
    const lower = { ...period(ME, 9n), payer: ME.toLowerCase() as typeof ME };
    const gifts = giftsOf([pass(1n, [period(FRIEND, 2n), lower]), pass(2n, [period(FRIEND, 5n)])], ME);
    expect(gifts.map(({ characterId, start }) => [characterId, start])).to.deep.equal([
      [2n, 5n],
      [1n, 2n],
    ]);
  });
});
