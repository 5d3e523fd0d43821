import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { expect } from "chai";
import type { Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { start, stelai } from "./command.ts";
import { freePort, type Person, testWorld, until, untilReady, type World } from "./world.ts";

const GUIDE = readFileSync(new URL("../../docs/OPERATORS.md", import.meta.url), "utf8");
const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const messages = [{ role: "user" as const, content: "Who are you?" }];

describe("What the documents tell to type", () => {
  let world: World;
  let creator: Person;
  let characterId: bigint;
  let folder: string;
  let mine: string;
  let operator: Person;
  let relayer: ReturnType<typeof start> | undefined;

  before(async function () {
    this.timeout(300_000);
    world = await testWorld();
    creator = await world.newcomer();
    folder = join(world.folder, "documents");
    mkdirSync(folder);
    mine = `http://127.0.0.1:${await freePort()}`;
  });
  after(() => relayer?.kill());

  /** The guide's commands, in its order, on this world: other ports and numbers, and the same words. */
  const commands = [...GUIDE.matchAll(/^ *npx stelai (.+)$/gm)].map(([, words = ""]) => words);
  const typed = (words: string) =>
    words
      .replaceAll("http://127.0.0.1:8545", world.chain.rpcUrl)
      .replaceAll("http://127.0.0.1:8787", world.first.url)
      .replaceAll("http://127.0.0.1:8788", mine)
      .replaceAll("<your operator's address>", operator?.address)
      .replace(/^(character \w+) 12/, `$1 ${characterId}`)
      .split(" ");
  const options = (person?: Person) => ({
    cwd: folder,
    environment: {
      STELAI_RPC: world.chain.rpcUrl,
      STELAI_RELAYER: mine,
      ...(person && { STELAI_PRIVATE_KEY: person.privateKey }),
    },
  });
  const run = async (beginning: string, person?: Person) => {
    const words = commands.find((one) => one.startsWith(beginning));
    if (words === undefined) throw new Error(`The guide has no command that begins with "${beginning}".`);
    const ended = await stelai(typed(words), options(person));
    expect(ended.code, `${words}\n${ended.error}`).to.equal(0);
    return ended.out;
  };

  it("publishes the character of the README, as its file stands there", async () => {
    const [, text = ""] = /```yaml\n([\s\S]*?)```/.exec(README) ?? [];
    const file = join(folder, "ferryman.yaml");
    appendFileSync(file, text.replace("http://127.0.0.1:8787", world.first.url));
    appendFileSync(join(folder, "ferryman.md"), "You are a ferryman on a slow river.");
    appendFileSync(join(folder, "ferryman.png"), PICTURE);
    const published = await world.run(["character", "publish", file, "--json"], creator);
    expect(published.code, published.error).to.equal(0);
    characterId = BigInt(JSON.parse(published.out).characterId);
    const shown = await world.run(["character", "show", String(characterId), "--indexer", "http://127.0.0.1:9"]);
    expect(shown.out).to.include("Ferryman").and.to.include("120 for good");
  });

  it("takes an operator from nothing to serving, as the guide goes", async function () {
    this.timeout(300_000);
    expect(await run("relayer init")).to.include("relayer.env");
    const file = join(folder, "relayer.env");
    const { OPERATOR_PRIVATE_KEY = "" } = parseEnv(readFileSync(file, "utf8"));
    const privateKey = OPERATOR_PRIVATE_KEY as Hex;
    operator = { address: privateKeyToAccount(privateKey).address, privateKey };
    await world.setEth(operator.address, 10n ** 18n);
    const settings = [`PORT=${new URL(mine).port}`, "PROVIDER=local", "FEE_PER_UNIT_CHAT=3000", "CHAIN_POLL_MS=100"];
    // Seals and settles as soon as anything is signed.
    appendFileSync(file, `${[...settings, "SETTLE_VALUE=1", "SETTLE_INTERVAL_MS=200"].join("\n")}\n`);
    const words = commands.find((one) => one.startsWith("relayer run")) ?? "";
    relayer = start(typed(words), options());
    await untilReady(mine, () => relayer ?? start([]));
    expect(await run("relayer status"))
      .to.include(operator.address)
      .and.to.include("ready");
    await run("character serve", creator);
    const payer = world.stelaiOf(await world.withCredits(), { relayerUrl: mine });
    await until(
      () => payer.characters.getModel({ characterId }).catch(() => null),
      (found) => found !== null,
    );
    const { session } = await (await payer.tab.openSession({ cap: 5_000_000n })).wait();
    const { charge } = await payer.generate.chat({ session, characterId, messages, maxTokens: 50 });
    expect(Number(charge?.cost)).to.be.greaterThan(100_000);
    await until(
      () => payer.payouts.getAccruedFee({ operator: operator.address }),
      (fee) => fee > 0n,
    );
  });

  it("shows the operator what is settled, and pays it", async () => {
    const watching = start(typed(commands.find((one) => one.startsWith("settlement watch")) ?? ""), options());
    await until(
      async () => watching.printed.out,
      (printed) => printed.includes("nothing waits"),
    );
    expect((await watching.terminate()).code).to.equal(0);
    expect(await run("earnings")).to.include("as an operator");
    expect(await run("claim", operator)).to.match(/claimed +0\.\d+ credits/);
    await run("settlement save");
    expect(await run("settlement settle", creator)).to.include("settled already");
  });

  it("leaves no command of the guide untried", () => {
    const tried = ["relayer init", "relayer run", "relayer status", "character serve", "settlement watch", "earnings"];
    const all = [...tried, "claim", "settlement save", "settlement settle"];
    expect(commands.filter((one) => !all.some((beginning) => one.startsWith(beginning)))).to.deep.equal([]);
    expect(commands).to.have.length(all.length);
  });
});

/** One pixel. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
