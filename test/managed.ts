import { expect } from "chai";
import type { Signer } from "ethers";
import { networkHelpers, type World } from "./fixtures.ts";

/** A managed contract whose restricted function is tried. */
type Target = World["store"] | World["payouts"] | World["meter"] | World["plans"] | World["rewards"];

/**
 * Proves that `caller` can have `name` called only by announcing it `delay` seconds before, and lets it happen.
 * @returns The transaction that did it.
 */
export async function expectDelayed(
  w: Pick<World, "manager">,
  target: Target,
  caller: Signer,
  name: string,
  values: unknown[],
  delay: number,
) {
  const data = (target as unknown as World["store"]).interface.encodeFunctionData(name, values);
  const call = () => (target as unknown as World["store"]).connect(caller).getFunction(name)(...values);
  await expect(call()).to.be.revertedWithCustomError(w.manager, "AccessManagerNotScheduled");
  await w.manager.connect(caller).getFunction("schedule")(target.target, data, 0n);
  await networkHelpers.time.increase(delay - 10);
  await expect(call()).to.be.revertedWithCustomError(w.manager, "AccessManagerNotReady");
  await networkHelpers.time.increase(10);
  return call();
}
