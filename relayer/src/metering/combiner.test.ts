import { expect } from "chai";
import { Combiner } from "./combiner.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A combiner that doubles numbers, and the batches that it was given. */
function doubling(largest?: number) {
  const batches: number[][] = [];
  const combiner = new Combiner<number, number>(async (items) => {
    batches.push([...items]);
    return items.map((item) => (item < 0 ? new Error(`${item} is refused`) : item * 2));
  }, largest);
  return { batches, combiner };
}

describe("Group commit", () => {
  it("writes together what comes in turns of the event loop that follow each other", async () => {
    const { batches, combiner } = doubling();
    const results = [combiner.submit(1)];
    for (const item of [2, 3, 4]) {
      await turn();
      results.push(combiner.submit(item));
    }
    expect(await Promise.all(results)).to.deep.equal([2, 4, 6, 8]);
    expect(batches).to.deep.equal([[1, 2, 3, 4]]);
  });

  it("does not wait for ever for what comes without end", async () => {
    const { batches, combiner } = doubling();
    let isDone = false;
    const first = combiner.submit(0).then(() => {
      isDone = true;
    });
    const others: Promise<number>[] = [];
    while (!isDone && others.length < 100) {
      others.push(combiner.submit(1));
      await turn();
    }
    await Promise.all([first, ...others]);
    expect(batches[0]?.length).to.be.within(2, 20);
  });

  it("writes what came while a batch was written, in the order in which it came, so many at a time", async () => {
    const { batches, combiner } = doubling(2);
    expect(await Promise.all([5, 4, 3, 2, 1].map((item) => combiner.submit(item)))).to.deep.equal([10, 8, 6, 4, 2]);
    expect(batches).to.deep.equal([[5, 4], [3, 2], [1]]);
  });

  it("refuses the one that is refused, and all when the work fails as a whole", async () => {
    const { combiner } = doubling();
    const [good, bad] = await Promise.allSettled([combiner.submit(1), combiner.submit(-1)]);
    expect(good).to.deep.equal({ status: "fulfilled", value: 2 });
    expect(bad).to.have.property("status", "rejected");
    const away = new Combiner<number, number>(() => Promise.reject(new Error("away")));
    const all = await Promise.allSettled([away.submit(1), away.submit(2)]);
    expect(all.map(({ status }) => status)).to.deep.equal(["rejected", "rejected"]);
  });
});
