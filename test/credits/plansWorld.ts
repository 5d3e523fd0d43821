import type { Signer } from "ethers";
import { DAY, ethers, FLOOR, networkHelpers, usd, type World, withDollars } from "../fixtures.ts";
import { domainOf, signPermit } from "../signing.ts";

const { time } = networkHelpers;

/** How long after its end a cycle can still be renewed, in seconds. */
export const GRACE = 14 * DAY;
/** A plan's month, in seconds. */
export const MONTH = 30 * DAY;
/** Nobody sent the buyer. */
export const NOBODY = ethers.ZeroAddress;

/** `RenewalStatus` by name. */
export const Renewal = {
  ...{ Due: 0n, NotDue: 1n, NotRenewing: 2n, Lapsed: 3n, Paused: 4n },
  ...{ NotOffered: 7n, PriceAboveMandate: 8n, BalanceTooLow: 9n, AllowanceTooLow: 10n },
} as const;

/** {@link withDollars}; Alice pays the small plan, and agreed to its price for each cycle to come. */
export async function withPlan() {
  const w = await networkHelpers.loadFixture(withDollars);
  await w.plans.connect(w.alice).subscribe(1n, usd("9.5"), usd("9.5"), NOBODY);
  const { start, end } = await w.plans.subscriptionOf(w.alice.address);
  return { ...w, start: Number(start), end: Number(end) };
}

/** Every credit is covered by the floor, and nothing of anyone's stays with the plans. */
export async function isSound({ store, stelai, usdc, plans }: World): Promise<boolean> {
  const covered = (await usdc.balanceOf(store.target)) * 10n ** 18n >= FLOOR * (await stelai.totalSupply());
  return covered && (await usdc.balanceOf(plans.target)) === 0n && (await stelai.balanceOf(plans.target)) === 0n;
}

/** Announces a call of the holder of PRICING; what is returned makes it, once two days have passed. */
export async function announce(w: World, contract: World["plans"] | World["store"], name: string, values: unknown[]) {
  const target = contract as World["plans"];
  const data = target.interface.encodeFunctionData(name, values);
  await w.manager.connect(w.pricing).schedule(target.target, data, 0n);
  return () => target.connect(w.pricing).getFunction(name)(...values);
}

/** {@link announce}, and waits. */
export async function priced(w: World, name: string, values: unknown[]) {
  const enact = await announce(w, w.plans, name, values);
  await time.increase(2 * DAY);
  return enact();
}

/** What a renewal of one account would do now. */
export async function renewalOf(w: World, account: { address: string }): Promise<bigint> {
  const [status] = await w.plans.renewalsOf([account.address]);
  return status;
}

/** A permit of `signer`'s for the store, as the entries take it: allowance, deadline, v, r, s. */
export async function permitFor(w: World, signer: Signer & { address: string }, value: bigint) {
  const deadline = ethers.MaxUint256;
  const { v, r, s } = await signPermit(await domainOf(w.usdc, w.chainId), signer, {
    owner: signer.address,
    spender: String(w.store.target),
    value,
    nonce: await w.usdc.nonces(signer.address),
    deadline,
  });
  return [value, deadline, v, r, s] as const;
}
