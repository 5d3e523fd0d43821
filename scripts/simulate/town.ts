/** The chain that people of the simulation live on: everything deployed, and blocks that hold many transactions. */
import { getAddress, Interface, type InterfaceAbi, id, MaxUint256, toQuantity } from "ethers";
import hre from "hardhat";
import { deploy } from "../deploy/deploy.ts";
import { readParameters } from "../deploy/parameters.ts";

/** Reserve units of a dollar, wei of a credit, microcredits of a credit. */
export const DOLLAR = 1_000_000n;
export const CREDIT = 10n ** 18n;
export const MICROCREDIT = 10n ** 12n;
export const DAY = 86_400;

const NAMES = [
  ...(["Stelai", "CreditStore", "CreditPlans", "Rewards", "InferenceMeter", "Payouts", "Characters"] as const),
] as const;
const GAS = 900_000;
const SETTLING_GAS = 12_000_000;
/** What a block must hold: {@link MOST_WAITING} transactions, some of them a settlement. */
const BLOCK_GAS = 4_000_000_000n;
/** The chain takes longer for each transaction the more of them wait. */
const MOST_WAITING = 40;

export type Name = (typeof NAMES)[number] | "Reserve";
/** A transaction that waits for its block. */
export type Sent = { hash: string; from: string; what: string; hostile: boolean };
export type Log = { address: string; topics: string[]; data: string; transactionHash: string };
/** A block with what became of its transactions. */
export type Mined = { number: number; time: number; logs: Log[]; sent: (Sent & { ok: boolean })[] };
export type Town = Awaited<ReturnType<typeof settleTown>>;

/** An address that nobody has a key of; the chain lets it send. */
export const personOf = (name: string) => getAddress(`0x${id(name).slice(-40)}`);

/** Deploys everything with the local parameters; the deployer holds every role and waits for nothing. */
export async function settleTown() {
  await hre.tasks.getTask("build").run({ quiet: true });
  const connection = await hre.network.create({
    override: { blockGasLimit: BLOCK_GAS, mining: { auto: true, mempool: { order: "fifo" } } },
  });
  const { ethers, provider } = connection;
  const parameters = readParameters(new URL("../deploy/parameters/local.json", import.meta.url).pathname);
  const { contracts } = await deploy(connection, { ...parameters, router: undefined });
  const [admin] = await ethers.getSigners();
  if (!admin) throw new Error("The chain has no account.");
  const artifacts = await Promise.all(
    [...NAMES, "TestUSDC"].map(async (name) => (await hre.artifacts.readArtifact(name)).abi as unknown as InterfaceAbi),
  );
  const interfaces = Object.fromEntries(
    [...NAMES, "Reserve"].map((name, index) => [name, new Interface(artifacts[index] ?? [])]),
  ) as Record<Name, Interface>;
  const address = (name: Name) => contracts[name];
  const request = async <T>(method: string, ...params: unknown[]) => (await provider.request({ method, params })) as T;
  let waiting: Sent[] = [];
  let relieve: () => Promise<unknown> = async () => {};
  /** Says what mines a block when many transactions wait. */
  const whenFull = (mineBlock: () => Promise<unknown>) => {
    relieve = mineBlock;
  };

  /** Asks a contract; one value comes as it is, several as a list. */
  async function ask<T>(name: Name, method: string, ...values: unknown[]): Promise<T> {
    const data = interfaces[name].encodeFunctionData(method, values);
    const found = await request<string>("eth_call", { to: address(name), data }, "latest");
    const result = interfaces[name].decodeFunctionResult(method, found);
    return (result.length === 1 ? result[0] : result) as T;
  }

  /** Sends a call, to be mined with the next block. @param hostile Whether it must be refused there. */
  async function send(from: string, name: Name, method: string, values: readonly unknown[], hostile = false) {
    const data = interfaces[name].encodeFunctionData(method, values);
    const gas = toQuantity(method === "settle" ? SETTLING_GAS : GAS);
    const hash = await request<string>("eth_sendTransaction", { from, to: address(name), data, gas });
    waiting.push({ hash, from, what: `${name}.${method}`, hostile });
    if (waiting.length >= MOST_WAITING) await relieve();
  }

  /** Lets accounts send, with ETH for their gas. */
  async function admit(...accounts: string[]) {
    for (const account of accounts) {
      await request("hardhat_impersonateAccount", account);
      await request("hardhat_setBalance", account, toQuantity(10n ** 21n));
    }
  }

  /** Gives test dollars, and lets the credit store take them. */
  async function enrich(account: string, dollars: bigint) {
    await send(admin?.address ?? "", "Reserve", "mint", [account, dollars * DOLLAR]);
    await send(account, "Reserve", "approve", [address("CreditStore"), MaxUint256]);
  }

  /** Mines what waits as one block at a second of its own. */
  async function mine(time: number): Promise<Mined> {
    const sent = waiting;
    waiting = [];
    await request("evm_setNextBlockTimestamp", time);
    await request("evm_mine");
    const number = Number(await request<string>("eth_blockNumber"));
    const at = { fromBlock: toQuantity(number), toBlock: toQuantity(number) };
    const logs = await request<Log[]>("eth_getLogs", at);
    const judged = [];
    for (const one of sent) {
      const receipt = await request<{ status: string; blockNumber: string } | null>(
        "eth_getTransactionReceipt",
        one.hash,
      );
      if (receipt === null) throw new Error(`A transaction was not mined: ${one.what}.`);
      judged.push({ ...one, ok: receipt.status === "0x1" });
    }
    return { number, time, logs, sent: judged };
  }

  const start = Number((await ethers.provider.getBlock("latest"))?.timestamp ?? 0);
  const chainId = BigInt(await request<string>("eth_chainId"));
  const stop = () => connection.close();
  const begin = async () => void (await request("evm_setAutomine", false));
  return {
    ...{ admin: admin.address, treasury: parameters.treasury ?? admin.address, address, interfaces, chainId, start },
    ...{ ask, send, whenFull, admit, enrich, mine, begin, stop, floor: parameters.floorPrice },
  };
}
