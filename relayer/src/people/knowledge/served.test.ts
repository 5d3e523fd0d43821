import { expect } from "chai";
import { signInAt } from "../../../test/signIn.ts";
import { answer } from "../../../test/upstream.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../../test/world.ts";

const WORD = "The harbour bell is rung twice when the ferry leaves. ";

describe("an answer by a character that knows files", () => {
  let world: World;
  let relayer: ServedRelayer;

  before(async () => {
    world = await startWorld();
    relayer = await serveRelayer(world);
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });

  it("is asked for with their passages, which the client neither pays for nor sees", async () => {
    const id = await world.publish({ perUnit: 1_000_000n });
    const prompts: string[] = [];
    world.upstream.behave = (response, body) => {
      prompts.push(JSON.stringify(body.messages));
      return answer(["Twice"])(response, body);
    };
    const client = relayer.client(await world.openTab(50_000_000n));
    await relayer.watcher.look();
    const before = await client.ask(id, { text: "How often is the harbour bell rung?" });
    client.take(before);
    const headers = await signInAt(relayer, world.creator);
    const path = `${relayer.url}/v1/characters/${id}/knowledge?name=harbour.txt`;
    const added = await fetch(path, { method: "POST", headers, body: `${WORD}\n\nThe ferry sails at six.` });
    expect(added.status).to.equal(201);
    await client.acknowledge();
    const after = await client.ask(id, { text: "How often is the harbour bell rung?" });
    expect(after.status).to.equal(200);
    expect(after.receipt?.milliunits).to.equal(before.receipt?.milliunits);
    expect(after.receipt?.amount).to.equal(before.receipt?.amount);
    expect(after.text).not.to.include("ferry");
    expect(prompts).to.have.length(2);
    expect(prompts[0]).not.to.include("rung twice");
    expect(prompts[1]).to.include("## Knowledge of").and.include("rung twice");
  });
});
