import { type Deposit, depositSchema, errorSchema, workDepositSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { and, eq } from "drizzle-orm";
import { type Address, type Hex, keccak256, type PublicClient } from "viem";
import { pngOf } from "../../test/generations.ts";
import { createWork, encrypted } from "../../test/market.ts";
import { signInAt } from "../../test/signIn.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { parseCid } from "../content/index.ts";
import { tables } from "../store/index.ts";

const { deposits: table } = tables;

type Node = Pick<PublicClient, "getLogs" | "getBlockNumber">;

describe("Deposits in time", () => {
  let world: World;
  let relayer: ServedRelayer;
  let people = 500;

  before(async () => {
    world = await startWorld();
    relayer = await serveRelayer(world, {
      ...{ TRUST_PROXY: "true", DEPOSITS_PER_NETWORK_PER_DAY: "2", CHAIN_POLL_MS: "60000" },
    });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });

  const market = () => relayer.services.market;
  const deposits = () => market().deposits;

  async function newcomer() {
    people += 1;
    const account = world.account(people);
    await world.give(account, 1n);
    return { account, headers: await signInAt(relayer, account) };
  }

  /** From a network that nobody else is in, unless one is named. */
  function send(
    headers: Record<string, string>,
    bytes: Uint8Array,
    from = `10.${people >> 8}.${people & 255}.1`,
  ): Promise<Response> {
    const file = encrypted(bytes);
    return fetch(`${relayer.url}/v1/deposits`, {
      ...{ method: "POST", headers: { ...headers, ...file.headers, "X-Forwarded-For": from }, body: file.body },
    });
  }
  const read = async (response: Response): Promise<Deposit> => {
    expect(response.status, await response.clone().text()).to.equal(200);
    return depositSchema.parse(await response.json());
  };
  const codeOf = async (response: Response) => errorSchema.parse(await response.json()).error.code;
  const isStored = ({ file }: Deposit) => relayer.services.content.has(parseCid(file.cid) ?? expect.fail());

  /** Its days are over, as if it had been deposited long ago. */
  async function age(contentHash: Hex, depositor: Address): Promise<void> {
    const isRow = and(eq(table.contentHash, contentHash), eq(table.depositor, depositor));
    const { db } = relayer.services.store;
    const aged = await db
      .update(table)
      .set({ keptUntil: new Date(Date.now() - 1_000) })
      .where(isRow)
      .returning();
    expect(aged).to.have.length(1);
  }

  it("are forgotten with their file when no work names them for 30 days, and not before", async () => {
    const { account, headers } = await newcomer();
    const unnamed = await read(await send(headers, pngOf(20, 3)));
    await market().prune();
    const row = (await deposits().find(unnamed.contentHash, account.address)) ?? expect.fail("it is gone");
    expect(row.keptUntil.getTime() - row.createdAt.getTime()).to.be.closeTo(30 * 86_400_000, 60_000);
    await age(unnamed.contentHash, account.address);
    await market().prune();
    expect(await deposits().find(unnamed.contentHash, account.address)).to.equal(undefined);
    expect(await isStored(unnamed)).to.equal(false);
  });

  it("stay for as long as a work of their depositor's is on the chain, whoever else has the same file", async () => {
    const [ann, ben] = [await newcomer(), await newcomer()];
    const bytes = pngOf(21, 3);
    const sold = await read(await send(ann.headers, bytes));
    const copied = await read(await send(ben.headers, bytes));
    await createWork(world, ann.account, sold.contentHash);
    for (const { account } of [ann, ben]) await age(sold.contentHash, account.address);
    await market().prune();
    expect(await deposits().verify(sold.contentHash, ann.account.address)).to.equal("ok");
    const kept = await deposits().find(sold.contentHash, ann.account.address);
    expect(kept?.keptUntil.getTime()).to.be.above(Date.now());
    expect(await deposits().find(sold.contentHash, ben.account.address)).to.equal(undefined);
    expect([await isStored(sold), await isStored(copied)]).to.deep.equal([true, false]);
  });

  it("begin their days anew when they are deposited again", async () => {
    const { account, headers } = await newcomer();
    const bytes = pngOf(22, 3);
    const { contentHash } = await read(await send(headers, bytes));
    await age(contentHash, account.address);
    await read(await send(headers, bytes));
    await market().prune();
    expect(await deposits().verify(contentHash, account.address)).to.equal("ok");
  });

  it("are not forgotten between being looked for and being found still there", async () => {
    const { account, headers } = await newcomer();
    const bytes = pngOf(29, 3);
    const { contentHash } = await read(await send(headers, bytes));
    const { content } = relayer.services;
    const stored = content.has;
    const has: typeof stored = async (cid) => {
      const isThere = await stored.call(content, cid);
      await market().prune();
      return isThere;
    };
    await age(contentHash, account.address);
    Object.assign(content, { has });
    try {
      await read(await send(headers, bytes));
    } finally {
      Object.assign(content, { has: stored });
    }
    expect(await deposits().verify(contentHash, account.address)).to.equal("ok");
  });

  describe("asked for", () => {
    const ask = (contentHash: Hex, headers: Record<string, string>) =>
      fetch(`${relayer.url}/v1/deposits/${contentHash}`, { headers });

    it("by their depositor begin their days anew, by nobody else", async () => {
      const [ann, ben] = [await newcomer(), await newcomer()];
      const deposit = await read(await send(ann.headers, pngOf(30, 3)));
      await age(deposit.contentHash, ann.account.address);
      expect(await codeOf(await ask(deposit.contentHash, ben.headers))).to.equal("not_deposited");
      const kept = async () => (await deposits().find(deposit.contentHash, ann.account.address))?.keptUntil.getTime();
      expect(await kept()).to.be.below(Date.now());
      expect(await read(await ask(deposit.contentHash, ann.headers))).to.deep.equal(deposit);
      expect(await kept()).to.be.closeTo(Date.now() + 30 * 86_400_000, 60_000);
    });

    it("stay for good when a work named them", async () => {
      const { account, headers } = await newcomer();
      const { contentHash } = await read(await send(headers, pngOf(31, 3)));
      await createWork(world, account, contentHash);
      await age(contentHash, account.address);
      await market().prune();
      const kept = async () => (await deposits().find(contentHash, account.address))?.keptUntil.getTime();
      const forGood = (await kept()) ?? expect.fail("it is gone");
      await read(await ask(contentHash, headers));
      expect(await kept()).to.equal(forGood);
    });

    it("are said to be gone once their file is", async () => {
      const { headers } = await newcomer();
      const deposit = await read(await send(headers, pngOf(32, 3)));
      await relayer.services.content.remove(parseCid(deposit.file.cid) ?? expect.fail());
      const answer = await ask(deposit.contentHash, headers);
      expect(answer.status).to.equal(404);
      const { error } = errorSchema.parse(await answer.json());
      expect(error.code).to.equal("not_deposited");
      expect(error.message).to.include("Deposit it again");
    });
  });

  /** Has the relayer's node answer otherwise while something is done. */
  async function withNode(answers: Partial<Node>, work: () => Promise<void>): Promise<void> {
    const { client } = relayer.services.chain;
    const { getLogs, getBlockNumber } = client;
    Object.assign(client, answers);
    try {
      await work();
    } finally {
      Object.assign(client, { getLogs, getBlockNumber });
    }
  }

  /** A deposit whose days are over is not forgotten while the node answers like this. */
  async function isKeptWith(answers: Partial<Node>): Promise<void> {
    const { account, headers } = await newcomer();
    const { contentHash } = await read(await send(headers, pngOf(23, people)));
    await withNode(answers, async () => {
      await age(contentHash, account.address);
      const pruned = market().prune();
      expect(await pruned.catch((error: { code: string }) => error.code)).to.equal("unavailable");
    });
    expect(await deposits().find(contentHash, account.address)).to.not.equal(undefined);
  }

  it("are all kept while the chain cannot say what is named", () =>
    isKeptWith({ getLogs: () => Promise.reject(new Error("no route to the chain")) }));

  it("are all kept while the node is behind what this operator has seen", async () => {
    const { number } = await relayer.services.chain.refresh();
    await isKeptWith({ getBlockNumber: () => Promise.resolve(number - 1n) });
  });

  it("are all kept while the node that reads is behind the one that was asked how far it is", async () => {
    const { number } = await relayer.services.chain.refresh();
    let asked = 0;
    const getBlockNumber = () => {
      asked += 1;
      return Promise.resolve(asked === 1 ? number : number - 1n);
    };
    await isKeptWith({ getBlockNumber, getLogs: (() => Promise.resolve([])) as Node["getLogs"] });
    expect(asked).to.be.at.least(2);
  });

  it("have the chain read on from where it is final, and a work of long ago still keeps its file", async () => {
    const [ann, ben] = [await newcomer(), await newcomer()];
    const bytes = pngOf(26, 3);
    await createWork(world, ann.account, keccak256(bytes));
    const { finalityBlocks } = relayer.services.chain;
    for (let block = 0; block <= finalityBlocks; block += 1) await world.chain.request("evm_mine");
    const other = await read(await send(ben.headers, pngOf(27, 3)));
    await age(other.contentHash, ben.account.address);
    await market().prune();
    const final = (await relayer.services.chain.refresh()).number - BigInt(finalityBlocks);
    const late = await read(await send(ann.headers, bytes));
    const from: unknown[] = [];
    const node: Node["getLogs"] = (options) => {
      from.push(options?.fromBlock);
      return original(options);
    };
    const original = relayer.services.chain.client.getLogs;
    await withNode({ getLogs: node }, async () => {
      await age(late.contentHash, ann.account.address);
      await market().prune();
    });
    expect(from).to.deep.equal([final + 1n]);
    expect(await deposits().verify(late.contentHash, ann.account.address)).to.equal("ok");
  });

  it("are looked at by one at a time", async () => {
    const { account, headers } = await newcomer();
    const { contentHash } = await read(await send(headers, pngOf(28, 3)));
    let [reads, release]: [number, () => void] = [0, () => {}];
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const original = relayer.services.chain.client.getLogs;
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const node = (async (options) => {
      reads += 1;
      begin();
      await held;
      return original(options);
    }) as Node["getLogs"];
    await withNode({ getLogs: node }, async () => {
      await age(contentHash, account.address);
      const first = deposits().prune();
      await begun;
      await deposits().prune();
      expect(reads).to.equal(1);
      release();
      await first;
      await market().prune();
    });
    expect(await deposits().find(contentHash, account.address)).to.equal(undefined);
  });

  it("are so many a day of one network, however many accounts it has", async () => {
    const accounts = [await newcomer(), await newcomer(), await newcomer()];
    const statuses: number[] = [];
    for (const [at, { headers }] of accounts.entries()) {
      statuses.push((await send(headers, pngOf(24, 3 + at), "10.9.9.9")).status);
    }
    expect(statuses).to.deep.equal([200, 200, 429]);
    await read(await send(accounts[2]?.headers ?? {}, pngOf(24, 5), "10.9.9.8"));
  });

  describe("of a work", () => {
    const ask = (id: bigint | string, from = "10.8.0.1") =>
      fetch(`${relayer.url}/v1/works/${id}/deposit`, { headers: { "X-Forwarded-For": from } });
    const told = async (id: bigint) => {
      const response = await ask(id);
      expect(response.status).to.equal(200);
      return workDepositSchema.parse(await response.json());
    };

    it("are told to anyone: there, of what kind and how large; not of a copied hash, and not once the file is lost", async () => {
      const [ann, thief] = [await newcomer(), await newcomer()];
      const bytes = pngOf(25, 3);
      const deposit = await read(await send(ann.headers, bytes));
      const { workId } = await createWork(world, ann.account, deposit.contentHash);
      expect(await told(workId)).to.deep.equal({ workId, isDeposited: true, modality: "Image", bytes: bytes.length });
      const copy = await createWork(world, thief.account, deposit.contentHash);
      expect(await told(copy.workId)).to.deep.equal({ workId: copy.workId, isDeposited: false });
      await relayer.services.content.remove(parseCid(deposit.file.cid) ?? expect.fail());
      expect(await told(workId)).to.deep.equal({ workId, isDeposited: false });
      expect(await codeOf(await ask(999_999n))).to.equal("not_found");
      expect(await codeOf(await ask("x"))).to.equal("invalid_request");
    });

    it("are told so often a minute to one network", async () => {
      const { account } = await newcomer();
      const { workId } = await createWork(world, account, `0x${"7a".repeat(32)}`);
      const answers = await Promise.all(Array.from({ length: 300 }, () => ask(workId, "10.8.0.2")));
      expect(answers.filter(({ status }) => status === 429)).to.not.have.length(0);
      expect((await ask(workId, "10.8.0.3")).status).to.equal(200);
    });
  });
});
