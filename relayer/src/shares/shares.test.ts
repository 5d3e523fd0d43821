import { loadImage } from "@napi-rs/canvas";
import { applyReceipt } from "@stelai/sdk";
import { errorSchema, sharedSchema, sharesSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { like } from "drizzle-orm";
import type { PrivateKeyAccount } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import type { TabClient } from "../../test/client.ts";
import { startContributions, startIndex, type TestIndex } from "../../test/contributions.ts";
import { askPaid, ended, modalityNumber, queueFree, TestProvider } from "../../test/generations.ts";
import { createWork } from "../../test/market.ts";
import { giveBonus, openBonusTab, trustOperator } from "../../test/plans.ts";
import { signInAt } from "../../test/signIn.ts";
import { randomId, type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { tables } from "../store/index.ts";

const HOSTILE = '"><script>alert(1)</script>\u202e<img src=x onerror=alert(2)>';
/** One credit, whatever the size. */
const PRICES = { perInference: 1_000_000n };

describe("A share", () => {
  let world: World;
  let index: TestIndex;
  let relayer: ServedRelayer;
  let client: TabClient;
  let tool: bigint;
  let free: bigint;

  before(async () => {
    world = await startWorld();
    index = await startIndex();
    const { key } = await startContributions(world);
    relayer = await serveRelayer(
      world,
      {
        ...{ CONTRIBUTIONS_KEY: key, INDEXER_URL: index.url, RATE_WRITES_PER_MINUTE: "10000" },
        ...{ EXPOSURE_INITIAL: "50000000", GRANT_REVIEW: "0", PUBLIC_URL: "https://relayer.example" },
      },
      { media: { Image: new TestProvider() } },
    );
    const image = { modality: modalityNumber("Image") };
    tool = await world.publish(PRICES, image);
    free = await world.publish({}, image);
    client = relayer.client(await world.openTab(50_000_000n));
    await relayer.watcher.look();
  });
  after(async () => {
    await relayer.stop();
    await index.stop();
    await world.stop();
  });

  const post = async (account: PrivateKeyAccount, body: unknown) =>
    fetch(`${relayer.url}/v1/shares`, {
      ...{ method: "POST", headers: await signInAt(relayer, account) },
      body: JSON.stringify(body, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
    });
  const share = async (account: PrivateKeyAccount, body: unknown) => {
    const response = await post(account, body);
    const answer: unknown = await response.json();
    expect(response.status, JSON.stringify(answer)).to.equal(200);
    return sharedSchema.parse(answer);
  };
  const refusal = async (response: Response) => {
    const { error } = errorSchema.parse(await response.json());
    return { status: response.status, code: error.code };
  };
  const get = (path: string, headers: Record<string, string> = {}) => fetch(relayer.url + path, { headers });
  const size = async (response: Response) => {
    const { width, height } = await loadImage(Buffer.from(await response.arrayBuffer()));
    return { width, height };
  };
  const upload = async (bytes: string) =>
    (await relayer.services.content.add(new TextEncoder().encode(bytes))).toString();
  const character = async (card: Record<string, unknown>, fields: Parameters<World["publish"]>[1] = {}) => {
    const cid = await upload(JSON.stringify({ name: "Ada", ...card }));
    const id = await world.publish({}, fields);
    await world.write(world.creator, "Characters", "setMetadata", [id, `ipfs://${cid}`]);
    await relayer.watcher.look();
    return id;
  };
  /** One that a tab paid, its books kept as the SDK does. */
  const paidFor = async (by: TabClient, characterId: bigint, seed: number) => {
    const asked = await askPaid(world, relayer.services, by, characterId, { settings: { seed } });
    const row = await ended(relayer.services, asked.id);
    const receipt = (await relayer.services.generations.meteredOf(row))?.receipt.receipt;
    if (receipt === undefined) throw new Error(`it was not paid: ${row.errorMessage}`);
    by.state = applyReceipt(by.state, receipt);
    return row;
  };
  const deedsOf = async (account: PrivateKeyAccount) =>
    (await relayer.services.contributions.of(account.address)).deeds;

  it("of a character is a page for people and programs, its hostile title escaped, and a picture", async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
    const image = `ipfs://${await upload(svg)}`;
    const id = await character({ name: HOSTILE.slice(0, 80), creator: "Eve <b>", image });
    const { id: shareId, url } = await share(world.payer, { characterId: id });
    expect(url).to.equal(`https://relayer.example/share/${shareId}`);
    expect((await share(world.payer, { characterId: id })).id).to.equal(shareId);
    const response = await get(`/share/${shareId}`);
    const page = await response.text();
    expect(response.headers.get("Content-Security-Policy")).to.include("default-src 'none'").and.not.include("unsafe");
    expect(page).not.to.include("<script").and.not.include("<img src=x").and.not.include("\u202e");
    expect(page).to.include("&lt;script&gt;").and.include("Eve &lt;b&gt;");
    expect(page).to.include(`<meta property="og:image" content="${url}/image.png">`);
    expect(page).to.include('<meta name="twitter:card" content="summary_large_image">');
    expect(page).to.include(`content="0;url=http://localhost:5173/c/${id}"`);
    const picture = await get(`/share/${shareId}/image.png`);
    const etag = picture.headers.get("ETag") ?? "";
    expect(picture.headers.get("Content-Type")).to.equal("image/png");
    expect(await size(picture)).to.deep.equal({ width: 1_200, height: 630 });
    expect((await get(`/share/${shareId}/image.png`, { "If-None-Match": etag })).status).to.equal(304);
  });

  it("of what is private, unlisted, suspended or not there is refused, and is gone once it becomes so", async () => {
    const [hidden, unlisted] = [await character({}, { visibility: 2 }), await character({}, { visibility: 1 })];
    const open = await character({});
    expect(await refusal(await post(world.payer, { characterId: hidden }))).to.include({ status: 404 });
    expect(await refusal(await post(world.payer, { characterId: unlisted }))).to.include({ status: 403 });
    expect(await refusal(await post(world.payer, { characterId: 9_999n }))).to.include({ status: 404 });
    expect(await refusal(await post(world.payer, { workId: 9_999n }))).to.include({ status: 404 });
    expect(await refusal(await post(world.payer, { workId: 1n, characterId: open }))).to.include({ status: 400 });
    const { id } = await share(world.payer, { characterId: open });
    await world.setSuspended(open, true);
    await relayer.watcher.look();
    for (const path of [`/share/${id}`, `/share/${id}/image.png`]) expect((await get(path)).status).to.equal(404);
    expect(await refusal(await post(world.payer, { characterId: open }))).to.include({ status: 423 });
    const list = await fetch(`${relayer.url}/v1/shares`, { headers: await signInAt(relayer, world.payer) });
    const [first] = sharesSchema.parse(await list.json()).shares;
    expect(first).to.include({ id, kind: "character", subject: String(open), title: "Not shown any more" });
  });

  it("of a work leads to its page; of a suspended one there is none", async () => {
    const { workId } = await createWork(world, world.creator, randomId());
    const { id } = await share(world.payer, { workId });
    expect(await (await get(`/share/${id}`)).text())
      .to.include(`/works/${workId}`)
      .and.include(`Work ${workId}`);
    const deployer = privateKeyToAccount(world.chain.accounts[0]?.privateKey ?? "0x");
    await world.write(deployer, "Works", "setSuspended", [workId, true]);
    expect((await get(`/share/${id}`)).status).to.equal(404);
    expect(await refusal(await post(world.payer, { workId }))).to.include({ status: 403, code: "blocked" });
  });

  it("of a generation is its maker's alone, shows its preview and no prompt, and can be taken back", async () => {
    const made = await paidFor(client, tool, 90);
    const request = { generationId: made.id };
    expect(await refusal(await post(world.creator, request))).to.include({ code: "generation_not_found" });
    const { id } = await share(world.payer, request);
    expect(await (await get(`/share/${id}`)).text()).not.to.include("a hill");
    expect(await size(await get(`/share/${id}/image.png`))).to.deep.equal({ width: 1_200, height: 630 });
    const remove = async (account: PrivateKeyAccount) =>
      (await fetch(`${relayer.url}/v1/shares/${id}`, { method: "DELETE", headers: await signInAt(relayer, account) }))
        .status;
    expect(await remove(world.creator)).to.equal(404);
    expect((await get(`/share/${id}`)).status).to.equal(200);
    expect(await remove(world.payer)).to.equal(204);
    expect((await get(`/share/${id}`)).status).to.equal(404);
  });

  it("of a generation that was paid for is a deed once its voucher is signed, and one without payment is none", async () => {
    const paid = await paidFor(client, tool, 91);
    const unpaid = await ended(
      relayer.services,
      (await queueFree(relayer.services, free, "ip:1", { account: world.payer.address, settings: { seed: 92 } })).id,
    );
    await share(world.payer, { generationId: paid.id });
    await share(world.payer, { generationId: unpaid.id });
    const of = async (row: typeof paid) =>
      (await deedsOf(world.payer)).find(({ subject }) => subject === row.file?.contentHash);
    expect(await of(paid)).to.include({ kind: "share", state: "tooEarly", amount: 500_000n });
    expect((await of(unpaid))?.reason).to.include("Nothing was paid");
    expect((await client.acknowledge()).status).to.equal(204);
    expect(await of(paid)).to.include({ state: "ready", reason: null });
    const { deed } = (await of(paid)) ?? { deed: "0x" as const };
    // A hundred later ones, so that it is not among the newest.
    const { store, operator } = relayer.services;
    const copies = Array.from({ length: 100 }, (_, copy) => ({ ...unpaid, id: `copy-${copy}` }));
    await store.db.insert(tables.generations).values(copies);
    const shared = { operator: operator.address, account: world.payer.address, kind: "generation" as const };
    const sharedAt = new Date(Date.now() + 1_000);
    await store.db.insert(tables.shares).values(copies.map(({ id }) => ({ ...shared, id, subject: id, sharedAt })));
    expect(await of(paid)).to.equal(undefined);
    const { grant } = await relayer.services.contributions.claim(world.payer.address, deed);
    expect(grant.amount).to.equal(5n * 10n ** 17n);
    await store.db.delete(tables.shares).where(like(tables.shares.id, "copy-%"));
  });

  it("of a generation paid with bonus credits, or by the tool's owner, brings nothing", async () => {
    const account = world.account(401);
    await world.give(account, 20n);
    await trustOperator(world);
    await giveBonus(world, account, 10n);
    const bonusTab = relayer.client(await openBonusTab(world, account, { cap: 8_000_000n, bonus: 4_000_000n }));
    await relayer.watcher.look();
    const made = await paidFor(bonusTab, tool, 93);
    await share(account, { generationId: made.id });
    const [byBonus] = await deedsOf(account);
    expect(byBonus).to.include({ kind: "share", state: "refused" });
    expect(byBonus?.reason).to.include("credits that you bought");
    const own = await world.publish(PRICES, { modality: modalityNumber("Image"), payee: BigInt(world.payer.address) });
    await relayer.watcher.look();
    const ofOwn = await paidFor(client, own, 94);
    await share(world.payer, { generationId: ofOwn.id });
    const deed = (await deedsOf(world.payer)).find(({ subject }) => subject === ofOwn.file?.contentHash);
    expect(deed).to.include({ state: "refused" });
    expect(deed?.reason).to.include("own people");
  });

  it("of a referral link leads to the dApp with it", async () => {
    const { address } = world.creator;
    const page = await (await get(`/share/invite/${address}`)).text();
    expect(page).to.include(`url=http://localhost:5173/?ref=${address}`);
    expect(page).to.include(`https://relayer.example/share/invite/${address}/image.png`);
    expect(await size(await get(`/share/invite/${address}/image.png`))).to.deep.equal({ width: 1_200, height: 630 });
    expect((await get("/share/invite/nobody")).status).to.equal(400);
  });

  it("of a referral link of whoever chose no name has one picture, drawn once", async () => {
    const pictureOf = (index: number) => get(`/share/invite/${world.account(index).address}/image.png`);
    const first = (await pictureOf(410)).headers.get("ETag");
    const { count } = relayer.services.sharePictures.kept;
    expect((await pictureOf(411)).headers.get("ETag"))
      .to.equal(first)
      .and.not.equal(null);
    expect(relayer.services.sharePictures.kept.count).to.equal(count);
  });

  it("of anything of an account that the operator blocked is gone until it is not, its invitation too", async () => {
    const { blocklist } = relayer.services.people;
    const { address } = world.creator;
    const characterId = await character({});
    const { workId } = await createWork(world, world.creator, randomId());
    const ids = [(await share(world.payer, { characterId })).id, (await share(world.payer, { workId })).id];
    const statuses = () =>
      Promise.all([...ids, `invite/${address}`].map(async (id) => (await get(`/share/${id}`)).status));
    expect(await statuses()).to.deep.equal([200, 200, 200]);
    await blocklist.blockAccount(address, "spam");
    try {
      expect(await statuses()).to.deep.equal([404, 404, 404]);
      for (const request of [{ characterId }, { workId }]) {
        expect(await refusal(await post(world.payer, request))).to.include({ status: 403, code: "blocked" });
      }
    } finally {
      await blocklist.unblockAccount(address);
    }
    expect(await statuses()).to.deep.equal([200, 200, 200]);
  });

  it("is in its account's export, and forgotten with it, as is feedback", async () => {
    const account = world.account(402);
    const headers = await signInAt(relayer, account);
    const { id } = await share(account, { characterId: await character({}) });
    const body = JSON.stringify({ text: "Forget me, please.", about: "other" });
    expect((await fetch(`${relayer.url}/v1/feedback`, { method: "POST", headers, body })).status).to.equal(201);
    const exported = await (await fetch(`${relayer.url}/v1/account/export`, { headers })).text();
    expect(exported).to.include(id).and.include("Forget me, please.");
    expect((await fetch(`${relayer.url}/v1/account`, { method: "DELETE", headers })).status).to.equal(204);
    expect((await get(`/share/${id}`)).status).to.equal(404);
    expect(await relayer.services.feedback.own(account.address)).to.deep.equal([]);
  });
});
