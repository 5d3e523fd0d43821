/** Fills a local chain: test money for the demo accounts, and the demo characters of three creators. */
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { createStelai, type Deployment, payeeOf, personaHash, type Share, sortShares } from "@stelai/sdk";
import {
  type Address,
  createPublicClient,
  createWalletClient,
  defineChain,
  http,
  parseAbi,
  parseEther,
  toHex,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { CREATORS, DEMO_ACCOUNTS, DEPLOYER, type LocalAccount } from "../dev/accounts.ts";
import { avatarSvg } from "./content/avatar.ts";
import { characters, creators } from "./content/index.ts";
import type { SeedCharacter, SeedCreator } from "./content/types.ts";

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
  const publicClient = createPublicClient({ chain, transport });

  const deployer = createWalletClient({ chain, transport, account: privateKeyToAccount(DEPLOYER.privateKey) });
  for (const { address } of DEMO_ACCOUNTS) {
    const hash = await deployer.writeContract({
      address: options.deployment.contracts.Reserve,
      abi: faucetAbi,
      functionName: "mint",
      args: [address, TEST_USDC],
    });
    await publicClient.waitForTransactionReceipt({ hash });
  }
  for (const { address } of CREATORS) {
    const hash = await deployer.sendTransaction({ to: address, value: parseEther("1") });
    await publicClient.waitForTransactionReceipt({ hash });
  }

  const accounts = [...CREATORS];
  for (const creator of creators) {
    const members = (creator.members ?? [{ handle: creator.handle, bps: 10_000 }]).map(({ bps }) => {
      const account = accounts.shift();
      if (!account) throw new Error("There are more creators than local accounts for them.");
      return { account, bps };
    });
    const [first] = members;
    if (!first) throw new Error(`${creator.handle} has no members.`);
    const wallet = createWalletClient({ chain, transport, account: privateKeyToAccount(first.account.privateKey) });
    const stelai = createStelai({
      chain,
      transport,
      walletClient: wallet,
      deployment: options.deployment,
      relayerUrl: options.relayerUrl,
    });
    const { host: domain, origin: uri } = new URL(options.webOrigin);
    await stelai.relayer.signIn({ domain, uri });
    const { operator } = await stelai.relayer.getOperator();
    for (const character of characters.filter((one) => one.creator === creator.handle)) {
      await publish(stelai, creator, character, operator, members);
    }
  }
}

async function publish(
  stelai: ReturnType<typeof createStelai>,
  creator: SeedCreator,
  character: SeedCharacter,
  operator: Address,
  members: readonly { account: LocalAccount; bps: number }[],
): Promise<void> {
  const salt = toHex(crypto.getRandomValues(new Uint8Array(32)));
  const persona = character.persona as Record<string, unknown>;
  await stelai.relayer.uploadPersona({ persona, salt });
  const image = await stelai.relayer.uploadContent({ image: await carve(character.slug) });
  const card = await stelai.relayer.uploadContent({
    card: {
      name: character.name,
      tagline: character.tagline,
      description: character.description,
      tags: character.tags,
      image: image.uri,
      creator: creator.name,
      ...(character.persona.greeting === undefined ? {} : { greeting: character.persona.greeting }),
      openers: character.persona.openers ?? [],
    },
  });
  const shares: Share[] = members.map(({ account, bps }) => ({ recipient: payeeOf(account.address), bps }));
  await stelai.characters.create({
    modality: "Chat",
    metadataURI: card.uri,
    personaHash: personaHash(salt, persona),
    terms: character.prices,
    operators: [operator],
    ...(shares.length > 1 ? { shares: sortShares(shares) } : {}),
  });
}

/** The avatar as a PNG: a stored image is never an SVG. */
async function carve(name: string): Promise<Blob> {
  const size = 512;
  const canvas = createCanvas(size, size);
  const drawing = await loadImage(Buffer.from(avatarSvg(name)));
  canvas.getContext("2d").drawImage(drawing, 0, 0, size, size);
  return new Blob([new Uint8Array(await canvas.encode("png"))], { type: "image/png" });
}
