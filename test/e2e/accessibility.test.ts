/** Every page in both themes and widths, and at 200 % zoom: axe, nothing untranslated; Lighthouse on the production build. */
import { VISIBILITIES } from "@stelai/sdk";
import { charactersAbi } from "@stelai/sdk/abis";
import { LICENCES } from "@stelai/sdk/licences";
import { expect } from "chai";
import { CREATORS, DESK_ACCOUNTS } from "../../scripts/dev/accounts.ts";
import { WELCOME } from "../../scripts/seed/content/campaigns.ts";
import { life } from "../../scripts/seed/content/life.ts";
import { orders, works } from "../../scripts/seed/content/works/index.ts";
import { pseudo } from "../../web/src/i18n/pseudo.ts";
import { buyThousand, confirmSheet, connect, getTestMoney, openTab, say, signIn } from "./acts.ts";
import { expectAccessible } from "./harness/axe.ts";
import { untranslated } from "./harness/catalogue.ts";
import { audit } from "./harness/lighthouse.ts";
import { FEWER_VIEWS, VIEWS } from "./harness/views.ts";
import { overflow } from "./harness/zoom.ts";
import { buyLicence, clientOf } from "./marketActs.ts";
import { FREE, generateButton, pictures, promptField } from "./studioActs.ts";
import { until, type Visit, visit, visitWithWallet, type WalletVisit, world } from "./world.ts";

/** A page, and what stands on it once it has loaded, in any language. */
interface Target {
  path: string;
  loaded: string;
}

