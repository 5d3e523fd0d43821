/** A chain full of events, made fast: unsigned transactions from the node's own accounts, in large blocks. */
import { encodeBatch, hashLines, meterDomain, meterTypes, payeeOf } from "@stelai/sdk";
import { type Address, encodeFunctionData, type Hex, maxUint256, numberToHex, zeroAddress, zeroHash } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import type { World } from "../../../indexer/test/world.ts";

type Transaction = { from: Address; to: Address; data: Hex; gas: Hex };

const CREDIT = 10n ** 18n;
const GAS = numberToHex(170_000);
const BATCH_GAS = numberToHex(3_000_000);
const ROWS = 20;
const session = privateKeyToAccount(generatePrivateKey());

/** A character, an account full of credits, and everything approved. */
export async function prepare(w: World): Promise<void> {
  const { Reserve, CreditStore, Stelai, Payouts, InferenceMeter, Characters } = w.contracts;
  const { wallet, address } = w.alice;
  await w.mined(wallet.writeContract({ ...Reserve, functionName: "mint", args: [address, 10n ** 12n] }));
  await w.mined(wallet.writeContract({ ...Reserve, functionName: "approve", args: [CreditStore.address, maxUint256] }));
  const [packageId] = await w.publicClient.readContract({ ...CreditStore, functionName: "packages" });
  const order = { packageId, quantity: 100n, recipient: address, referrer: zeroAddress, maxPrice: 10n ** 12n };
  await w.mined(wallet.writeContract({ ...CreditStore, functionName: "buy", args: [order] }));
  for (const spender of [Payouts.address, InferenceMeter.address]) {
    await w.mined(wallet.writeContract({ ...Stelai, functionName: "approve", args: [spender, maxUint256] }));
  }
  const terms = { lifetime: 0, monthly: 0, annual: 0, perInference: 1_000, perUnit: 2_000 };
  const creation = {
    ...{ modality: 0, visibility: 0, payee: payeeOf(address), personaHash: zeroHash, metadataURI: "ipfs://card" },
    ...{ terms, operators: [w.operator.address], shares: [] },
  };
  await w.mined(wallet.writeContract({ ...Characters, functionName: "create", args: [creation] }));
}

/**
 * Fills blocks with `rounds` of a transfer, an earning and an opened tab (5 events), and settles all those tabs in
 * batches of 20 rows with 2 lines each (1 event a batch).
 */
export async function fill(w: World, rounds: number): Promise<void> {
  const { Stelai, Payouts, InferenceMeter } = w.contracts;
  const [from, operator] = [w.alice.address, w.operator.address];
  const expiry = (await w.now()) + 86_400n;
  const firstTab = await w.publicClient.readContract({
    ...InferenceMeter,
    functionName: "tabCount",
    args: [operator],
  });
  const payees = Array.from({ length: 200 }, (_, index) => numberToHex(index + 1_000, { size: 20 }));
  await w.chain.request("evm_setAutomine", [false]);
  const transactions = Array.from({ length: rounds }, (_, round): Transaction[] => {
    const payee = payees[round % payees.length] ?? zeroAddress;
    const opening = { operator, sessionKey: session.address, cap: 10_000, expiry };
    return [
      {
        ...{ from, gas: GAS, to: Stelai.address },
        data: encodeFunctionData({ ...Stelai, functionName: "transfer", args: [payee, CREDIT / 1_000n] }),
      },
      {
        ...{ from, gas: GAS, to: Payouts.address },
        data: encodeFunctionData({ ...Payouts, functionName: "earn", args: [BigInt(payee), CREDIT / 100n, zeroHash] }),
      },
      {
        ...{ from, gas: GAS, to: InferenceMeter.address },
        data: encodeFunctionData({ ...InferenceMeter, functionName: "open", args: [opening] }),
      },
    ];
  });
  await sendAll(w, transactions.flat());

  let batches: Transaction[] = [];
  for (let tab = 0; tab < rounds; tab += ROWS) {
    const rows = Array.from({ length: Math.min(ROWS, rounds - tab) }, (_, row) =>
      rowOf(w, firstTab + BigInt(tab + row + 1)),
    );
    const args = [encodeBatch(await Promise.all(rows))] as const;
    const data = encodeFunctionData({ ...InferenceMeter, functionName: "settle", args });
    batches.push({ from: operator, to: InferenceMeter.address, gas: BATCH_GAS, data });
    // Signing holds up this process; sent in between, the connection to the node stays in use.
    if (batches.length < 8) continue;
    await sendAll(w, batches);
    batches = [];
  }
  await sendAll(w, batches);
  await w.chain.request("evm_setAutomine", [true]);
}

async function rowOf(w: World, tabId: bigint) {
  const operator = w.operator.address;
  const lines = [
    { characterId: 0n, amount: 100n, inferences: 1n, milliunits: 400n },
    { characterId: 1n, amount: 1_800n, inferences: 1n, milliunits: 400n },
  ];
  const signature = await session.signTypedData({
    domain: meterDomain(w.chain.deployment.chainId, w.contracts.InferenceMeter.address),
    types: meterTypes,
    primaryType: "Voucher",
    message: { operator, tabId, base: 0, cumulative: 1_900, lines: hashLines(lines), receipts: zeroHash },
  });
  return { tabId, cumulative: 1_900n, receipts: zeroHash, lines, signature };
}

async function sendAll(w: World, transactions: readonly Transaction[]): Promise<void> {
  const perCall = 300;
  for (let at = 0; at < transactions.length; at += perCall) {
    const calls = transactions
      .slice(at, at + perCall)
      .map((transaction, id) => ({ jsonrpc: "2.0", id, method: "eth_sendTransaction", params: [transaction] }));
    const response = await fetch(w.chain.rpcUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(calls),
    });
    const failed = ((await response.json()) as { error?: { message: string } }[]).find(({ error }) => error);
    if (failed?.error) throw new Error(failed.error.message);
    while ((await w.chain.request("eth_getBlockTransactionCountByNumber", ["pending"])) !== "0x0") {
      await w.chain.request("evm_mine");
    }
  }
}
