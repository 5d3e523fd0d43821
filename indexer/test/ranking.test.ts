/** The monthly ranking and a character's usage, held against what was settled on the chain. */
import {
  encodeBatch,
  hashLines,
  type Line,
  MODALITIES,
  meterDomain,
  meterTypes,
  payeeOf,
  type Share,
} from "@stelai/sdk";
import { expect } from "chai";
import { keccak256, maxUint256, toHex, zeroAddress, zeroHash } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { startChain, type TestChain } from "../../test/harness/chain.ts";
import { monthOf } from "../src/chain.ts";
import { monthBefore, PAYER_CAP, spanOf } from "../src/ranking.ts";
import { startIndexer, type TestIndexer } from "./indexer.ts";
import { sharesOf } from "./traffic.ts";
import { type World, worldOf } from "./world.ts";

type Actor = World["alice"];
type Entry = Record<"characterId" | "owner" | "paid" | "counted" | "generations" | "reachedAt", string> & {
  rank: number;
  users: number;
  previousRank: number | null;
};
type Ranking = {
  month: string;
  modality: string;
  provisional: boolean;
  rules: { from: string; to: string; payerCap: string; ownPeople: string; tieBreak: string[] };
  entries: Entry[];
};
type Usage = {
  totals: Record<"generations" | "milliunits" | "paid", string> & { users: number };
  days: (Record<"generations" | "milliunits" | "paid" | "sold" | "refunded", string> & {
    day: number;
    payers: number;
  })[];
  ranking: {
    month: string;
    rank: number | null;
    previousRank: number | null;
    best: { month: string; rank: number } | null;
  };
};

const CREDIT = 1_000_000n;
const TERMS = { lifetime: 0, monthly: 0, annual: 0, perInference: 1_000, perUnit: 2_000 };

