/** Fills a local chain: test money, the creators' demo characters, tools and works, and some life. */
import { createStelai, type Deployment, type Stelai } from "@stelai/sdk";
import {
  type Address,
  type Chain,
  createPublicClient,
  createWalletClient,
  defineChain,
  http,
  parseAbi,
  parseEther,
  type Transport,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import {
  CONTRIBUTIONS,
  CREATORS,
  DEMO_ACCOUNTS,
  DEPLOYER,
  DESK_ACCOUNTS,
  type LocalAccount,
  MODEL_CREATORS,
  TREASURY,
} from "../dev/accounts.ts";
import { startCampaigns } from "./campaigns.ts";
import { published as publications, tools } from "./content/index.ts";
import { life } from "./content/life.ts";
import { orders, works } from "./content/works/index.ts";
import { openDesks } from "./desks.ts";
import { placeOrders } from "./orders.ts";
import { startPainter } from "./painter.ts";
import { demoAccount, publish } from "./publish.ts";
import { createWorks, type Studio } from "./works.ts";

export type SeedOptions = { rpcUrl: string; relayerUrl: string; deployment: Deployment; webOrigin: string };

const faucetAbi = parseAbi(["function mint(address to, uint256 amount)"]);
/** What each demo account starts with, in USDC's smallest unit. */
const TEST_USDC = 1_000_000_000n;

/** Publishes everything; each character is ready to answer when this returns. */
export async function seed(options: SeedOptions): Promise<void> {
  const chain = defineChain({
    id: options.deployment.chainId,
    name: "Stelai local chain",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [options.rpcUrl] } },
  });
  const transport = http(options.rpcUrl);
  const pictureOf = startPainter(tools);
  await fund(options, chain, transport);

  /** A client that is signed in as an account. */
  const actAs = async ({ privateKey }: LocalAccount): Promise<Stelai> => {
    const walletClient = createWalletClient({ chain, transport, account: privateKeyToAccount(privateKey) });
    const { deployment, relayerUrl } = options;
    const stelai = createStelai({ chain, transport, walletClient, deployment, relayerUrl });
    const { host: domain, origin: uri } = new URL(options.webOrigin);
    await stelai.relayer.signIn({ domain, uri });
    return stelai;
  };

  const published = new Map<string, { characterId: bigint; owner: Stelai }>();
  const studios = new Map<string, Studio>();
  const accounts = [...CREATORS, ...MODEL_CREATORS];
  const numbers = new Map(
    publications.flatMap(({ works }) => works).map(({ slug }, index) => [slug, BigInt(index) + 1n]),
  );
  const numberOf = (slug: string) => {
    const number = numbers.get(slug);
    if (number === undefined) throw new Error(`There is no character with the slug ${slug}.`);
    return number;
  };
  for (const { creator, works: own } of publications) {
    const members = (creator.members ?? [{ handle: creator.handle, bps: 10_000 }]).map(({ bps }) => {
      const account = creator.treasury === true ? TREASURY : accounts.shift();
      if (!account) throw new Error("There are more creators than local accounts for them.");
      return { account, bps };
    });
    const [first] = members;
    if (!first) throw new Error(`${creator.handle} has no members.`);
    const stelai = await actAs(first.account);
    const { operator } = await stelai.relayer.getOperator();
    studios.set(creator.handle, { stelai, members });
    await stelai.relayer.setProfile({ name: creator.name, bio: creator.about });
    for (const character of own) {
      const characterId = await publish({ stelai, creator, operator, members, numberOf, pictureOf }, character);
      if (characterId !== numberOf(character.slug)) throw new Error("The chain to be filled is not a new one.");
      published.set(character.slug, { characterId, owner: stelai });
    }
  }
  const admin = await actAs(DESK_ACCOUNTS.ADMIN);
  const { operator } = await admin.relayer.getOperator();
  const { timestamp } = await createPublicClient({ chain, transport }).getBlock();
  await startCampaigns(admin, operator, CONTRIBUTIONS.address, timestamp);

  const loved = published.get(life.character);
  if (!loved) throw new Error(`There is no character with the slug ${life.character}.`);
  const regular = await actAs(demoAccount(life.account));
  await live(regular, loved);

  const studioOf = (handle: string) => {
    const studio = studios.get(handle);
    if (!studio) throw new Error(`There is no creator with the handle ${handle}.`);
    return studio;
  };
  const toolOf = (slug: string) => {
    const { prices } = tools.find((tool) => tool.slug === slug) ?? {};
    return { characterId: numberOf(slug), isFree: prices?.perInference === 0n && prices.perUnit === 0n };
  };
  const created = await createWorks({ studioOf, toolOf }, works);
  const buyerOf = (name: string) => (name === life.account ? regular : studioOf(name).stelai);
  await placeOrders({ buyerOf, works, created }, orders);
}

/** Test dollars for who buys, and ETH for who sends transactions without a sponsor. */
async function fund({ deployment }: SeedOptions, chain: Chain, transport: Transport): Promise<void> {
  const reader = createPublicClient({ chain, transport });
  const deployer = createWalletClient({ chain, transport, account: privateKeyToAccount(DEPLOYER.privateKey) });
  const mint = (address: Address) => {
    const args = [address, TEST_USDC] as const;
    return deployer.writeContract({
      address: deployment.contracts.Reserve,
      abi: faucetAbi,
      functionName: "mint",
      args,
    });
  };
  for (const { address } of [...DEMO_ACCOUNTS, ...CREATORS, ...MODEL_CREATORS]) {
    await reader.waitForTransactionReceipt({ hash: await mint(address) });
  }
  const senders = [
    ...CREATORS,
    TREASURY,
    ...MODEL_CREATORS,
    ...Object.values(DESK_ACCOUNTS),
    demoAccount(life.account),
  ];
  for (const { address } of senders) {
    const hash = await deployer.sendTransaction({ to: address, value: parseEther("1") });
    await reader.waitForTransactionReceipt({ hash });
  }
  await openDesks(deployer, deployment.contracts.AccessManager);
}

/** What `content/life.ts` tells: credits, a pass that renews, a review and its answer. */
async function live(reader: Stelai, { characterId, owner }: { characterId: bigint; owner: Stelai }): Promise<void> {
  const [smallest] = await reader.credits.getPackages();
  if (!smallest) throw new Error("No package of credits is for sale.");
  await (await reader.credits.buy({ packageId: smallest.packageId })).wait();
  await (await reader.access.subscribe({ characterId, plan: life.plan, renews: true })).wait();
  const { uri } = await reader.relayer.uploadContent({ reviewText: life.review });
  await (await reader.reviews.review({ characterId, rating: life.rating, textURI: uri })).wait();
  const answer = await owner.relayer.uploadContent({ reviewText: life.reply });
  const author = demoAccount(life.account).address;
  await (await owner.reviews.reply({ characterId, author, textURI: answer.uri })).wait();
}
