import { addressOf, isSplit, payeeOf, type Stelai, splitOf } from "@stelai/sdk";
import { type Address, isAddressEqual } from "viem";

/** What an account earned and where it stands, from the chain. Microcredits are gross, wei net of commission. */
export type Books = {
  account: Address;
  /** What can be withdrawn now, in wei of STELAI. */
  claimable: { direct: bigint; throughSplits: bigint; total: bigint };
  steps: Awaited<ReturnType<Stelai["payouts"]["findFlows"]>>;
  characters: {
    characterId: bigint;
    payee: bigint;
    /** In the meter, for `collect`. */
    accrued: bigint;
    /** Vested of passes, for `harvest`. */
    harvestable: bigint;
    /** Arrived at its payee so far, in wei, net. */
    received: bigint;
  }[];
  splits: { split: bigint; bps: number; recipient: bigint; received: bigint }[];
  /** As an operator: its own fees in the meter, for `collectFee`. */
  fees: bigint;
  /** What one credit is redeemed for, in reserve units. */
  floorPrice: bigint;
};

/** Reads it all: claimable now, what the characters that pay the account hold, the splits that it has a share in. */
export async function readBooks(stelai: Stelai, account: Address): Promise<Books> {
  const steps = await stelai.payouts.findFlows({ account });
  const splits = new Map(steps.map((step) => [splitOf(step.shares), step]));
  const payees = [payeeOf(account), ...splits.keys()];
  const [claimable, paying, fees, { floorPrice }] = await Promise.all([
    stelai.payouts.getClaimable({ account, steps }),
    stelai.characters.listPaying({ payees }),
    stelai.payouts.getAccruedFee({ operator: account }),
    stelai.credits.getSolvency(),
  ]);
  const earnings = (await Promise.all(payees.map((payee) => stelai.payouts.getEarnings({ payee })))).flat();
  const sum = (of: (earning: (typeof earnings)[number]) => boolean) =>
    earnings.filter(of).reduce((total, { net }) => total + net, 0n);
  // What the meter and the passes pay in names the character; what is sold on the market does not.
  const { InferenceMeter, CharacterAccess } = stelai.client.deployment.contracts;
  const isOf =
    (characterId: bigint) =>
    ({ source, ref }: (typeof earnings)[number]) =>
      [InferenceMeter, CharacterAccess].some((one) => isAddressEqual(one, source)) && BigInt(ref) === characterId;
  const characters = await Promise.all(
    paying.map(async ({ characterId, payee }) => {
      const [accrued, harvestable] = await Promise.all([
        stelai.characters.getAccrued({ characterId }),
        stelai.access.getHarvestable({ characterId }),
      ]);
      return { characterId, payee, accrued, harvestable, received: sum(isOf(characterId)) };
    }),
  );
  return {
    account,
    claimable: { direct: claimable.direct, throughSplits: claimable.throughSplits, total: claimable.total },
    steps: claimable.steps,
    characters,
    splits: steps.map(({ shares, index }) => {
      const split = splitOf(shares);
      const share = shares[Number(index)];
      const received = sum(({ payee }) => payee === split);
      return { split, bps: share?.bps ?? 0, recipient: share?.recipient ?? 0n, received };
    }),
    fees,
    floorPrice,
  };
}

/** A payee for scripts: an address, or a split's 32 bytes. */
export function payeeText(payee: bigint): string {
  return isSplit(payee) ? `0x${payee.toString(16).padStart(64, "0")}` : (addressOf(payee) ?? "");
}