describe("The monthly ranking", () => {
  let chain: TestChain;
  let w: World;
  let indexer: TestIndexer;
  let firstMonth: string;
  /** The tools, by what happens to them. */
  let tools: Record<"busy" | "split" | "even" | "dusty" | "sold" | "unlisted" | "suspended" | "music", bigint>;

  const session = privateKeyToAccount(generatePrivateKey());

  const read = async <Body>(path: string): Promise<Body> => {
    await indexer.caughtUp();
    return (await (await fetch(`${indexer.url}${path}`)).json()) as Body;
  };
  const ranked = async (query: string) => {
    const { entries } = await read<Ranking>(`/ranking${query}`);
    return entries.map(({ rank, characterId, paid, counted, users }) => [
      rank,
      BigInt(characterId),
      BigInt(paid),
      BigInt(counted),
      users,
    ]);
  };

  async function create(owner: Actor, modality: (typeof MODALITIES)[number], shares: Share[] = []): Promise<bigint> {
    const { Characters } = w.contracts;
    const creation = {
      ...{
        modality: MODALITIES.indexOf(modality),
        visibility: 0,
        payee: payeeOf(owner.address),
        personaHash: zeroHash,
      },
      ...{ metadataURI: "ipfs://card", terms: TERMS, operators: [w.operator.address], shares },
    };
    await w.mined(owner.wallet.writeContract({ ...Characters, functionName: "create", args: [creation] }));
    return w.publicClient.readContract({ ...Characters, functionName: "count" });
  }

  /** Credits for everyone who pays. */
  async function fund(): Promise<void> {
    const { CreditStore, Reserve, InferenceMeter, Stelai } = w.contracts;
    const [packageId] = await w.publicClient.readContract({ ...CreditStore, functionName: "packages" });
    for (const who of payers()) {
      const pay = who.wallet;
      await w.mined(pay.writeContract({ ...Reserve, functionName: "mint", args: [who.address, 1_000_000_000n] }));
      await w.mined(
        pay.writeContract({ ...Reserve, functionName: "approve", args: [CreditStore.address, maxUint256] }),
      );
      const order = { packageId, quantity: 2n, recipient: who.address, referrer: zeroAddress, maxPrice: maxUint256 };
      await w.mined(pay.writeContract({ ...CreditStore, functionName: "buy", args: [order] }));
      await w.mined(
        pay.writeContract({ ...Stelai, functionName: "approve", args: [InferenceMeter.address, maxUint256] }),
      );
    }
  }

  const payers = () => [w.alice, w.bob, w.carol, w.deployer, w.treasury];

  /** Opens a tab and settles it for one character, with an operator's fee beside. */
  async function pay(who: Actor, characterId: bigint, amount: bigint, inferences = 1n): Promise<void> {
    const { InferenceMeter } = w.contracts;
    const operator = w.operator.address;
    const expiry = (await w.publicClient.getBlock()).timestamp + 86_400n;
    const opening = { operator, sessionKey: session.address, cap: Number(amount + 7n), expiry };
    await w.mined(who.wallet.writeContract({ ...InferenceMeter, functionName: "open", args: [opening] }));
    const args = [operator] as const;
    const tabId = await w.publicClient.readContract({ ...InferenceMeter, functionName: "tabCount", args });
    const lines: Line[] = [
      { characterId: 0n, amount: 7n, inferences: 0n, milliunits: 0n },
      { characterId, amount, inferences, milliunits: 1_000n * inferences },
    ];
    const receipts = keccak256(toHex(`receipts ${tabId}`));
    const cumulative = amount + 7n;
    const signature = await session.signTypedData({
      domain: meterDomain(w.chain.deployment.chainId, InferenceMeter.address),
      types: meterTypes,
      primaryType: "Voucher",
      message: { operator, tabId, base: 0, cumulative: Number(cumulative), lines: hashLines(lines), receipts },
    });
    const batch = encodeBatch([{ tabId, cumulative, receipts, lines, signature }]);
    await w.mined(w.operator.wallet.writeContract({ ...InferenceMeter, functionName: "settle", args: [batch] }));
  }

  /** Lets time pass until so long after the month that comes. */
  async function untilNextMonth(seconds = 3_600): Promise<void> {
    const now = await w.now();
    await w.pass(Number(spanOf(monthOf(now)).to - now) + seconds);
  }

  before(async () => {
    chain = await startChain();
    w = worldOf(chain);
    await fund();
    tools = {
      busy: await create(w.bob, "Image"),
      split: await create(w.carol, "Image", sharesOf(w)),
      even: await create(w.operator, "Image"),
      dusty: await create(w.operator, "Image"),
      sold: await create(w.alice, "Image"),
      unlisted: await create(w.bob, "Image"),
      suspended: await create(w.bob, "Image"),
      music: await create(w.bob, "Music"),
    };
    const { Characters } = w.contracts;
    // Nothing of this may lie across a month's end.
    await untilNextMonth();
    firstMonth = monthOf(await w.now());

    await pay(w.alice, tools.split, 100n * CREDIT);
    await pay(w.alice, tools.busy, 30n * CREDIT, 3n);
    await pay(w.bob, tools.busy, 500n * CREDIT);
    await pay(w.carol, tools.busy, 150n * CREDIT, 2n);
    await pay(w.alice, tools.even, 60n * CREDIT);
    await pay(w.bob, tools.even, 40n * CREDIT);
    // Beyond the cap, so that it is not later for it; and by someone whom the split pays.
    await pay(w.alice, tools.split, 31n * CREDIT);
    await pay(w.bob, tools.split, 90n * CREDIT);
    for (const who of [w.deployer, w.treasury]) await pay(who, tools.dusty, 1n);
    for (const id of [tools.unlisted, tools.suspended, tools.music]) await pay(w.alice, id, 200n * CREDIT);
    await w.mined(
      w.bob.wallet.writeContract({ ...Characters, functionName: "setVisibility", args: [tools.unlisted, 1] }),
    );
    const suspension = [tools.suspended, true, "spam"] as const;
    await w.mined(w.deployer.wallet.writeContract({ ...Characters, functionName: "setSuspended", args: suspension }));
    // Paid by who owns it, sold, and paid by both sides of the sale.
    await pay(w.alice, tools.sold, 20n * CREDIT);
    const sale = [w.alice.address, w.treasury.address, tools.sold] as const;
    await w.mined(w.alice.wallet.writeContract({ ...Characters, functionName: "transferFrom", args: sale }));
    await pay(w.alice, tools.sold, 20n * CREDIT);
    await pay(w.treasury, tools.sold, 20n * CREDIT);
    await pay(w.bob, tools.sold, 10n * CREDIT);
    indexer = await startIndexer(chain);
  });

  after(async () => {
    await indexer?.stop();
    await chain?.stop();
  });

  it("counts what was settled, of one payer at most the cap, of its own people nothing, the earlier first of equals", async () => {
    expect(PAYER_CAP).to.equal(100n * CREDIT);
    expect(await ranked("?modality=Image")).to.deep.equal([
      [1, tools.busy, 180n * CREDIT, 130n * CREDIT, 2],
      [2, tools.split, 131n * CREDIT, 100n * CREDIT, 1],
      [3, tools.even, 100n * CREDIT, 100n * CREDIT, 2],
      [4, tools.sold, 10n * CREDIT, 10n * CREDIT, 1],
      [5, tools.dusty, 2n, 2n, 2],
    ]);
    expect(await ranked("?modality=Music")).to.deep.equal([[1, tools.music, 200n * CREDIT, 100n * CREDIT, 1]]);
  });

  it("says by which rules, that a month which goes on is provisional, and where who stands belongs", async () => {
    const { month, modality, provisional, rules, entries } = await read<Ranking>("/ranking?limit=1");
    const { from, to } = spanOf(firstMonth);
    expect({ month, modality, provisional }).to.deep.equal({ month: firstMonth, modality: "Image", provisional: true });
    expect(rules).to.deep.equal({
      ...{ from: String(from), to: String(to), payerCap: String(PAYER_CAP), ownPeople: "0" },
      tieBreak: ["reachedAt", "characterId"],
    });
    expect(entries).to.have.length(1);
    expect(entries[0]).to.include({ owner: w.bob.address.toLowerCase(), generations: "5", previousRank: null });
  });

  it("tells a character's use and income by day, own people's as well, and where it stands", async () => {
    const { totals, days, ranking } = await read<Usage>(`/characters/${tools.busy}/usage?days=3`);
    expect(totals).to.deep.equal({ generations: "6", milliunits: "6000", paid: String(680n * CREDIT), users: 3 });
    expect(days).to.have.length(3);
    expect(days[2]).to.deep.equal({
      ...{ day: (days[0]?.day ?? 0) + 2, generations: "6", milliunits: "6000", paid: String(680n * CREDIT) },
      ...{ payers: 3, sold: "0", refunded: "0" },
    });
    expect(ranking).to.deep.equal({
      ...{ month: firstMonth, rank: 1, previousRank: null, best: { month: firstMonth, rank: 1 } },
    });
    const none = await read<Usage>("/characters/999/usage?days=1");
    expect(none.totals).to.deep.equal({ generations: "0", milliunits: "0", paid: "0", users: 0 });
    expect(none.ranking).to.deep.equal({ month: firstMonth, rank: null, previousRank: null, best: null });
  });

  it("takes back what a reorganisation took back", async () => {
    const before = await ranked("");
    const snapshot = await chain.request("evm_snapshot");
    await pay(w.carol, tools.dusty, 99n * CREDIT);
    const args = [w.bob.address, w.carol.address, tools.busy] as const;
    await w.mined(w.bob.wallet.writeContract({ ...w.contracts.Characters, functionName: "transferFrom", args }));
    expect(await ranked("")).to.deep.equal([
      [1, tools.split, 131n * CREDIT, 100n * CREDIT, 1],
      [2, tools.even, 100n * CREDIT, 100n * CREDIT, 2],
      [3, tools.dusty, 99n * CREDIT + 2n, 99n * CREDIT + 2n, 3],
      [4, tools.busy, 30n * CREDIT, 30n * CREDIT, 1],
      [5, tools.sold, 10n * CREDIT, 10n * CREDIT, 1],
    ]);
    await chain.request("evm_revert", [snapshot]);
    await w.pass(60);
    for (let block = 0; block < 6; block += 1) await w.pass(1);
    expect(await ranked("")).to.deep.equal(before);
  });

  it("of a month that is over is final, whoever buys a character later; the next begins at nothing and tells the last", async () => {
    const over = await ranked(`?month=${firstMonth}`);
    await untilNextMonth();
    expect(await ranked("")).to.deep.equal([]);
    // A customer of last month becomes the owner, and pays as such; who sold last month is a customer again.
    const args = [w.bob.address, w.carol.address, tools.busy] as const;
    await w.mined(w.bob.wallet.writeContract({ ...w.contracts.Characters, functionName: "transferFrom", args }));
    await pay(w.carol, tools.busy, 50n * CREDIT);
    await pay(w.alice, tools.sold, 40n * CREDIT);
    expect(await ranked(`?month=${firstMonth}`)).to.deep.equal(over);
    const { month, provisional, entries } = await read<Ranking>("/ranking");
    expect(monthBefore(month)).to.equal(firstMonth);
    expect(provisional).to.equal(true);
    expect(
      entries.map(({ rank, characterId, previousRank }) => [rank, BigInt(characterId), previousRank]),
    ).to.deep.equal([[1, tools.sold, 4]]);
    expect((await read<Ranking>(`/ranking?month=${firstMonth}`)).provisional).to.equal(false);
    const { ranking } = await read<Usage>(`/characters/${tools.sold}/usage`);
    expect(ranking).to.deep.equal({ month, rank: 1, previousRank: 4, best: { month, rank: 1 } });
  });

  it("with a month or modality that is none, refuses and names the parameter", async () => {
    for (const [path, param] of [
      ["/ranking?month=2026-13", "month"],
      ["/ranking?month=2026-1", "month"],
      ["/ranking?month=2026-11'--", "month"],
      ["/ranking?modality=Smell", "modality"],
      ["/ranking?limit=101", "limit"],
      ["/characters/1/usage?days=367", "days"],
    ] as const) {
      const response = await fetch(`${indexer.url}${path}`);
      expect(response.status, path).to.equal(400);
      expect(((await response.json()) as { error: { param: string } }).error.param).to.equal(param);
    }
  });
});
