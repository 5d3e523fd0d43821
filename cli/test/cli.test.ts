import { chmodSync } from "node:fs";
import { join } from "node:path";
import { isSplit, payeeOf, type Stelai, sortShares, splitOf, type TabSession } from "@stelai/sdk";
import { expect } from "chai";
import { encryptKeystoreJson } from "ethers";
import { stelai } from "./command.ts";
import { type Person, testWorld, until, type World } from "./world.ts";

/** One pixel. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const messages = [{ role: "user" as const, content: "Who are you?" }];

describe("The command line, for creators", () => {
  let world: World;
  let creator: Person;
  let partner: Person;
  let payer: Stelai;
  let payerKey: Person;
  let session: TabSession;
  let characterId: bigint;

  before(async function () {
    this.timeout(300_000);
    world = await testWorld();
    [creator, partner, payerKey] = [await world.newcomer(), await world.newcomer(), await world.withCredits()];
    world.write("ferryman.png", PICTURE);
    world.write("ferryman.md", "You are a ferryman on a slow river. You never hurry.");
    world.write("ferryman.yaml", fileOf({ perInference: 0.1 }));
  });

  function fileOf({ perInference, persona = "ferryman.md" }: { perInference: number; persona?: string }): string {
    return [
      "name: Ferryman",
      "tagline: Rows you over.",
      "picture: ferryman.png",
      `persona: ${persona}`,
      "prices:",
      `  perInference: ${perInference}`,
      "  perUnit: 0.05",
      "splits:",
      `  - { to: "${creator.address}", percent: 70 }`,
      `  - { to: "${partner.address}", percent: 30 }`,
      "",
    ].join("\n");
  }

  it("shows what would be sent, and sends nothing, when it is a dry run", async () => {
    const head = await world.client.getBlockNumber();
    const { code, out } = await world.run(["character", "publish", join(world.folder, "ferryman.yaml"), "--dry-run"]);
    expect(code).to.equal(0);
    expect(out)
      .to.include("0.1 an answer, 0.05 a unit")
      .and.to.include(world.first.address)
      .and.to.include("Nothing was sent");
    expect(await world.client.getBlockNumber()).to.equal(head);
  });

  it("publishes a character from its file: card, picture, persona, prices, split, at the address the dry run named", async () => {
    const file = join(world.folder, "ferryman.yaml");
    const dry = JSON.parse((await world.run(["character", "publish", file, "--dry-run", "--json"])).out);
    const { code, out, error } = await world.run(["character", "publish", file, "--json"], creator);
    expect(code, error).to.equal(0);
    const published = JSON.parse(out);
    characterId = BigInt(published.characterId);
    expect(published.metadataURI).to.equal(dry.metadataURI);
    const reader = world.stelaiOf(undefined, { relayerUrl: world.first.url });
    const character = await reader.characters.getCharacter({ characterId });
    expect(character.owner).to.equal(creator.address);
    expect(character.terms).to.include({ perInference: 100_000n, perUnit: 50_000n, monthly: 0n });
    expect(isSplit(character.payee)).to.equal(true);
    const shares = sortShares([
      { recipient: payeeOf(creator.address), bps: 7_000 },
      { recipient: payeeOf(partner.address), bps: 3_000 },
    ]);
    expect(character.payee).to.equal(splitOf(shares));
    const card = await reader.characters.fetchCard(character);
    expect(card).to.include({ name: "Ferryman", tagline: "Rows you over." });
    const picture = await fetch(reader.characters.gatewayUrl(card.image ?? ""));
    expect(Buffer.from(await picture.arrayBuffer()).equals(PICTURE)).to.equal(true);
  });

  it("answers as the persona of the file, paid for through the SDK and settled on the chain", async () => {
    payer = world.stelaiOf(payerKey, { relayerUrl: world.first.url });
    ({ session } = await (await payer.tab.openSession({ cap: 5_000_000n })).wait());
    const { text, charge } = await payer.generate.chat({ session, characterId, messages, maxTokens: 50 });
    expect(text).to.equal(world.first.upstream.says);
    expect(world.first.upstream.asked.at(-1)).to.include("ferryman on a slow river");
    const { tabId, operator } = session;
    const { spent } = await until(
      () => payer.tab.getTab({ operator, tabId }),
      (tab) => tab.spent > 0n,
    );
    expect(spent).to.equal(charge?.cost);
  });

  it("lists what the account owns, and shows one without an index", async () => {
    const { out } = await world.run(["character", "list", "--account", creator.address]);
    expect(out).to.include("Ferryman").and.to.include("0.1 an answer");
    const shown = await world.run(["character", "show", String(characterId), "--indexer", "http://127.0.0.1:9"]);
    expect(shown.code).to.equal(0);
    expect(shown.out).to.include(world.first.address).and.to.include("the index does not answer");
  });

  it("tells earnings by character and by split, collects and claims them to the wei", async () => {
    const accrued = await payer.characters.getAccrued({ characterId });
    const before = JSON.parse((await world.run(["earnings", "--json"], creator)).out);
    expect(before.characters).to.deep.include({
      characterId: String(characterId),
      payee: before.splits[0].split,
      accruedMicro: String(accrued),
      harvestableMicro: "0",
      receivedWei: "0",
    });
    expect(before.claimableWei).to.equal("0");
    const nothing = await world.run(["claim"], creator);
    expect([nothing.code, nothing.error]).to.satisfy(
      ([code, text]: [number, string]) => code === 1 && text.includes("--collect"),
    );

    const claimed = await world.run(["claim", "--collect", "--json"], creator);
    expect(claimed.code, claimed.error).to.equal(0);
    const { amountWei } = JSON.parse(claimed.out);
    const earned = await payer.payouts.getEarnings({ payee: splitOf(sharesNow()) });
    const net = earned.reduce((sum, one) => sum + one.net, 0n);
    expect(earned.reduce((sum, one) => sum + one.gross, 0n)).to.equal(accrued * 10n ** 12n);
    expect(amountWei).to.equal(String((net * 7_000n) / 10_000n));
    expect(await payer.credits.getBalance({ account: creator.address })).to.include({ stelai: BigInt(amountWei) });
    const after = JSON.parse((await world.run(["earnings", "--json"], creator)).out);
    expect(after).to.include({ claimableWei: "0", notCollectedMicro: "0" });

    const { floorPrice } = await payer.credits.getSolvency();
    const share = (net * 3_000n) / 10_000n;
    const paid = (share * floorPrice) / 10n ** 18n;
    const tooMuch = await world.run(["claim", "--redeem", "--minimum", "5000"], partner);
    expect([tooMuch.code, tooMuch.error.includes("No money moved.")]).to.deep.equal([1, true]);
    const least = `0.${String(paid).padStart(6, "0")}`;
    const redeemed = JSON.parse((await world.run(["claim", "--redeem", "--minimum", least, "--json"], partner)).out);
    expect(redeemed).to.include({ amountWei: String(share), paidReserve: String(paid) });
  });

  const sharesNow = () =>
    sortShares([
      { recipient: payeeOf(creator.address), bps: 7_000 },
      { recipient: payeeOf(partner.address), bps: 3_000 },
    ]);

  it("brings a published character to what its file says now, sends only what differs, and nothing the second time", async () => {
    world.write("ferryman.yaml", fileOf({ perInference: 0.2 }));
    const words = ["character", "publish", join(world.folder, "ferryman.yaml"), "--id", String(characterId)];
    const dry = await world.run([...words, "--dry-run", "--json"]);
    expect(JSON.parse(dry.out).changes).to.deep.equal(["persona (if it differs from what is kept)", "prices"]);
    const updated = JSON.parse((await world.run([...words, "--json"], creator)).out);
    expect(updated.changes).to.deep.equal(["prices"]);
    expect((await payer.characters.getTerms({ characterId })).terms.perInference).to.equal(200_000n);
    expect((await world.run(words, creator)).out).to.include("Nothing was sent");

    world.write("ferrywoman.md", "You are a ferrywoman, and in a hurry.");
    world.write("ferryman.yaml", fileOf({ perInference: 0.2, persona: "ferrywoman.md" }));
    const minded = JSON.parse((await world.run([...words, "--json"], creator)).out);
    expect(minded.changes).to.deep.equal(["persona"]);
    const stranger = await world.run(words, partner);
    expect([stranger.code, stranger.error]).to.satisfy(
      ([code, text]: [number, string]) => code === 1 && text.includes("belongs to"),
    );
  });

  it("audits a bill green, keeps it, and audits the kept one without key or operator", async () => {
    const bill = join(world.folder, "bill.json");
    const audited = await world.run(["audit", "--tab", String(session.tabId), "--save", bill], payerKey);
    expect(audited.code, audited.error).to.equal(0);
    expect(audited.out)
      .to.match(/✔ receipt 1, character \d+/)
      .and.to.include("Every number fits the chain");
    const elsewhere = { relayer: "http://127.0.0.1:9" };
    const kept = await world.run(
      ["audit", "--receipts", bill, "--deployment", world.deploymentFile],
      undefined,
      elsewhere,
    );
    expect(kept.code, kept.error).to.equal(0);
    const all = JSON.parse((await world.run(["audit", "--json"], payerKey)).out);
    expect(all).to.include({ ok: true });
    expect(all.tabs).to.have.length(1);
  });

  it("audits a bent bill red, names the receipt and both numbers, and ends with 1", async () => {
    const bill = JSON.parse(world.read("bill.json"));
    const { receipt } = bill.entries[0].receipt;
    receipt.amount = String(BigInt(receipt.amount) + 1n);
    const bent = world.write("bent.json", JSON.stringify(bill));
    const { code, out } = await world.run(["audit", "--receipts", bent]);
    expect(code).to.equal(1);
    expect(out)
      .to.include("✘ receipt 1")
      .and.to.match(/expected \d+, found \d+/)
      .and.to.include("do not fit");
    const { ok, tabs } = JSON.parse((await world.run(["audit", "--receipts", bent, "--json"])).out);
    expect(ok).to.equal(false);
    expect(tabs[0].findings.map(({ kind }: { kind: string }) => kind)).to.include.members([
      "amount",
      "receipt-signature",
    ]);
  });

  it("shows balances, the relayer's state, and what was settled for which gas", async () => {
    const held = JSON.parse((await world.run(["balance", "--account", payerKey.address, "--json"])).out);
    expect(BigInt(held.creditsWei)).to.equal((await payer.credits.getBalance({ account: payerKey.address })).stelai);
    const status = JSON.parse((await world.run(["relayer", "status", "--json"])).out);
    expect(status).to.include({ operator: world.first.address, isReady: true });
    const watched = await world.run(["settlement", "watch", "--once", "--json"]);
    const state = JSON.parse(watched.out);
    const { spent } = await payer.tab.getTab(session);
    expect(state).to.include({ operator: world.first.address, settledMicro: String(spent), waitingMicro: "0" });
    expect(Number(state.batches[0].gasUsed)).to.be.within(20_000, 300_000);
  });

  it("signs with an encrypted keystore and its password, and says when that is wrong", async () => {
    // Cheap to open: a real one takes seconds.
    const cheap = { scrypt: { N: 1_024, r: 8, p: 1 } };
    const keystore = world.write("key.json", await encryptKeystoreJson(creator, "a long password", cheap));
    chmodSync(keystore, 0o600);
    const words = ["claim", "--keystore", keystore];
    const right = await world.run(words, undefined, { environment: { STELAI_PASSWORD: "a long password" } });
    expect([right.code, right.error]).to.satisfy(
      ([code, text]: [number, string]) => code === 1 && text.includes("Nothing can be claimed now"),
    );
    const wrong = await world.run(words, undefined, { environment: { STELAI_PASSWORD: "another" } });
    expect([wrong.code, wrong.error]).to.satisfy(
      ([code, text]: [number, string]) => code === 2 && text.includes("does not open"),
    );
    const nobody = await world.run(words);
    expect([nobody.code, nobody.error]).to.satisfy(
      ([code, text]: [number, string]) => code === 2 && text.includes("STELAI_PASSWORD"),
    );
  });

  const wrongUses: [string, string[], RegExp][] = [
    ["a command that does not exist", ["chracter"], /unknown command/],
    ["an option that does not exist", ["balance", "--jsn"], /unknown option/],
    ["an argument that is missing", ["character", "publish"], /missing required argument/],
    ["no key where one is needed", ["claim"], /there is no key.*STELAI_PRIVATE_KEY/],
    ["nobody to look at", ["balance"], /--account/],
    ["an account that is none", ["earnings", "--account", "me"], /--account must be an address/],
    ["a file that does not exist", ["character", "publish", "nowhere.yaml"], /no such file/],
    ["a minimum without a redemption", ["claim", "--minimum", "1"], /--redeem/],
    ["a redemption without a minimum", ["claim", "--redeem"], /--minimum/],
    ["a node that is no URL", ["balance", "--rpc", "localhost"], /--rpc must be/],
  ];
  it("ends with 2 and says how it is used, whatever is wrong with the words", async () => {
    for (const [what, words, says] of wrongUses) {
      const { code, error } = await world.run(words);
      expect(code, what).to.equal(2);
      expect(error, what).to.match(says);
    }
  });

  const wrongFiles: [string, string, string[], RegExp][] = [
    ["a character that is no YAML", "name: [Ferryman", ["character", "publish"], /line 1/],
    [
      "a character with a field too much",
      "name: A\ntagline: B\npersona: C\nprise: 3\n",
      ["character", "publish"],
      /prise/,
    ],
    [
      "a character whose persona is not there",
      "name: A\npersona: nowhere.md\n",
      ["character", "publish"],
      /nowhere\.md/,
    ],
    ["a bill that is no JSON", "{", ["audit", "--receipts"], /is not JSON/],
    ["a bill that is none", "{}", ["audit", "--receipts"], /is no bill: entries/],
    ["seals that are no JSON", "seals", ["settlement", "settle"], /is not JSON/],
    ["seals that are none", '{ "seals": [] }', ["settlement", "settle"], /holds no seals/],
    ["contracts that are no JSON", "x", ["balance", "--deployment"], /is not JSON/],
    ["contracts that are none", "{}", ["balance", "--deployment"], /is not a deployment/],
    ["a keystore that is no JSON", "x", ["claim", "--keystore"], /is not a keystore/],
    ["a keystore that is none", "{}", ["claim", "--keystore"], /is not an encrypted keystore/],
  ];
  it("ends with 2 and names the file, whatever is wrong with it", async () => {
    for (const [what, text, words, says] of wrongFiles) {
      const file = world.write("wrong", text);
      const { code, out, error } = await world.run([...words, file], creator);
      expect([what, code, out]).to.deep.equal([what, 2, ""]);
      expect(error, what).to.match(says).and.to.include(world.folder);
      const missing = join(world.folder, "nowhere");
      const none = await world.run([...words, missing], creator);
      expect([what, none.code, none.error.includes(missing)]).to.deep.equal([what, 2, true]);
    }
  });

  it("ends with 1 and says that nothing moved when there is no gas to pay with", async () => {
    world.write("plain.yaml", "name: Ferryman\ntagline: Rows you over.\npersona: { systemPrompt: You row. }\n");
    const poor = await world.newcomer();
    await world.setEth(poor.address, 0n);
    const words = ["character", "publish", join(world.folder, "plain.yaml")];
    const { code, error } = await world.run(words, poor);
    expect([code, error]).to.satisfy(
      ([ended, text]: [number, string]) => ended === 1 && /ETH/.test(text) && text.includes("No money moved."),
    );
    const { out } = await world.run([...words, "--json"], poor);
    expect(JSON.parse(out).error).to.include({ name: "InsufficientEthError", moneyMoved: "no" });
    expect((await world.run(["character", "list", "--json"], poor)).out).to.include('"characters": []');
  });

  it("ends with 1 and says what is out of reach: the node, the relayer, or another chain than the contracts'", async () => {
    const account = ["--account", creator.address];
    const node = await world.run(["balance", ...account, "--rpc", "http://127.0.0.1:9"]);
    expect([node.code, node.error.includes("cannot be reached. Nothing was sent.")]).to.deep.equal([1, true]);
    const relayer = await world.run(["relayer", "status"], undefined, { relayer: "http://127.0.0.1:9" });
    expect([relayer.code, relayer.error.includes("cannot be reached. No money moved.")]).to.deep.equal([1, true]);
    const file = JSON.parse(world.read("deployment.json"));
    const other = world.write("other.json", JSON.stringify({ ...file, genesisHash: `0x${"11".repeat(32)}` }));
    const chain = await world.run(["balance", ...account, "--deployment", other]);
    expect([chain.code, chain.error.includes("another chain of the same number")]).to.deep.equal([1, true]);
    const asJson = await world.run(["balance", ...account, "--json", "--rpc", "http://127.0.0.1:9"]);
    expect(JSON.parse(asJson.out).error.message).to.include("cannot be reached");
  });

  it("tells what it can do, with examples, for the whole and for each command", async () => {
    const whole = await stelai(["--help"]);
    expect(whole.code).to.equal(0);
    for (const word of ["publish", "earnings", "claim", "audit", "relayer", "settlement", "STELAI_PRIVATE_KEY"]) {
      expect(whole.out).to.include(word);
    }
    expect((await stelai(["character", "publish", "--help"])).out).to.include("perInference: 0.1");
  });
});
