/** One chain for all tests of a run, started by the first that needs it, and what they stand on. */
import { type Address, createPublicClient, createWalletClient, defineChain, type Hex, http, parseAbi } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { startChain, type TestChain } from "../../test/harness/chain.ts";
import { createStelai, type Modality, parseDeployment, type StelaiConfig, type TermsInput } from "../src/index.ts";

/** A wallet that tests act with. */
export type Person = { address: Address; privateKey: Hex };

let started: Promise<TestChain> | undefined;

/** The run's chain. */
export function testChain(): Promise<TestChain> {
  started ??= startChain();
  return started;
}

/** Ends the run's chain if there is one. */
export async function stopChain(): Promise<void> {
  const chain = await started?.catch(() => undefined);
  started = undefined;
  await chain?.stop();
}

/** The chain's accounts by their part; `others` have none. */
export async function people() {
  const [deployer, operator, treasury, ...others] = (await testChain()).accounts;
  const [ann, ben, eve] = others;
  if (!deployer || !operator || !treasury || !ann || !ben || !eve) throw new Error("the chain has too few accounts");
  return { deployer, operator, treasury, ann, ben, eve };
}

const testToken = parseAbi(["function mint(address to, uint256 amount)"]);

/** Clients of the run's chain for a person. */
export async function clientsOf(person?: Person) {
  const { rpcUrl, deployment } = await testChain();
  const chain = defineChain({
    id: deployment.chainId,
    name: "Test",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
  const transport = http(rpcUrl);
  const publicClient = createPublicClient({ chain, transport, pollingInterval: 20, cacheTime: 0 });
  const account = person && privateKeyToAccount(person.privateKey);
  const walletClient = account && createWalletClient({ chain, transport, account });
  return { chain, deployment: parseDeployment(deployment), publicClient, walletClient };
}

/** Stelai for a person, on the run's chain. */
export async function stelaiOf(person?: Person, config: Partial<StelaiConfig> = {}) {
  return createStelai({ ...(await clientsOf(person)), ...config });
}

/** A new account with test ETH and test dollars: no test depends on what another one left. */
export async function newcomer(options: { eth?: bigint; reserve?: bigint } = {}): Promise<Person> {
  const { deployer } = await people();
  const { walletClient, publicClient, deployment, chain } = await clientsOf(deployer);
  if (!walletClient) throw new Error("the deployer has a wallet");
  const { generatePrivateKey } = await import("viem/accounts");
  const privateKey = generatePrivateKey();
  const { address } = privateKeyToAccount(privateKey);
  const { eth = 10n ** 18n, reserve = 1_000_000_000n } = options;
  if (eth > 0n) {
    await publicClient.waitForTransactionReceipt({
      hash: await walletClient.sendTransaction({ to: address, value: eth, chain, account: walletClient.account }),
    });
  }
  if (reserve > 0n) {
    await publicClient.waitForTransactionReceipt({
      hash: await walletClient.writeContract({
        address: deployment.contracts.Reserve,
        abi: testToken,
        functionName: "mint",
        args: [address, reserve],
        chain,
        account: walletClient.account,
      }),
    });
  }
  return { address, privateKey };
}

/** A newcomer who bought the first package. */
export async function withCredits(options: { eth?: bigint } = {}): Promise<Person> {
  const person = await newcomer(options);
  const stelai = await stelaiOf(await newcomer());
  const [first] = await stelai.credits.getPackages();
  if (!first) throw new Error("the store sells packages");
  await (await stelai.credits.buy({ packageId: first.packageId, recipient: person.address })).wait();
  return person;
}

/** A character of a new creator that the operator may serve. */
export async function withCharacter(
  terms: TermsInput = { perInference: 100_000n, perUnit: 50_000n },
  modality: Modality = "Chat",
) {
  const { operator } = await people();
  const creator = await newcomer();
  const stelai = await stelaiOf(creator);
  const { wait } = await stelai.characters.create({
    modality,
    metadataURI: "ipfs://card",
    terms,
    operators: [operator.address],
  });
  const { characterId } = await wait();
  return { creator, characterId };
}

/** Moves the chain's clock. */
export async function passTime(seconds: number): Promise<void> {
  const { request } = await testChain();
  await request("evm_increaseTime", [seconds]);
  await request("evm_mine");
}
