import { atFloor, both, credits, creditsOfWei, dollars, WEI_PER_MICROCREDIT } from "../amounts.ts";
import { payeeText, readBooks } from "../books.ts";
import type { Context } from "../context.ts";
import { payeeWords } from "../files/character.ts";
import { facts, table } from "../output.ts";

const right = (name: string) => ({ name, isRight: true }) as const;

/** `stelai earnings`: what can be claimed now, by character and by split, and what is not collected yet. */
export async function earnings(context: Context): Promise<void> {
  const account = await context.account();
  const books = await readBooks(await context.reader(), account);
  const { claimable, characters, splits, fees, floorPrice } = books;
  const micro = claimable.total / WEI_PER_MICROCREDIT;
  const waiting = characters.reduce((sum, { accrued, harvestable }) => sum + accrued + harvestable, fees);
  const data = {
    account,
    claimableWei: claimable.total,
    directWei: claimable.direct,
    throughSplitsWei: claimable.throughSplits,
    redeemableReserve: atFloor(micro, floorPrice),
    notCollectedMicro: waiting,
    operatorFeesMicro: fees,
    characters: characters.map(({ characterId, payee, accrued, harvestable, received }) => ({
      ...{ characterId, payee: payeeText(payee), accruedMicro: accrued },
      ...{ harvestableMicro: harvestable, receivedWei: received },
    })),
    splits: splits.map(({ split, bps, recipient, received }) => ({
      ...{ split: payeeText(split), bps, recipient: payeeText(recipient), receivedWei: received },
    })),
  };
  context.print(data, () => {
    const parts = [
      facts([
        ["account", account],
        ["claimable now", both(micro, floorPrice)],
        ["  its own", `${creditsOfWei(claimable.direct)} credits`],
        ["  through splits", `${creditsOfWei(claimable.throughSplits)} credits`],
        [
          "not collected yet",
          `${credits(waiting)} credits, before commission${waiting > 0n ? ": stelai claim --collect" : ""}`,
        ],
        ...(fees > 0n ? [["  as an operator", `${credits(fees)} credits`] as const] : []),
      ]),
    ];
    if (characters.length > 0) {
      const names = [
        "character",
        right("not collected"),
        right("passes vested"),
        right("received"),
        right("at the floor"),
        "earns",
      ];
      parts.push(
        table(
          names,
          characters.map((one) => [
            String(one.characterId),
            credits(one.accrued),
            credits(one.harvestable),
            creditsOfWei(one.received),
            dollars(atFloor(one.received / WEI_PER_MICROCREDIT, floorPrice)),
            payeeWords(one.payee),
          ]),
        ),
      );
    } else parts.push("No character pays this account.");
    if (splits.length > 0) {
      parts.push(
        table(
          ["split", right("share"), "goes to", right("received by the split")],
          splits.map(({ split, bps, recipient, received }) => [
            ...[payeeWords(split), `${bps / 100} %`, payeeWords(recipient), creditsOfWei(received)],
          ]),
        ),
      );
    }
    return parts.join("\n\n");
  });
}
