import type {
  Abi,
  Address,
  BaseError,
  ContractFunctionArgs,
  ContractFunctionName,
  EstimateContractGasParameters,
  SimulateContractParameters,
  WriteContractParameters,
} from "viem";
import { estimateContractGas, simulateContract, writeContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../client.ts";
import { type ReadReceipt, type Sent, sent } from "./sent.ts";

export { nothing, type ReadReceipt, type Sent, sent, type WaitOptions } from "./sent.ts";

type Mutability = "nonpayable" | "payable";

/**
 * Simulates a call, so that a refusal is a typed error before the wallet opens, then has the wallet send it, with a quarter
 * more gas than it takes now: a lapse date or a day that begins in between can make it take more. What reverts there is
 * simulated once more.
 * @throws WalletRequiredError when the client has no wallet.
 */
export async function send<
  const abi extends Abi,
  name extends ContractFunctionName<abi, Mutability>,
  const args extends ContractFunctionArgs<abi, Mutability, name>,
  result,
>(
  client: StelaiClient,
  /** `value` in wei of ETH. */
  call: { address: Address; abi: abi; functionName: name; args: args; value?: bigint },
  read: ReadReceipt<result>,
): Promise<Sent<result>> {
  const { wallet, account } = requireWallet(client);
  const request = { ...call, account } as unknown as SimulateContractParameters;
  const simulate = () => simulateContract(client.publicClient, request);
  // By its address: nothing but gas is asked for then. A node that cannot say leaves it to the wallet.
  const estimated = estimateContractGas(client.publicClient, {
    ...request,
    account: account.address,
  } as unknown as EstimateContractGasParameters).catch(() => undefined);
  await simulate();
  const gas = await estimated;
  const sending = {
    ...request,
    gas: gas && (gas * 5n) / 4n,
    chain: client.chain,
  } as unknown as WriteContractParameters;
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
