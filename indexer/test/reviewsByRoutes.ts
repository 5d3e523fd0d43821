/** What an account's reviews rest on, as the route answers it, held against the tables one by one. */
import { expect } from "chai";
import type { Reading } from "./sharingRoutes.ts";
import { type Row, rowsOf } from "./tables.ts";

type Told = Record<"at" | "paid" | "kept", string> & {
  characterId: string | null;
  workId: string | null;
  licenceId: string | null;
  keptAt: string | null;
  rating: number;
  isOwn: boolean;
};
type Answer = { reviews: Told[]; next: string | null };
type Weighed = { reviews: { author: string; isOwn: boolean; paid: string }[] };

export function describeReviewsBy(reading: () => Reading): void {
  const rows = (table: string, of: (row: Row) => boolean) => rowsOf(reading().tables, table).filter(of);
  const number = (value: unknown) => BigInt(String(value ?? 0));
  const sum = (found: readonly Row[], of: (row: Row) => bigint) => found.reduce((total, row) => total + of(row), 0n);
  const authors = () => [
    ...new Set(
      [...rows("reviews", () => true), ...rows("workReviews", () => true)].map(({ author }) => String(author)),
    ),
  ];

  /** What of a character's price the author cannot get back and paid with no bonus, summed tab by tab, pass by pass. */
  function keptOf(author: string, characterId: string, now: bigint): bigint {
    const isIts = (row: Row) => row.characterId === characterId && row.payer === author;
    const lines = rows("lines", isIts);
    const byTabs = sum(
      rows("tabs", ({ payer }) => payer === author),
      (tab) => {
        const settled = sum(
          lines.filter(({ operator, tabId }) => operator === tab.operator && tabId === tab.tabId),
          ({ amount }) => number(amount),
        );
        return settled > number(tab.bonus) ? settled - number(tab.bonus) : 0n;
      },
    );
    const byPasses = sum(rows("passPeriods", isIts), ({ price, refunded, plan, cancelledAt, until }) => {
      const isOver = cancelledAt !== null || plan === "Lifetime" || number(until) <= now;
      return isOver ? number(price) - number(refunded) : 0n;
    });
    return byTabs + byPasses;
  }

  describe("GET /accounts/:address/reviews", () => {
    it("tells of each what its author paid, and what of that was no bonus and cannot come back", async () => {
      const { w, read } = reading();
      const now = (await w.publicClient.getBlock()).timestamp;
      let [running, released] = [0, 0];
      for (const author of authors()) {
        const { reviews, next } = await read<Answer>(`/accounts/${author}/reviews?limit=200`);
        expect(next).to.equal(null);
        const ofCharacters = rows("reviews", (row) => row.author === author);
        const ofWorks = rows("workReviews", (row) => row.author === author);
        expect(reviews).to.have.length(ofCharacters.length + ofWorks.length);
        for (const { characterId, rating, timestamp } of ofCharacters) {
          const told = reviews.find((one) => one.characterId === characterId);
          expect(told).to.include({ workId: null, licenceId: null, rating, at: String(timestamp) });
          const { reviews: weighed } = await read<Weighed>(`/characters/${characterId}/reviews?limit=100`);
          const same = weighed.find((one) => one.author === author);
          expect(told).to.include({ paid: same?.paid, isOwn: same?.isOwn });
          expect(told?.kept, `${author} of ${characterId}`).to.equal(String(keptOf(author, String(characterId), now)));
          if (told?.keptAt !== null) running += 1;
        }
        for (const { workId, licenceId, rating } of ofWorks) {
          const told = reviews.find((one) => one.workId === workId);
          const [licence] = rows("licences", ({ id }) => id === licenceId);
          const own = licence?.payer === author ? String(licence.price) : "0";
          expect(told).to.include({ characterId: null, licenceId, rating, keptAt: null });
          expect(told?.paid).to.equal(licence?.status === "Refunded" ? "0" : own);
          expect(told?.kept).to.equal(licence?.status === "Released" ? own : "0");
          if (told?.kept !== "0") released += 1;
        }
      }
      // Both ways of keeping it were seen.
      expect([running > 0, released > 0]).to.deep.equal([true, true]);
    });

    it("comes in pages, the newest first", async () => {
      const { read } = reading();
      const counts = authors().map((author) => rows("reviews", (row) => row.author === author).length);
      const author = authors()[counts.indexOf(Math.max(...counts))];
      const all = (await read<Answer>(`/accounts/${author}/reviews?limit=200`)).reviews;
      const seen: Told[] = [];
      let next: string | null = "";
      while (next !== null) {
        const page: Answer = await read<Answer>(
          `/accounts/${author}/reviews?limit=1${next === "" ? "" : `&after=${next}`}`,
        );
        seen.push(...page.reviews);
        next = page.next;
      }
      expect(seen).to.deep.equal(all);
      expect(all.map(({ at }) => Number(at))).to.deep.equal(all.map(({ at }) => Number(at)).sort((a, b) => b - a));
    });
  });
}
