import {
  characterAccessAbi,
  charactersAbi,
  creditPlansAbi,
  creditStoreAbi,
  ethCheckoutAbi,
  inferenceMeterAbi,
  licensesAbi,
  operatorReceiverAbi,
  operatorReceiversAbi,
  payoutsAbi,
  resaleAbi,
  reviewsAbi,
  rewardsAbi,
  stelaiAbi,
  workReviewsAbi,
  worksAbi,
} from "@stelai/sdk/abis";
import { createConfig, factory } from "ponder";
import { erc20Abi, getAbiItem, zeroAddress } from "viem";
import { readEnvironment } from "./environment.ts";
import { accessManagerAbi } from "./src/accessManager.ts";

const environment = readEnvironment(process.env);
const { contracts, startBlock } = environment;

export default createConfig({
  database: environment.databaseUrl
    ? { kind: "postgres", connectionString: environment.databaseUrl }
    : { kind: "pglite", directory: environment.directory },
  chains: {
    stelai: {
      id: environment.chainId,
      rpc: environment.rpcUrls,
      pollingInterval: environment.pollingIntervalMs,
      // The cache knows a chain by its id alone, and every local chain has the same.
      disableCache: environment.isLocal,
    },
  },
  contracts: {
    Stelai: { chain: "stelai", abi: stelaiAbi, address: contracts.Stelai, startBlock },
    CreditStore: { chain: "stelai", abi: creditStoreAbi, address: contracts.CreditStore, startBlock },
    Payouts: { chain: "stelai", abi: payoutsAbi, address: contracts.Payouts, startBlock },
    Characters: { chain: "stelai", abi: charactersAbi, address: contracts.Characters, startBlock },
    InferenceMeter: { chain: "stelai", abi: inferenceMeterAbi, address: contracts.InferenceMeter, startBlock },
    CharacterAccess: { chain: "stelai", abi: characterAccessAbi, address: contracts.CharacterAccess, startBlock },
    Reviews: { chain: "stelai", abi: reviewsAbi, address: contracts.Reviews, startBlock },
    Works: { chain: "stelai", abi: worksAbi, address: contracts.Works, startBlock },
    Licenses: { chain: "stelai", abi: licensesAbi, address: contracts.Licenses, startBlock },
    Resale: { chain: "stelai", abi: resaleAbi, address: contracts.Resale, startBlock },
    WorkReviews: { chain: "stelai", abi: workReviewsAbi, address: contracts.WorkReviews, startBlock },
    CreditPlans: { chain: "stelai", abi: creditPlansAbi, address: contracts.CreditPlans, startBlock },
    Rewards: { chain: "stelai", abi: rewardsAbi, address: contracts.Rewards, startBlock },
    OperatorReceivers: {
      ...{ chain: "stelai", abi: operatorReceiversAbi, address: contracts.OperatorReceivers, startBlock },
    },
    // Every operator's.
    OperatorReceiver: {
      ...{ chain: "stelai", abi: operatorReceiverAbi, startBlock },
      address: factory({
        address: contracts.OperatorReceivers,
        event: getAbiItem({ abi: operatorReceiversAbi, name: "OperatorReceiverCreated" }),
        parameter: "receiver",
        startBlock,
      }),
    },
    AccessManager: { chain: "stelai", abi: accessManagerAbi, address: contracts.AccessManager, startBlock },
    // Ponder wants every source that has a handler: where there is no checkout, nothing happens at the zero address.
    EthCheckout: { chain: "stelai", abi: ethCheckoutAbi, address: contracts.EthCheckout ?? zeroAddress, startBlock },
    // Two sources, because Ponder keeps one filter an event and source.
    ReserveIn: {
      chain: "stelai",
      abi: erc20Abi,
      address: contracts.Reserve,
      startBlock,
      filter: { event: "Transfer", args: { to: contracts.CreditStore } },
    },
    ReserveOut: {
      chain: "stelai",
      abi: erc20Abi,
      address: contracts.Reserve,
      startBlock,
      filter: { event: "Transfer", args: { from: contracts.CreditStore } },
    },
  },
});
