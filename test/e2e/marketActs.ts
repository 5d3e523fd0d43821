/** What a person does in the market, found as a person finds it; and what others do there behind the page's back. */
import { createStelai, type NewOffer, type Stelai } from "@stelai/sdk";
import { payoutsAbi } from "@stelai/sdk/abis";
import type { Locator, Page } from "playwright-core";
import type { Hex } from "viem";
import { carve } from "../../scripts/seed/picture.ts";
import { confirmSheet, connect, expectBalance } from "./acts.ts";
import { screenshotViews } from "./harness/screenshots.ts";
import { FEWER_VIEWS, showIn, VIEWS } from "./harness/views.ts";
import { visitWithWallet, type WalletVisit, world } from "./world.ts";

/** What {@link visitWithCredits} buys, in microcredits. */
export const BOUGHT = 1_000_000_000n;

/** The account at its relayer and index, signed in: for what happens while nobody looks. */
export async function clientOf({ privateKey }: { privateKey: Hex }): Promise<Stelai> {
  const { chain, transport, walletOf, deployment, urls } = await world();
  const { host: domain, origin: uri } = new URL(urls.web);
  const walletClient = walletOf(privateKey);
  const { relayer: relayerUrl, indexer: indexerUrl } = urls;
  const stelai = createStelai({ chain, transport, walletClient, deployment, relayerUrl, indexerUrl } as never);
  await stelai.relayer.signIn({ domain, uri });
  return stelai;
}

/** Somebody with ETH for fees and 1,000 credits, whose wallet is connected on that page. */
export async function visitWithCredits(path: string): Promise<WalletVisit & { stelai: Stelai }> {
  const person = await visitWithWallet();
  await (await world()).fund(person.wallet.address, 100_000_000n, { eth: true });
  const stelai = await clientOf(person);
  const [smallest] = await stelai.credits.getPackages();
  if (!smallest) throw new Error("no package of credits");
  await (await stelai.credits.buy({ packageId: smallest.packageId })).wait();
  await person.page.goto(path);
  await connect(person.page, person.wallet.name);
  await expectBalance(person.page, BOUGHT);
  return { ...person, stelai };
}

/** What the wallet was asked for since that many prompts. */
export const askedOf = ({ wallet }: WalletVisit, from: number): string[] =>
  wallet.prompts.slice(from).map(({ method }) => method);

/** Deposits a picture and offers it, in one transaction. */
export async function offerPicture(
  seller: Stelai,
  title: string,
  offers: readonly (Omit<NewOffer, "attestor"> & Partial<Pick<NewOffer, "attestor">>)[],
): Promise<{ workId: bigint; offerIds: bigint[] }> {
  const bytes = new Uint8Array(await (await carve(title)).arrayBuffer());
  const { contentHash, modality, file, preview, provenance, attestor } = await seller.works.depositFile({ bytes });
  const words = { title, description: `${title}, carved for a test of the market.`, tags: ["carving"] };
  const { uri } = await seller.relayer.uploadContent({
    workMetadata: { version: 1, kind: "work", ...words, modality, file, preview, provenance },
  });
  const all = offers.map((offer) => ({ attestor, ...offer }));
  const { wait } = await seller.works.create({ modality, metadataURI: uri, contentHash, offers: all });
  return wait();
}

/** The button on a work's page that buys a tier, by what it costs there. */
export const buyButton = (page: Page, tier: NewOffer["tier"], price: string): Locator =>
  page.getByRole("button", { name: `Buy licence · ${price}, ${tier}`, exact: true });

/** Buys a tier on the work's page, which leads to the order. @returns The licence. */
export async function buyLicence(page: Page, tier: NewOffer["tier"], price: string): Promise<bigint> {
  await buyButton(page, tier, price).click();
  await confirmSheet(page, new RegExp(`^Buy an? ${tier} licence$`, "i"));
  return licenceOn(page);
}

/** The licence whose page is open, once it is. */
export async function licenceOn(page: Page): Promise<bigint> {
  await page.waitForURL("**/licences/*");
  return BigInt(new URL(page.url()).pathname.split("/").at(-1) ?? "");
}

/** Stages of an order that are passed, as the page tells them. */
export async function stagesOf(page: Page): Promise<string[]> {
  const steps = page.getByRole("list", { name: "Steps of the order" }).getByRole("listitem");
  return (await steps.filter({ hasText: ", done" }).allTextContents()).map((text) => text.split(",")[0] ?? "");
}

/** What an account can claim on the chain, in wei, what waits in its splits included. */
export async function claimableOf({ payouts }: Stelai): Promise<bigint> {
  return (await payouts.getClaimable({ steps: await payouts.findFlows() })).total;
}

/** What a contract that pays out keeps of it, in ten-thousandths. */
export async function commissionOf(contract: "Licenses" | "Resale"): Promise<bigint> {
  const { reader, deployment } = await world();
  const { Payouts, [contract]: source } = deployment.contracts;
  const commission = { address: Payouts, abi: payoutsAbi, functionName: "commissionOf", args: [source] } as const;
  return BigInt(await reader.readContract(commission));
}

/** Pictures at both widths; the page stands as before afterwards. */
export async function pictureOf(page: Page, name: string): Promise<void> {
  await screenshotViews(page, `market-${name}`, FEWER_VIEWS);
  const [first] = VIEWS;
  if (first) await showIn(page, first);
}
