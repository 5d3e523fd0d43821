import type { Generation } from "@stelai/sdk";
import { expect } from "chai";
import { generationOf } from "./generation.fixture.ts";
import { Live } from "./live.ts";

const sending = { key: "k", model: "stelai-4", modality: "Image", prompt: "a fern" } as const;

/** Ends when something is announced. */
const newsOf = (live: Live) =>
  new Promise<Generation>((resolve) => live.subscribe(() => live.state.news && resolve(live.state.news)));

describe("generations on their way", () => {
  it("show what is being sent until it is answered, then what it became", async () => {
    const live = new Live();
    const answer = live.send(sending, Promise.resolve(generationOf()));
    expect(live.state.sending).to.deep.equal([sending]);
    await answer;
    expect(live.state.sending).to.deep.equal([]);
    expect(live.state.known.get("gen_1")?.status).to.equal("queued");
  });

  it("show nothing of what was refused", async () => {
    const live = new Live();
    const refused = new Error("dry");
    await live.send(sending, Promise.reject(refused)).then(
      () => expect.fail("it was refused"),
      (error: unknown) => expect(error).to.equal(refused),
    );
    expect(live.state.sending).to.deep.equal([]);
    expect(live.state.known.size).to.equal(0);
  });

  it("are followed to their end, which is announced", async () => {
    const live = new Live();
    live.reader = async function* () {
      yield generationOf({ status: "in_progress", progress: 50 });
      yield generationOf({ status: "completed", progress: 100 });
    };
    const news = newsOf(live);
    live.follow(generationOf());
    expect((await news).status).to.equal("completed");
    expect(live.state.known.get("gen_1")?.progress).to.equal(100);
  });

  it("are followed on after the connection broke", async () => {
    const live = new Live(0);
    let tries = 0;
    live.reader = async function* () {
      tries += 1;
      if (tries === 1) throw new TypeError("network");
      yield generationOf({ status: "failed" });
    };
    const news = newsOf(live);
    live.follow(generationOf());
    expect((await news).status).to.equal("failed");
    expect(tries).to.equal(2);
  });

  it("are followed by one reader, however often they are listed", async () => {
    const live = new Live();
    let readers = 0;
    live.reader = (last) => {
      readers += 1;
      return (async function* () {
        yield { ...last, status: "completed" as const };
      })();
    };
    const news = newsOf(live);
    live.follow(generationOf());
    live.follow(generationOf({ progress: 10 }));
    await news;
    expect(readers).to.equal(1);
  });

  it("are not followed when they have ended", () => {
    const live = new Live();
    let asked = false;
    live.reader = async function* () {
      asked = true;
      yield generationOf();
    };
    live.follow(generationOf({ status: "completed" }));
    expect(asked).to.equal(false);
  });

  it("go from the screen and come back", () => {
    const live = new Live();
    live.remove("gen_1");
    expect(live.state.gone.has("gen_1")).to.equal(true);
    live.restore("gen_1");
    expect(live.state.gone.has("gen_1")).to.equal(false);
  });

  it("ask for a new address once in half a minute", () => {
    const live = new Live();
    expect(live.mayRefresh("gen_1", 0)).to.equal(true);
    expect(live.mayRefresh("gen_1", 29_000)).to.equal(false);
    expect(live.mayRefresh("gen_2", 29_000)).to.equal(true);
    expect(live.mayRefresh("gen_1", 30_000)).to.equal(true);
  });
});
