import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
// Both add to a connection's type what the configuration's plugins add to the connection.
import type {} from "@nomicfoundation/hardhat-ethers";
import type {} from "@nomicfoundation/hardhat-ignition-ethers";
import { getCreateAddress } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import ethCheckoutModule from "../../ignition/modules/EthCheckout.ts";
import stelaiModule, { ORDER } from "../../ignition/modules/Stelai.ts";
import { type Deployment, writeDeployment } from "./deployment.ts";
import { type DeployParameters, InvalidParametersError, RESERVE_DECIMALS } from "./parameters.ts";
import { handOverCalls, type RoleHolders } from "./roles.ts";
import { deployUniswap } from "./uniswap.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const LOCAL_CHAIN_ID = 31337;

export type DeployOptions = {
  /** Where to write the deployment; nowhere by default. */
  output?: string;
  /** Shows Ignition's progress. */
  displayUi?: boolean;
};

/** Thrown when a contract did not land where another one was told it would; nothing of the deployment is usable. */
export class AddressMismatchError extends Error {
  constructor(contract: string, expected: string, actual: string) {
    super(
      `${contract} was predicted at ${expected} and is at ${actual}. ` +
        "Did the deployer send another transaction meanwhile? Deploy again with a fresh Ignition deployment.",
    );
    this.name = "AddressMismatchError";
  }
}

/**
 * Deploys everything with the connection's first account. An interrupted deployment to a public network goes on where
 * it stopped when this is called again, as long as the deployer has sent nothing else.
 * @throws {InvalidParametersError} when a public network lacks its reserve, treasury or role holders.
 * @throws {AddressMismatchError}
 */
export async function deploy(
  connection: NetworkConnection<string>,
  parameters: DeployParameters,
  options: DeployOptions = {},
): Promise<Deployment> {
  const { ethers, ignition } = connection;
  const [deployer] = await ethers.getSigners();
  if (!deployer) throw new Error("The network has no account to deploy with.");
  const chainId = Number((await ethers.provider.getNetwork()).chainId);
  const genesis = await ethers.provider.getBlock(0);
  if (!genesis?.hash) throw new Error("The network does not serve its first block.");
  const isLocal = chainId === LOCAL_CHAIN_ID;
  const { treasury, holders } = accounts(parameters, isLocal ? deployer.address : undefined);

  // A local chain's journal is this run's alone: two chains may begin in the same second with the same first block.
  const deploymentId = `stelai-${chainId}-${genesis.hash.slice(2, 10)}${isLocal ? `-${randomUUID()}` : ""}`;
  const journal = join(root, "ignition", "deployments", deploymentId);
  // A local chain is gone when it stops: its journal would only be in the way of the next one.
  const isResumable = !isLocal && connection.networkConfig.type === "http";
  const start = await remembered(isResumable ? join(journal, "start.json") : undefined, async () => ({
    block: (await ethers.provider.getBlockNumber()) + 1,
    reserve: await reserveOf(connection, parameters, isLocal),
    nonce: await deployer.getNonce(),
  }));

  const predicted = Object.fromEntries(
    ORDER.map((name, index) => [name, getCreateAddress({ from: deployer.address, nonce: start.nonce + index })]),
  ) as Record<(typeof ORDER)[number], string>;
  const accessManager = await ethers.getContractFactory("AccessManager");
  const ignitionOptions = {
    deploymentId,
    defaultSender: deployer.address,
    displayUi: options.displayUi ?? false,
    config: isLocal ? { requiredConfirmations: 1, blockPollingInterval: 20 } : {},
  };
  const deployed = await ignition.deploy(stelaiModule, {
    ...ignitionOptions,
    parameters: {
      Stelai: {
        creditStore: predicted.CreditStore,
        payouts: predicted.Payouts,
        inferenceMeter: predicted.InferenceMeter,
        characterAccess: predicted.CharacterAccess,
        licenses: predicted.Licenses,
        resale: predicted.Resale,
        creditPlans: predicted.CreditPlans,
        rewards: predicted.Rewards,
        reserve: start.reserve,
        floorPrice: parameters.floorPrice,
        packages: parameters.packages,
        plans: parameters.plans,
        referral: parameters.referral,
        commissionBps: parameters.commissionBps,
        treasury,
        handOver: handOverCalls(accessManager.interface, predicted, {
          deployer: deployer.address,
          holders,
          delays: parameters.delays,
        }),
      },
    },
  });

  const contracts = {
    AccessManager: await deployed.accessManager.getAddress(),
    Stelai: await deployed.stelai.getAddress(),
    CreditStore: await deployed.creditStore.getAddress(),
    Payouts: await deployed.payouts.getAddress(),
    Characters: await deployed.characters.getAddress(),
    InferenceMeter: await deployed.inferenceMeter.getAddress(),
    CharacterAccess: await deployed.characterAccess.getAddress(),
    Reviews: await deployed.reviews.getAddress(),
    Works: await deployed.works.getAddress(),
    Licenses: await deployed.licenses.getAddress(),
    Resale: await deployed.resale.getAddress(),
    WorkReviews: await deployed.workReviews.getAddress(),
    CreditPlans: await deployed.creditPlans.getAddress(),
    Rewards: await deployed.rewards.getAddress(),
    OperatorReceivers: await deployed.operatorReceivers.getAddress(),
  };
  for (const name of ORDER) {
    if (contracts[name] !== predicted[name]) {
      throw new AddressMismatchError(name, predicted[name], contracts[name]);
    }
  }
  const router =
    parameters.router === "local" ? (await deployUniswap(connection, start.reserve)).router : parameters.router;
  const checkout =
    router === undefined
      ? undefined
      : await ignition.deploy(ethCheckoutModule, {
          ...ignitionOptions,
          parameters: { EthCheckout: { creditStore: contracts.CreditStore, router } },
        });
  const deployment = {
    chainId,
    genesisHash: genesis.hash,
    startBlock: start.block,
    contracts: {
      ...contracts,
      ...(checkout === undefined ? {} : { EthCheckout: await checkout.ethCheckout.getAddress() }),
      Reserve: start.reserve,
    },
    finalityBlocks: parameters.finalityBlocks,
  } as Deployment;
  if (options.output !== undefined) writeDeployment(deployment, options.output);
  if (!isResumable) rmSync(journal, { recursive: true, force: true });
  return deployment;
}

