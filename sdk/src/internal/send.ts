import type {
  Abi,
  Address,
  BaseError,
  ContractFunctionArgs,
  ContractFunctionName,
  Hash,
  SimulateContractParameters,
  TransactionReceipt,
  WriteContractParameters,
} from "viem";
import { simulateContract, waitForTransactionReceipt, writeContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../client.ts";
import { TransactionRevertedError } from "../errors/client.ts";
import { SPONSOR_ERRORS } from "../errors/relayerEndpoints.ts";
import { relayerRequest } from "./http.ts";

export type WaitOptions = {
  /** Blocks on top before it counts; 1 when absent. */
  confirmations?: number | undefined;
  /** Milliseconds after which to stop waiting; the transaction itself lives on. */
  timeout?: number | undefined;
};

/** A transaction that was sent: its hash at once, its result when it is mined. */
export type Sent<result = unknown> = {
  hash: Hash;
  /** Waits until it is mined, follows replacements, and reads what it brought from its events. */
  wait: (options?: WaitOptions) => Promise<result & { receipt: TransactionReceipt }>;
};

export type ReadReceipt<result> = (receipt: TransactionReceipt) => result | Promise<result>;

/** A transaction whose hash is known; `read` takes the result out of its receipt. */
export function sent<result>(client: StelaiClient, hash: Hash, read: ReadReceipt<result>): Sent<result> {
  const wait = async (options: WaitOptions = {}) => {
    const receipt = await waitForTransactionReceipt(client.publicClient, {
      hash,
      ...(options.confirmations === undefined ? {} : { confirmations: options.confirmations }),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    });
    if (receipt.status === "reverted") throw new TransactionRevertedError(receipt.transactionHash);
    return { ...(await read(receipt)), receipt };
  };
  return { hash, wait };
}

type Mutability = "nonpayable" | "payable";

/**
 * Simulates a call, so that a refusal is a typed error before the wallet opens, then has the wallet send it. What reverts
 * there is simulated once more.
 * @throws WalletRequiredError when the client has no wallet.
 */
export async function send<
  const abi extends Abi,
  name extends ContractFunctionName<abi, Mutability>,
  const args extends ContractFunctionArgs<abi, Mutability, name>,
  result,
>(
  client: StelaiClient,
  call: { address: Address; abi: abi; functionName: name; args: args },
  read: ReadReceipt<result>,
): Promise<Sent<result>> {
  const { wallet, account } = requireWallet(client);
  const request = { ...call, account } as unknown as SimulateContractParameters;
  const simulate = () => simulateContract(client.publicClient, request);
  await simulate();
  const sending = { ...request, chain: client.chain } as unknown as WriteContractParameters;
  const hash = await writeContract(wallet, sending).catch(async (error: unknown) => {
    // What changed while the wallet was open, the chain says by its name; wallets say that something reverted.
    if (isReverted(error)) await simulate();
    throw error;
  });
  return sent(client, hash, read);
}

/** Whether a wallet refused since the contract would; it then has not sent anything. By its name, which weighs less. */
const isReverted = (error: unknown): boolean =>
  (error as Partial<BaseError>).walk?.((link) => (link as Error).name === "ExecutionRevertedError") != null;

/** Has the relayer send what the payer signed: `POST /v1/sponsor/<what>`. */
export async function sendSponsored<result>(
  client: StelaiClient,
  what: "purchases" | "tabs" | "top-ups" | "extensions" | "rotations" | "closures",
  body: unknown,
  read: ReadReceipt<result>,
): Promise<Sent<result>> {
  const request = { path: `/v1/sponsor/${what}`, method: "POST", body, errors: SPONSOR_ERRORS } as const;
  const { transaction } = await relayerRequest<{ transaction: Hash }>(client, request);
  return sent(client, transaction, read);
}

/** For transactions that bring nothing but themselves. */
export function nothing(): Record<never, never> {
  return {};
}
