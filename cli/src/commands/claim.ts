import type { Hex } from "viem";
import { creditsOfWei, dollars, dollarsOption } from "../amounts.ts";
import { readBooks } from "../books.ts";
import { address, type Context } from "../context.ts";
import { CommandError, UsageError } from "../failures.ts";
import { facts } from "../output.ts";

export type ClaimOptions = { redeem?: boolean; minimum?: string; to?: string; collect?: boolean };

/** `stelai claim`: withdraws what was earned, in credits, or redeems it at the floor in the same transaction. */
export async function claim(context: Context, options: ClaimOptions): Promise<void> {
  if (options.minimum !== undefined && options.redeem !== true) {
    throw new UsageError("--minimum is for --redeem: credits are withdrawn as they are.");
  }
  if (options.redeem === true && options.minimum === undefined) {
    throw new UsageError("--redeem needs --minimum, the least dollars to accept: what comes out is then never less.");
  }
  const minimum = options.minimum === undefined ? 0n : dollarsOption("--minimum", options.minimum);
  const stelai = await context.stelai();
  const { address: account } = await context.signer();
  const to = options.to === undefined ? account : address("--to", options.to);
  const transactions: Hex[] = [];
  if (options.collect === true) {
    const { characters, fees } = await readBooks(stelai, account);
    if (fees > 0n) {
      context.say("Collecting the operator's fees.");
      const { hash, wait } = await stelai.payouts.collectFee();
      await wait();
      transactions.push(hash);
    }
    for (const { characterId, accrued, harvestable } of characters) {
      for (const sent of [
        ...(accrued > 0n ? [await stelai.characters.collect({ characterId })] : []),
        ...(harvestable > 0n ? [await stelai.access.harvest({ characterId })] : []),
      ]) {
        context.say(`Collecting what character ${characterId} earned.`);
        await sent.wait();
        transactions.push(sent.hash);
      }
    }
  }
  const steps = await stelai.payouts.findFlows({ account });
  const due = await stelai.payouts.getClaimable({ account, steps });
  if (due.total === 0n) {
    const { characters, fees } = await readBooks(stelai, account);
    const waiting = fees > 0n || characters.some((one) => one.accrued + one.harvestable > 0n);
    const remedy = waiting
      ? "Add --collect: there are earnings that nobody has collected yet."
      : "Look again later with `stelai earnings`.";
    throw new CommandError(`Nothing can be claimed now. No money moved. ${remedy}`);
  }
  context.say(`Claiming ${creditsOfWei(due.total)} credits${options.redeem ? ", redeemed at the floor" : ""}.`);
  if (options.redeem === true) {
    const { hash, wait } = await stelai.payouts.claimAndRedeem({ steps: due.steps, to, minimum });
    const { amount, paid } = await wait();
    const data = { account, to, amountWei: amount, paidReserve: paid, transactions: [...transactions, hash] };
    context.print(data, () =>
      facts([
        ["redeemed", `${creditsOfWei(amount)} credits for ${dollars(paid)}`],
        ["to", to],
        ["transaction", hash],
      ]),
    );
    return;
  }
  const { hash, wait } = await stelai.payouts.claim({ steps: due.steps, to });
  const { amount } = await wait();
  const data = { account, to, amountWei: amount, transactions: [...transactions, hash] };
  context.print(data, () =>
    facts([
      ["claimed", `${creditsOfWei(amount)} credits`],
      ["to", to],
      ["transaction", hash],
    ]),
  );
}
