import { payoutsAbi } from "@stelai/sdk/abis";
import { errorSchema, quoteSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import type { PrivateKeyAccount } from "viem";
import type { Answer, TabClient } from "../../test/client.ts";
import { giveBonus, openBonusTab, trustOperator, withDollars } from "../../test/plans.ts";
import { signInAt } from "../../test/signIn.ts";
import { answer } from "../../test/upstream.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";

const PRICE = 1_000_000n;

describe("A tab with bonus credits", () => {
  let world: World;
  let relayer: ServedRelayer;
  let payer: PrivateKeyAccount;
  let client: TabClient;
  /** Of the creator; paid to the payer; by a split, and by a split of a split; sold to the payer. */
  let others: bigint;
  let own: Record<"payee" | "split" | "nested" | "owner", bigint>;

  const to = (account: { address: string }) => BigInt(account.address);
  const halves = (...recipients: bigint[]) =>
    recipients.sort((a, b) => (a < b ? -1 : 1)).map((recipient) => ({ recipient, bps: 10_000 / recipients.length }));
  const charged = async (id: bigint): Promise<Answer> => {
    const one = await client.ask(id);
    expect(one.error).to.equal(undefined);
    client.take(one);
    expect((await client.acknowledge()).status).to.equal(204);
    return one;
  };

  before(async () => {
    world = await startWorld();
    // Served before the characters are there: what the chain says later is seen, too.
    relayer = await serveRelayer(world, { EXPOSURE_INITIAL: "10000000", RATE_WRITES_PER_MINUTE: "1000" });
    payer = await withDollars(world, 1, 100n);
    await world.give(payer, 100n);
    await trustOperator(world);
    await giveBonus(world, payer, 10n);
    const perInference = { perInference: PRICE };
    const publish = (fields: Parameters<World["publish"]>[1] = {}) => world.publish(perInference, fields);
    others = await publish();
    const someone = world.account(77).address;
    const shares = halves(to(payer), BigInt(someone));
    const split = await publish({ shares });
    const outer = halves(await splitOf(shares), BigInt(someone));
    const [payee, nested, owner] = [
      await publish({ payee: to(payer) }),
      await publish({ shares: outer }),
      await publish(),
    ];
    await world.write(world.creator, "Characters", "transferFrom", [world.creator.address, payer.address, owner]);
    own = { payee, split, nested, owner };
    client = relayer.client(await openBonusTab(world, payer, { cap: 20n * PRICE, bonus: 3n * PRICE }));
    await relayer.watcher.look();
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });
  beforeEach(() => {
    world.upstream.behave = answer(["Hello"]);
  });

  async function splitOf(shares: readonly { recipient: bigint; bps: number }[]): Promise<bigint> {
    const { chain } = relayer.services;
    return chain.client.readContract({
      address: chain.contracts.Payouts,
      abi: payoutsAbi,
      functionName: "splitOf",
      args: [shares],
    });
  }
  const quote = async (id: bigint, headers: Record<string, string>) => {
    const { body } = await client.request(id);
    const response = await fetch(`${relayer.url}/v1/quotes`, {
      ...{ method: "POST", body },
      headers: { "Content-Type": "application/json", ...headers },
    });
    return quoteSchema.parse(await response.json());
  };

  it("says in a quote whether it pays, to its session and to who is signed in, and to nobody else", async () => {
    for (const headers of [await client.session(), await signInAt(relayer, payer)]) {
      expect((await quote(others, headers)).bonus).to.equal(true);
      for (const id of Object.values(own)) expect((await quote(id, headers)).bonus).to.equal(false);
    }
    expect((await quote(others, {})).bonus).to.equal(undefined);
    expect((await quote(own.owner, await signInAt(relayer, world.account(3)))).bonus).to.equal(true);
  });

  it("pays for nothing that its payer owns or is paid for, directly or through splits", async () => {
    for (const [why, id] of Object.entries(own)) {
      for (const stream of [false, true]) {
        const { status, error } = await client.ask(id, { stream });
        expect([status, error?.code], why).to.deep.equal([403, "bonus_on_own_character"]);
        expect(error?.stelai).to.deep.equal({ bonusLeft: String(3n * PRICE) });
      }
    }
    expect(await client.status()).to.include({ reserved: 0n, cumulative: 0n });
  });

  it("pays for no generation of the payer's own tools either", async () => {
    const tool = await world.publish({ perInference: PRICE }, { modality: 1, payee: to(payer) });
    const body = JSON.stringify({ model: `stelai-${tool}`, prompt: "A lighthouse" });
    const response = await client.make("/v1/images/generations", tool, body);
    expect(response.status).to.equal(403);
    expect(errorSchema.parse(await response.json()).error.code).to.equal("bonus_on_own_character");
  });

  it("pays for others first, and for the payer's own once as much was served as was bonus, signed or not", async () => {
    await charged(others);
    await charged(others);
    expect((await client.ask(own.split)).error?.stelai).to.deep.equal({ bonusLeft: String(PRICE) });
    const last = await client.ask(others);
    client.take(last);
    // Served and not signed: whoever signs for what follows signs for this, too.
    expect((await client.ask(own.split)).status).to.equal(200);
  });

  it("does not take what is only being served for spent: it may come to nothing", async () => {
    await giveBonus(world, payer, 10n);
    const other = relayer.client(await openBonusTab(world, payer, { cap: 5n * PRICE, bonus: PRICE }));
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun: () => void = () => {};
    const isBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    world.upstream.behave = async (...call) => {
      begun();
      await held;
      await answer(["Hello"])(...call);
    };
    const serving = other.ask(others);
    await isBegun;
    expect((await other.ask(own.payee)).error?.code).to.equal("bonus_on_own_character");
    release();
    expect((await serving).status).to.equal(200);
  });

  it("pays for a character again that is the payer's no more", async () => {
    await giveBonus(world, payer, 10n);
    const other = relayer.client(await openBonusTab(world, payer, { cap: 5n * PRICE, bonus: PRICE }));
    expect((await other.ask(own.payee)).error?.code).to.equal("bonus_on_own_character");
    await world.write(world.creator, "Characters", "setPayee", [own.payee, to(world.creator)]);
    await relayer.watcher.look();
    expect((await other.ask(own.payee)).status).to.equal(200);
  });

  it("without any, pays for what is the payer's own", async () => {
    const plain = relayer.client(await world.openTab(5n * PRICE));
    const mine = await world.publish({ perInference: PRICE }, { payee: to(world.payer) });
    expect((await plain.ask(mine)).status).to.equal(200);
  });
});
