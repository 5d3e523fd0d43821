import { expect } from "chai";
import { signInAt } from "../../test/signIn.ts";
import { answer } from "../../test/upstream.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import type { CountedUse } from "./uses.ts";

const CREDIT = 1_000_000n;

describe("A use of a pass", () => {
  let world: World;
  let relayer: ServedRelayer;
  let id: bigint;

  before(async () => {
    world = await startWorld();
    relayer = await serveRelayer(world);
    id = await world.publish({ perInference: 1_000n, lifetime: CREDIT });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });

  it("waits while four others of the pass are being answered, and is not counted then", async () => {
    const { uses } = relayer.services.passes;
    const account = world.account(9).address;
    const running: CountedUse[] = [];
    for (let taken = 0; taken < 4; taken += 1) running.push(await uses.take(id, account));
    const refused = await uses.take(id, account).catch((error: { code: string }) => error.code);
    expect(refused).to.equal("rate_limited");
    expect((await uses.take(id, world.account(8).address)).use.remaining).to.equal(199);
    // Ended twice, it makes room once.
    running[0]?.end();
    running[0]?.end();
    expect((await uses.take(id, account)).use.remaining).to.equal(195);
    expect(await uses.take(id, account).catch((error: { code: string }) => error.code)).to.equal("rate_limited");
  });

  it("makes room for the next one at its end, and stays counted when the client did not wait for it", async () => {
    const account = world.account(1);
    await world.give(account, 20n);
    await world.write(account, "CharacterAccess", "buyLifetime", [id, CREDIT, "0x"]);
    await relayer.watcher.look();
    const headers = await signInAt(relayer, account);
    const body = JSON.stringify({ model: `stelai-${id}`, messages: [{ role: "user", content: "Hi" }] });
    const ask = (signal?: AbortSignal) =>
      fetch(`${relayer.url}/v1/chat/completions`, {
        ...{ method: "POST", body, headers },
        ...(signal === undefined ? {} : { signal }),
      });
    const { uses } = relayer.services.passes;
    const take = uses.take.bind(uses);
    let given = 0;
    const over = new Promise<void>((resolve) => {
      uses.take = async (...of) => {
        const counted = await take(...of);
        const giveBack = () => {
          given += 1;
          return counted.giveBack();
        };
        const end = () => {
          counted.end();
          resolve();
        };
        return { ...counted, giveBack, end };
      };
    });
    const controller = new AbortController();
    world.upstream.behave = () => controller.abort();
    await ask(controller.signal).catch(() => {});
    await over;
    expect(given).to.equal(0);
    world.upstream.behave = answer(["Hello"]);
    for (let remaining = 198; remaining > 192; remaining -= 1) {
      const response = await ask();
      expect(response.status).to.equal(200);
      expect(response.headers.get("Stelai-Pass-Remaining")).to.equal(String(remaining));
    }
  });
});