function accounts(parameters: DeployParameters, fallback: string | undefined) {
  const named = (field: string, account: string | undefined): string => {
    const found = account ?? fallback;
    if (found === undefined) throw new InvalidParametersError(field, "an address on a public network");
    return found;
  };
  const holders: RoleHolders = {
    admin: named("accounts.admin", parameters.holders.admin),
    pricing: named("accounts.pricing", parameters.holders.pricing),
    commission: named("accounts.commission", parameters.holders.commission),
    moderator: named("accounts.moderator", parameters.holders.moderator),
    guardian: named("accounts.guardian", parameters.holders.guardian),
    resolver: named("accounts.resolver", parameters.holders.resolver),
    campaigns: named("accounts.campaigns", parameters.holders.campaigns),
  };
  return { treasury: named("accounts.treasury", parameters.treasury), holders };
}

async function reserveOf(connection: NetworkConnection<string>, parameters: DeployParameters, isLocal: boolean) {
  const { ethers } = connection;
  if (parameters.reserve === undefined) {
    if (!isLocal) throw new InvalidParametersError("reserve", "the stablecoin's address on a public network");
    const token = await ethers.deployContract("TestUSDC");
    await token.waitForDeployment();
    return token.getAddress();
  }
  if ((await ethers.provider.getCode(parameters.reserve)) === "0x") {
    throw new InvalidParametersError("reserve", "the address of a token; there is no contract");
  }
  // The floor is immutable: a wrong power of ten could not be mended.
  const token = await ethers.getContractAt(["function decimals() view returns (uint8)"], parameters.reserve);
  if ((await token.getFunction("decimals")()) !== BigInt(RESERVE_DECIMALS)) {
    throw new InvalidParametersError("reserve", `a token of ${RESERVE_DECIMALS} decimals`);
  }
  return parameters.reserve;
}

type Start = { block: number; reserve: string; nonce: number };

/** Where a deployment began, so that going on with an interrupted one predicts the same addresses. */
async function remembered(path: string | undefined, begin: () => Promise<Start>): Promise<Start> {
  if (path === undefined) return begin();
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as Start;
  const start = await begin();
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, JSON.stringify(start));
  return start;
}