/** Nothing is called so. */
const QUERY = "zzz";
const CARD = "main ul li a[href^='/c/']";
const [, , OWNER] = CREATORS;
if (!OWNER) throw new Error("no creator of the characters that are managed here");
/** Of the demo content, both hers: one that was subscribed to and reviewed, and one that is private. */
const LOVED = 6;
const HIDDEN = { id: 8, name: "Ladle" };
/** Of the demo content: for everyone to buy, music of the owner, and a licence that its holder sells on. */
const [WORK, OWN_WORK, LICENCE] = [1, 4, 2];
/** What the moderators' desk has to show. */
const COMPLAINT = "A neighbour of mine cut this block first.";
/** What a moderator read and accepted, and what waits. */
const [ACCEPTED, WAITING] = ["The price on the button helped me more than the sheet.", "A darker ochre, please."];
const managed = (id: number, tab: string, loaded: string): Target => ({
  path: `/create/characters/${id}?tab=${tab}`,
  loaded: `main [role=tabpanel] ${loaded}`,
});
const PUBLIC: readonly Target[] = [
  { path: "/", loaded: CARD },
  { path: `/?q=${QUERY}`, loaded: CARD },
  { path: "/c/1", loaded: "[role=log]" },
  { path: "/credits", loaded: "main ul li button" },
  { path: "/studio?make=Voice", loaded: "main ul li a[href^='/studio/']" },
  { path: "/studio/12", loaded: "main textarea" },
  { path: "/studio/15", loaded: "main select" },
  { path: "/market", loaded: "main article a[href^='/works/']" },
  { path: `/market?q=${QUERY}&modality=Image&tier=Commercial`, loaded: "main h2 ~ * button" },
  { path: `/works/${WORK}`, loaded: "#reviews-title ~ * li" },
  { path: `/licences/${LICENCE}`, loaded: "main dl" },
  { path: "/create", loaded: "main button" },
  { path: "/publish", loaded: "main form" },
  { path: "/statement", loaded: "main button" },
  { path: "/publish?step=knowledge", loaded: "main form h3" },
  { path: "/publish?step=prices", loaded: "main fieldset" },
  { path: "/publish?step=audience", loaded: "main fieldset" },
  { path: "/publish?step=review", loaded: "main form dl" },
  { path: "/publish?make=Image", loaded: "main form" },
  { path: "/publish?make=Video&step=style", loaded: "main form h3" },
  { path: "/publish?make=Voice&step=offer", loaded: "main form h3" },
  { path: "/rankings", loaded: "main [role=tabpanel] h2" },
  { path: "/invite", loaded: "main h2" },
  { path: "/library", loaded: "main button" },
  { path: "/notifications", loaded: "main button" },
  { path: "/settings", loaded: "main button" },
  { path: `/people/${OWNER.address}`, loaded: CARD },
  { path: `/create/characters/${LOVED}`, loaded: "main button" },
  { path: "/you", loaded: "main h2" },
  { path: "/credits/allowances", loaded: "main button" },
  { path: "/keys", loaded: "main button" },
  { path: "/referrals", loaded: "main li" },
  { path: "/contributions", loaded: "main h2" },
  { path: "/campaigns", loaded: "main [role=tabpanel] li dl" },
  { path: "/campaigns/1", loaded: "main dl" },
  { path: "/campaigns?tab=people", loaded: "main [role=tabpanel] h2" },
  { path: "/feedback", loaded: "main form" },
  { path: "/operator-privacy", loaded: "main h2" },
  { path: "/nowhere", loaded: "main h1" },
];
/** The same pages say more to somebody whose wallet is connected. */
const CONNECTED: readonly Target[] = [
  { path: "/credits", loaded: "main table" },
  { path: "/credits/allowances", loaded: "main li li" },
  { path: "/keys", loaded: "main h2" },
  { path: "/referrals", loaded: "main code" },
  { path: "/contributions", loaded: "main #deeds ~ * li" },
  { path: "/feedback", loaded: "main li" },
  { path: "/create", loaded: "main dl" },
  { path: "/c/1", loaded: "main [role=log] article:nth-of-type(2)" },
  { path: `/c/${LOVED}`, loaded: "aside section h2" },
  { path: "/library?tab=passes", loaded: "main [role=tabpanel] li h2" },
  { path: "/library?tab=licences", loaded: "main [role=tabpanel] h3" },
  { path: `/works/${OWN_WORK}`, loaded: "#reviews-title ~ * li" },
  { path: "/desks/resolver", loaded: "main h2" },
  { path: "/sell", loaded: "main form" },
  { path: "/sell?step=tiers", loaded: "main details" },
  { path: "/sell?step=review", loaded: "main form dl" },
  { path: "/library?tab=made", loaded: "main [role=tabpanel] img" },
  { path: `/studio/${FREE.id}`, loaded: "main article img" },
  { path: "/notifications", loaded: "main :is(li, h2)" },
  { path: "/settings", loaded: "main section h2" },
  { path: "/statement", loaded: "main section li" },
  { path: "/you", loaded: "main h2" },
];
/** The parts of the admin's desk, and what stands there for who holds the roles. */
const ADMIN_PARTS = [
  ["waiting", "h2, h3"],
  ["prices", "dl"],
  ["commission", "li"],
  ["campaigns", "li h3"],
  ["sales", "li"],
] as const;
/** What the owner of a character has to manage it. */
const MANAGED: readonly Target[] = [
  managed(LOVED, "prices", "h2"),
  managed(LOVED, "card", "form"),
  managed(LOVED, "knowledge", "button"),
  managed(HIDDEN.id, "sharing", "table"),
  managed(LOVED, "subscribers", "table"),
  managed(LOVED, "usage", "dl"),
  managed(LOVED, "income", "figure, dl"),
  managed(LOVED, "reviews", "li"),
  ...[
    ["offers", "table"],
    ["about", "form"],
    ["rights", "h2, h3"],
    ["orders", "table"],
  ].map(([tab, loaded]) => ({
    path: `/works/${OWN_WORK}/manage?tab=${tab}`,
    loaded: `main [role=tabpanel] ${loaded}`,
  })),
];
/** Sheets of somebody with a pass, by the button that opens each; buttons are named by how their words begin. */
const SHEETS: readonly (Target & { press: string })[] = [
  { path: "/credits", loaded: "[role=dialog] dl", press: "Do not renew" },
  { path: "/credits", loaded: "[role=dialog] dl", press: "Upgrade now · $17.50" },
  { path: "/credits", loaded: "[role=dialog] dl", press: "Renew as this" },
  { path: "/credits", loaded: "[role=dialog] dl", press: "Set up" },
  { path: "/credits", loaded: "[role=dialog] dl", press: "Pay with ETH" },
  { path: "/credits/allowances", loaded: "[role=dialog] dl", press: "Revoke" },
  { path: "/studio/12", loaded: "[role=dialog] li a", press: "Change" },
  { path: "/studio/12", loaded: "[role=dialog] h2", press: "About this tool" },
  { path: `/works/${WORK}`, loaded: "[role=dialog] dl", press: "Buy licence · 3" },
  { path: `/works/${WORK}`, loaded: "[role=dialog] dl", press: "Buy · 22" },
  { path: "/c/1", loaded: "[role=dialog] dl", press: "Subscribe · 6" },
  { path: "/c/5", loaded: "[role=dialog] dl", press: "Buy · 40" },
  { path: `/c/${LOVED}`, loaded: "[role=dialog] details", press: "End now" },
  { path: `/c/${LOVED}`, loaded: "[role=dialog] dl", press: "Switch to a year" },
  { path: `/c/${LOVED}`, loaded: "[role=dialog] input", press: "Give a pass" },
  { path: `/c/${LOVED}`, loaded: "[role=dialog] textarea", press: "Write a review" },
  { path: `/c/${LOVED}`, loaded: "[role=dialog] li p", press: "Read the review" },
];
/** And of the owner. */
const OWN_SHEETS: typeof SHEETS = [
  { path: `/works/${OWN_WORK}`, loaded: "[role=dialog] input", press: "Sell the work itself" },
  { ...managed(LOVED, "prices", ""), loaded: "[role=dialog] fieldset", press: "Change the prices" },
  { ...managed(LOVED, "income", ""), loaded: "[role=dialog] dl", press: "Harvest" },
  { ...managed(LOVED, "reviews", ""), loaded: "[role=dialog] textarea", press: "Change the answer" },
  { ...managed(HIDDEN.id, "sharing", ""), loaded: "[role=dialog] dl", press: "Revoke all links" },
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

/** What the market's people wrote, and the licences that were written for it. */
const TEXTS_OF_WORKS: readonly string[] = [
  ...works.flatMap(({ title, description, tags }) => [title, description, ...tags]),
  ...orders.flatMap(({ review }) => (review ? [review.text, review.reply ?? ""] : [])),
  ...Object.values(LICENCES).flatMap(({ title, may, mayNot }) => [title, ...may, ...mayNot]),
  COMPLAINT,
];

const open = async ({ page }: Visit, { path, loaded }: Target, locale?: string) => {
  const separator = path.includes("?") ? "&" : "?";
  await page.goto(locale ? `${path}${separator}locale=${locale}` : path);
  await page.locator(loaded).first().waitFor();
};

describe("every page", () => {
  let stranger: Visit;
  let person: WalletVisit;
  let owner: WalletVisit;
  let content: string[];
  /** The order of the person. */
  let bought: string;

  before(async () => {
    content = [
      ...(await textsOfCharacters()),
      ...TEXTS_OF_WORKS,
      QUERY,
      HIDDEN.name,
      life.review,
      life.reply,
      WELCOME.rules,
      WELCOME.contributions,
      ACCEPTED,
      "Test Wallet",
    ];
    [stranger, person] = await Promise.all([visit(), visitWithWallet()]);
    owner = await visitWithWallet({ privateKey: OWNER.privateKey });
    await owner.page.goto("/settings");
    await owner.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await owner.page.getByRole("dialog").getByRole("button", { name: owner.wallet.name }).click();
    await signIn(owner.page);
    await (await world()).fund(person.wallet.address, 0n, { eth: true });
    const { page } = person;
    await page.goto("/credits");
    await connect(page, person.wallet.name);
    await getTestMoney(page);
    await buyThousand(page);
    await page.getByRole("button", { name: "Subscribe · $9.50", exact: true }).click();
    await confirmSheet(page, "Subscribe to 1,000 credits a month");
    const [told, moderator] = await Promise.all([clientOf(person), clientOf(DESK_ACCOUNTS.MODERATOR)]);
    const { id } = await told.rewards.sendFeedback({ text: ACCEPTED, about: "billing" });
    await moderator.rewards.decideFeedback({ id, accepted: true, note: COMPLAINT });
    await told.rewards.sendFeedback({ text: WAITING, about: "dapp" });
    await page.goto("/c/1");
    await say(page, "Good evening.");
    await openTab(page, "5");
    await page.getByText(/credits · receipt 1/).waitFor();
    await page.goto(`/c/${LOVED}`);
    await page.getByRole("button", { name: "Subscribe · 4", exact: true }).click();
    await confirmSheet(page, /^A month of /);
    await page.goto("/settings");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await signIn(page);
    await page.goto(`/studio/${FREE.id}`);
    await promptField(page).fill("A walled garden with lemon trees");
    await generateButton(page).click();
    await pictures(page, 1);
    await page.goto(`/works/${OWN_WORK}`);
    bought = `/licences/${await buyLicence(page, "Personal", "1.5")}`;
  });
  after(() => Promise.all([stranger?.close(), person?.close(), owner?.close()]));

  /** In the pseudo-locale, which looks like English to axe: everything is looked at in one go. */
  const expectAll = async ({ page }: Visit, views = VIEWS) => {
    await expectAccessible(page, views);
    expect(await untranslated(page, content)).to.deep.equal([]);
    expect(await overflow(page), "wider than the window at 200 % zoom").to.deep.equal([]);
  };

  for (const target of PUBLIC) {
    it(`${target.path} has no serious accessibility violation, and no string outside the catalogue`, async () => {
      await open(stranger, target, PSEUDO);
      await expectAll(stranger);
    });
  }

  for (const target of CONNECTED) {
    it(`${target.path} holds to both with a wallet connected`, async () => {
      await open(person, target, PSEUDO);
      await expectAll(person, FEWER_VIEWS);
    });
  }

  for (const target of MANAGED) {
    it(`${target.path} holds to both for its owner`, async () => {
      await open(owner, target, PSEUDO);
      await expectAll(owner, FEWER_VIEWS);
    });
  }

  for (const [who, sheets] of [
    ["a pass holder", SHEETS],
    ["an owner", OWN_SHEETS],
  ] as const) {
    for (const { path, loaded, press } of sheets) {
      it(`the sheet “${press}” of ${who} on ${path} holds to both`, async () => {
        const visitor = who === "an owner" ? owner : person;
        await open(visitor, { path, loaded: "main" }, PSEUDO);
        await visitor.page
          .getByRole("button", { name: pseudo(press) })
          .first()
          .click();
        await visitor.page.locator(loaded).first().waitFor();
        await expectAll(visitor, FEWER_VIEWS);
      });
    }
  }

  it("an order holds to both for who bought, and for who delivered it, and so do its sheets", async () => {
    const { page } = person;
    await open(person, { path: bought, loaded: "main ol li" }, PSEUDO);
    await page.getByRole("button", { name: pseudo("Dispute") }).waitFor();
    await expectAll(person);
    for (const press of ["Accept · pay the seller", "Dispute"]) {
      await page.getByRole("button", { name: pseudo(press), exact: true }).click();
      await page.locator("[role=dialog] dl").waitFor();
      await expectAll(person, FEWER_VIEWS);
      await page.keyboard.press("Escape");
    }
  });

  it("the moderators' desk holds to both with a case, and with feedback", async () => {
    const moderator = await visitWithWallet({ privateKey: DESK_ACCOUNTS.MODERATOR.privateKey });
    try {
      const { page, wallet } = moderator;
      const report = { workId: BigInt(WORK), reason: "stolen", details: COMPLAINT } as const;
      await (await clientOf(owner)).relayer.report(report);
      await page.goto("/settings");
      await connect(page, wallet.name);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await signIn(page);
      await open(moderator, { path: `/desks/moderator?case=work-${WORK}`, loaded: "main form, main img" }, PSEUDO);
      await page.getByText(COMPLAINT).first().waitFor();
      await expectAll(moderator);
      await open(
        moderator,
        { path: "/desks/moderator?of=feedback", loaded: "main [role=group], main fieldset" },
        PSEUDO,
      );
      await page.getByText(WAITING).first().click();
      await page.locator("main textarea").waitFor();
      await expectAll(moderator, FEWER_VIEWS);
    } finally {
      await moderator.close();
    }
  });

  it("the admin's desk holds to both in all of its parts", async () => {
    const admin = await visitWithWallet({ privateKey: DESK_ACCOUNTS.ADMIN.privateKey });
    try {
      await admin.page.goto("/settings");
      await connect(admin.page, admin.wallet.name);
      for (const [part, loaded] of ADMIN_PARTS) {
        await open(admin, { path: `/desks/admin?part=${part}`, loaded: `main [role=tabpanel] :is(${loaded})` }, PSEUDO);
        await expectAll(admin, FEWER_VIEWS);
      }
    } finally {
      await admin.close();
    }
  });

  it("an invite holds to both, where it is made, where it is shown and where it is opened", async () => {
    const { page } = owner;
    await open(owner, managed(HIDDEN.id, "sharing", "form"), PSEUDO);
    await page.getByRole("button", { name: pseudo("Make a link") }).click();
    await expectAll(owner, FEWER_VIEWS);
    await page.getByRole("button", { name: pseudo("Sign the invite") }).click();
    const link = (await page.locator("[role=dialog] code").textContent()) ?? "";
    await expectAll(owner, FEWER_VIEWS);
    await stranger.page.goto(link.replace("#", `?locale=${PSEUDO}#`));
    await stranger.page.locator("main dl").waitFor();
    await expectAll(stranger);
  });

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
