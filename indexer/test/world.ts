import {
  characterAccessAbi,
  charactersAbi,
  creditPlansAbi,
  creditStoreAbi,
  ethCheckoutAbi,
  inferenceMeterAbi,
  licensesAbi,
  operatorReceiversAbi,
  payoutsAbi,
  resaleAbi,
  reviewsAbi,
  rewardsAbi,
  stelaiAbi,
  workReviewsAbi,
  worksAbi,
} from "@stelai/sdk/abis";
import { type Account, createPublicClient, createWalletClient, type Hex, http, parseAbi, zeroAddress } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import type { TestChain } from "../../test/harness/chain.ts";

const reserveAbi = parseAbi([
  "function mint(address to, uint256 amount)",
  "function approve(address spender, uint256 amount) returns (bool)",
  "function balanceOf(address account) view returns (uint256)",
  "function transfer(address to, uint256 amount) returns (bool)",
]);

const managerAbi = parseAbi([
  "function schedule(address target, bytes data, uint48 when) returns (bytes32 operationId, uint32 nonce)",
  "function execute(address target, bytes data) payable returns (uint32)",
  "function cancel(address caller, address target, bytes data) returns (uint32)",
  "function grantRole(uint64 roleId, address account, uint32 executionDelay)",
  "function getSchedule(bytes32 id) view returns (uint48)",
  "function getNonce(bytes32 id) view returns (uint32)",
  "function hashOperation(address caller, address target, bytes data) view returns (bytes32)",
  "function expiration() view returns (uint32)",
]);

/** Who acts on the test chain, and with what. */
export type World = ReturnType<typeof worldOf>;

/** Accounts, contracts and clients on a test chain. */
export function worldOf(chain: TestChain) {
  const transport = http(chain.rpcUrl, { retryCount: 0 });
  const publicClient = createPublicClient({ chain: hardhat, transport, pollingInterval: 5, cacheTime: 0 });
  const addresses = chain.deployment.contracts;
  const contracts = {
    Stelai: { abi: stelaiAbi, address: addresses.Stelai },
    CreditStore: { abi: creditStoreAbi, address: addresses.CreditStore },
    Payouts: { abi: payoutsAbi, address: addresses.Payouts },
    Characters: { abi: charactersAbi, address: addresses.Characters },
    InferenceMeter: { abi: inferenceMeterAbi, address: addresses.InferenceMeter },
    CharacterAccess: { abi: characterAccessAbi, address: addresses.CharacterAccess },
    Reviews: { abi: reviewsAbi, address: addresses.Reviews },
    Works: { abi: worksAbi, address: addresses.Works },
    Licenses: { abi: licensesAbi, address: addresses.Licenses },
    Resale: { abi: resaleAbi, address: addresses.Resale },
    WorkReviews: { abi: workReviewsAbi, address: addresses.WorkReviews },
    CreditPlans: { abi: creditPlansAbi, address: addresses.CreditPlans },
    Rewards: { abi: rewardsAbi, address: addresses.Rewards },
    OperatorReceivers: { abi: operatorReceiversAbi, address: addresses.OperatorReceivers },
    EthCheckout: { abi: ethCheckoutAbi, address: addresses.EthCheckout ?? zeroAddress },
    AccessManager: { abi: managerAbi, address: addresses.AccessManager },
    Reserve: { abi: reserveAbi, address: addresses.Reserve },
  } as const;
  const walletOf = (account: Account) => createWalletClient({ chain: hardhat, transport, account });
  const actor = (index: number) => {
    const key = chain.accounts[index]?.privateKey;
    if (!key) throw new Error(`The chain has no account ${index}.`);
    const account = privateKeyToAccount(key);
    return { account, address: account.address, wallet: walletOf(account) };
  };
  return {
    chain,
    publicClient,
    contracts,
    deployer: actor(0),
    operator: actor(1),
    treasury: actor(2),
    alice: actor(3),
    bob: actor(4),
    carol: actor(5),
    /** Waits for a transaction and refuses a reverted one. */
    mined: async (sent: Promise<Hex>) => {
      const receipt = await publicClient.waitForTransactionReceipt({ hash: await sent });
      if (receipt.status !== "success") throw new Error(`Transaction ${receipt.transactionHash} reverted.`);
      return receipt;
    },
    now: async () => (await publicClient.getBlock({ blockTag: "latest" })).timestamp,
    /** Lets time pass and mines a block. */
    pass: async (seconds: number) => {
      await chain.request("evm_increaseTime", [`0x${seconds.toString(16)}`]);
      await chain.request("evm_mine");
    },
  };
}
