/** Every page in both themes and both widths: axe, Lighthouse on the production build, and nothing untranslated. */
import { VISIBILITIES } from "@stelai/sdk";
import { charactersAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import { buyThousand, connect, getTestMoney, openTab, say } from "./acts.ts";
import { expectAccessible } from "./harness/axe.ts";
import { untranslated } from "./harness/catalogue.ts";
import { audit } from "./harness/lighthouse.ts";
import { until, type Visit, visit, visitWithWallet, type WalletVisit, world } from "./world.ts";

/** A page, and what stands on it once it has loaded, in any language. */
interface Target {
  path: string;
  loaded: string;
}

/** Nothing is called so. */
const QUERY = "zzz";
const CARD = "main ul li a[href^='/c/']";
const PUBLIC: readonly Target[] = [
  { path: "/", loaded: CARD },
  { path: `/?q=${QUERY}`, loaded: CARD },
  { path: "/c/1", loaded: "[role=log]" },
  { path: "/credits", loaded: "main ul li button" },
  { path: "/create", loaded: "main button" },
  { path: "/publish", loaded: "main form" },
  { path: "/statement", loaded: "main button" },
  { path: "/you", loaded: "main h2" },
  { path: "/operator-privacy", loaded: "main h2" },
  { path: "/nowhere", loaded: "main h1" },
];
/** The same pages say more to somebody whose wallet is connected. */
const CONNECTED: readonly Target[] = [
  { path: "/credits", loaded: "main table" },
  { path: "/create", loaded: "main dl" },
  { path: "/c/1", loaded: "main [role=log] article:nth-of-type(2)" },
  { path: "/statement", loaded: "main section li" },
  { path: "/you", loaded: "main h2" },
];
const LIGHTHOUSE = ["/", "/c/1", "/credits"];
const PSEUDO = "en-XA";

interface ModelList {
  data: { stelai: { card: unknown; engine: unknown } }[];
}

/** Everything that creators wrote on their cards, and what operators call their engines. */
async function textsOfCharacters(): Promise<string[]> {
  const { urls, reader, deployment } = await world();
  const characters = { address: deployment.contracts.Characters, abi: charactersAbi } as const;
  const count = Number(await reader.readContract({ ...characters, functionName: "count" }));
  const ids = Array.from({ length: count }, (_, at) => BigInt(at + 1));
  const all = await Promise.all(
    ids.map((id) => reader.readContract({ ...characters, functionName: "characterOf", args: [id] })),
  );
  // Private ones are not in the relayer's list.
  const listed = all.filter(({ visibility }) => VISIBILITIES[visibility] === "Public").length;
  let data: ModelList["data"] = [];
  await until("the relayer's reading of every card", async () => {
    ({ data } = (await (await fetch(`${urls.relayer}/v1/models`)).json()) as ModelList);
    return data.length >= listed && data.every(({ stelai }) => stelai.card);
  });
  const texts: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === "string") texts.push(value);
    else if (typeof value === "object" && value) Object.values(value).forEach(collect);
  };
  for (const { stelai } of data) collect([stelai.card, stelai.engine]);
  return texts;
}

const open = async ({ page }: Visit, { path, loaded }: Target, locale?: string) => {
  const separator = path.includes("?") ? "&" : "?";
  await page.goto(locale ? `${path}${separator}locale=${locale}` : path);
  await page.locator(loaded).first().waitFor();
};

describe("every page", () => {
  let stranger: Visit;
  let person: WalletVisit;
  let content: string[];

  before(async () => {
    content = [...(await textsOfCharacters()), QUERY, "Test Wallet"];
    [stranger, person] = await Promise.all([visit(), visitWithWallet()]);
    const { page } = person;
    await page.goto("/credits");
    await connect(page, person.wallet.name);
    await getTestMoney(page);
    await buyThousand(page);
    await page.goto("/c/1");
    await say(page, "Good evening.");
    await openTab(page, "5");
    await page.getByText(/credits · receipt 1/).waitFor();
  });
  after(() => Promise.all([stranger?.close(), person?.close()]));

  for (const target of PUBLIC) {
    it(`${target.path} has no serious accessibility violation, and no string outside the catalogue`, async () => {
      await open(stranger, target);
      await expectAccessible(stranger.page);
      await open(stranger, target, PSEUDO);
      expect(await untranslated(stranger.page, content)).to.deep.equal([]);
    });
  }

  for (const target of CONNECTED) {
    it(`${target.path} holds to both with a wallet connected`, async () => {
      await open(person, target);
      await expectAccessible(person.page);
      await open(person, target, PSEUDO);
      expect(await untranslated(person.page, content)).to.deep.equal([]);
    });
  }

  for (const path of LIGHTHOUSE) {
    it(`${path} reaches Lighthouse's bars for accessibility, best practices and search engines`, async () => {
      const { chromium, urls } = await world();
      const { scores, failures, layoutShift } = await audit(chromium, urls.web + path);
      for (const category of ["accessibility", "best-practices", "seo"] as const) {
        expect(scores[category], `${category}: ${failures.join("; ")}`).to.be.at.least(95);
      }
      expect(layoutShift, "layout shift").to.be.lessThan(0.05);
    });
  }
});
