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

  it("is searched for only once the request is admitted, and holds nothing when that fails", async () => {
    const id = await world.publish({ perInference: 10_000n });
    const client = relayer.client(await world.openTab(1_000_000n));
    await relayer.watcher.look();
    const { knowledge } = relayer.services.people;
    const find = knowledge.find.bind(knowledge);
    let searches = 0;
    knowledge.find = async () => {
      searches += 1;
      throw new Error("out of reach");
    };
    try {
      const body = JSON.stringify({ model: `stelai-${id}`, messages: [{ role: "user", content: "Hi" }] });
      const unpaid = await fetch(`${relayer.url}/v1/chat/completions`, { method: "POST", body });
      expect(unpaid.status).to.equal(402);
      expect(searches).to.equal(0);
      expect((await client.ask(id)).status).to.equal(500);
      expect(searches).to.equal(1);
      expect((await client.status()).reserved).to.equal(0n);
    } finally {
      knowledge.find = find;
    }
  });
});
