import { expect } from "chai";
import { network } from "hardhat";
import { createPublicClient, createWalletClient, custom, type Hex, parseGwei } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { type Activity, observe } from "./activity.ts";
import { look } from "./look.ts";

/** The first test account of every local chain; its key is published. */
const account = privateKeyToAccount("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
const SELF = account.address;

async function chainWithoutAutomine() {
  const { provider } = await network.create();
  await provider.request({ method: "evm_setAutomine", params: [false] });
  const transport = custom({ request: (request) => provider.request(request) }, { retryCount: 0 });
  const client = createPublicClient({ transport });
  const wallet = createWalletClient({ account, transport });
  const mine = async () => void (await provider.request({ method: "evm_mine" }));
  const transfer = async (value: bigint, nonce: number, gwei: string) =>
    wallet.sendTransaction({
      chain: null,
      to: "0x000000000000000000000000000000000000dEaD",
      value,
      nonce,
      gas: 21_000n,
      maxFeePerGas: parseGwei(gwei),
      maxPriorityFeePerGas: parseGwei(gwei),
    });
  /** The activity after the chain was asked about it once more. */
  const lookAgain = async (activity: Activity) => {
    const head = await client.getBlockNumber({ cacheTime: 0 });
    return (await look(client, activity, head, 1_000)).reduce(observe, activity);
  };
  return { provider, client, wallet, mine, transfer, lookAgain };
}

function sent(hash: Hex): Activity {
  const begun: Activity = { id: "1", intent: { id: "app.name" }, state: "wallet", startedAt: 900, seenAt: 900 };
  return observe(begun, { kind: "sent", hash, fromBlock: 0n, at: 900 });
}

describe("looking up what became of a transaction", () => {
  it("learns sender and nonce while it is pending, and its block once it is mined", async () => {
    const { transfer, mine, lookAgain } = await chainWithoutAutomine();
    const pending = await lookAgain(sent(await transfer(1n, 0, "10")));
    expect(pending).to.deep.include({ state: "sent", nonce: 0 });
    expect(pending.sender?.toLowerCase()).to.equal(SELF.toLowerCase());
    await mine();
    expect(await lookAgain(pending)).to.deep.include({ state: "confirmed", blockNumber: 1n });
  });

  it("reports a revert as failed", async () => {
    const { wallet, mine, lookAgain } = await chainWithoutAutomine();
    // Init code of one INVALID instruction.
    const hash = await wallet.sendTransaction({ chain: null, data: "0xfe", gas: 100_000n });
    await mine();
    expect((await lookAgain(sent(hash))).state).to.equal("failed");
  });

  it("follows the same act sent again with a higher fee, even when it was mined blocks ago", async () => {
    const { transfer, mine, lookAgain } = await chainWithoutAutomine();
    const pending = await lookAgain(sent(await transfer(1n, 0, "10")));
    const faster = await transfer(1n, 0, "20");
    for (let block = 0; block < 9; block++) await mine();
    expect(await lookAgain(pending)).to.deep.include({ state: "replaced", replacedBy: faster, blockNumber: 1n });
  });

  it("reports something else under its nonce as cancelled", async () => {
    const { transfer, mine, lookAgain } = await chainWithoutAutomine();
    const pending = await lookAgain(sent(await transfer(1n, 0, "10")));
    await transfer(0n, 0, "20");
    await mine();
    expect((await lookAgain(pending)).state).to.equal("cancelled");
  });

  it("reports nothing new about a transaction that no node knows, until it is unseen", async () => {
    const { transfer, provider, lookAgain } = await chainWithoutAutomine();
    const hash = await transfer(1n, 0, "10");
    const pending = { ...(await lookAgain(sent(hash))), seenAt: 950 };
    await provider.request({ method: "hardhat_dropTransaction", params: [hash] });
    expect(await lookAgain(pending)).to.equal(pending);
    expect((await lookAgain({ ...pending, seenAt: 100 })).state).to.equal("unseen");
  });

  it("takes back a confirmation when its block is reorganised away", async () => {
    const { provider, transfer, mine, lookAgain } = await chainWithoutAutomine();
    const snapshot = await provider.request({ method: "evm_snapshot" });
    const pending = await lookAgain(sent(await transfer(1n, 0, "10")));
    await mine();
    const confirmed = await lookAgain(pending);
    expect(confirmed.state).to.equal("confirmed");
    await provider.request({ method: "evm_revert", params: [snapshot] });
    expect(await lookAgain(confirmed)).to.deep.include({ state: "sent", blockNumber: undefined });
  });
});
