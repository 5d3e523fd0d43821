import { atFloor, credits, creditsOfWei, dollars, ether, WEI_PER_MICROCREDIT } from "../amounts.ts";
import type { Context } from "../context.ts";
import { facts } from "../output.ts";

/** `stelai balance`: what an account holds, from the chain. */
export async function balance(context: Context): Promise<void> {
  const account = await context.account();
  const stelai = await context.reader();
  const { client } = await context.network();
  const [held, bonus, { floorPrice }, wei] = await Promise.all([
    stelai.credits.getBalance({ account }),
    stelai.rewards.getBonus({ account }),
    stelai.credits.getSolvency(),
    client.getBalance({ address: account }),
  ]);
  const redeemable = atFloor(held.stelai / WEI_PER_MICROCREDIT, floorPrice);
  const data = { account, creditsWei: held.stelai, redeemableReserve: redeemable, bonusMicro: bonus.balance };
  context.print({ ...data, reserve: held.reserve, gasWei: wei, floorPriceReserve: floorPrice }, () =>
    facts([
      ["account", account],
      ["credits", `${creditsOfWei(held.stelai)} (${dollars(redeemable)} at the floor)`],
      ["bonus credits", `${credits(bonus.balance)}${bonus.balance > 0n ? `, until ${day(bonus.lapsesAt)}` : ""}`],
      ["dollars", dollars(held.reserve)],
      ["for gas", ether(wei)],
    ]),
  );
}

function day(seconds: bigint): string {
  return new Date(Number(seconds) * 1_000).toISOString().slice(0, 10);
}
