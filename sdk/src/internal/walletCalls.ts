import type { Abi, Address, TransactionReceipt } from "viem";
import { getCapabilities, sendCalls, waitForCallsStatus } from "viem/actions";
import type { StelaiClient, Wallet } from "../client.ts";

/** One call of a batch. */
export type BatchedCall = { address: Address; abi: Abi; functionName: string; args: readonly unknown[] };
type BatchReceipt = Pick<TransactionReceipt, "status" | "transactionHash">;

/**
 * Wallets, by chain and address, that said they can batch and then would not: they are not asked again while this page
 * lives. Not by their client, which pages make anew.
 */
const unable = new Set<string>();
const nameOf = ({ deployment }: StelaiClient, { account }: Wallet) => `${deployment.chainId} ${account?.address}`;

/** Milliseconds to wait for a batch to be mined. */
const BATCH_TIMEOUT = 180_000;

/**
 * Has a wallet make calls as one, all or none (EIP-5792); nothing when it cannot, or when its person does not want it to
 * become able (5710, 5750). What a person refuses is refused.
 * @param onAsked Told before the wallet is asked for the calls.
 */
export async function sendAtomically(
  client: StelaiClient,
  wallet: Wallet,
  calls: readonly BatchedCall[],
  onAsked: () => void,
): Promise<readonly BatchReceipt[] | undefined> {
  const { account } = wallet;
  if (account === undefined || !(await canBatch(client, wallet))) return undefined;
  onAsked();
  let id: string;
  try {
    const wanted = calls.map(({ address, ...call }) => ({ to: address, ...call }));
    ({ id } = await sendCalls(wallet, { account, chain: client.chain, calls: wanted, forceAtomic: true }));
  } catch (error) {
    if (isDeclined(error)) throw error;
    unable.add(nameOf(client, wallet));
    return undefined;
  }
  const { receipts = [], status } = await waitForCallsStatus(wallet, { id, timeout: BATCH_TIMEOUT });
  // A batch that failed before it was mined cost nothing: the wallet is asked for its parts.
  if (status !== "success" && receipts.length === 0) {
    unable.add(nameOf(client, wallet));
    return undefined;
  }
  return receipts;
}

/** Whether the wallet makes several calls one, all or none. */
async function canBatch(client: StelaiClient, wallet: Wallet): Promise<boolean> {
  if (wallet.account === undefined || unable.has(nameOf(client, wallet))) return false;
  try {
    const found = await getCapabilities(wallet, { account: wallet.account, chainId: client.deployment.chainId });
    return found.atomic?.status === "supported";
  } catch {
    // Wallets of before EIP-5792 do not know the question.
    return false;
  }
}

/** Whether a person said no (EIP-1193, 4001), however deep a client buried it. */
function isDeclined(error: unknown): boolean {
  for (let link = error; typeof link === "object" && link !== null; link = (link as { cause?: unknown }).cause) {
    if ((link as { code?: unknown }).code === 4001) return true;
  }
  return false;
}
