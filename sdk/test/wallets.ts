/** A browser's wallet behind EIP-1193, without a browser. */
import {
  type Address,
  createWalletClient,
  custom,
  type Hex,
  http,
  numberToHex,
  type RpcTransactionReceipt,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { createStelai } from "../src/index.ts";
import { clientsOf, type Person, testChain } from "./world.ts";

/** How a wallet is: what it says of EIP-5792's `atomic`, and what it answers instead of doing what it is asked. */
export type Manners = {
  /** What it says of its batches; one that does not know the question when absent. */
  status?: string | undefined;
  /** Code that it refuses batches with. */
  refuses?: number | undefined;
  /** Whether the person behind it declines everything. */
  declines?: boolean | undefined;
  /** The chain that it is on; the run's when absent. */
  chainId?: number | undefined;
  /** Sees each request before it is answered. */
  watch?: ((request: { method: string; params?: unknown }) => void) | undefined;
};

const error = (message: string, code: number) => Object.assign(new Error(message), { code });
const PROMPTS = ["eth_sendTransaction", "eth_signTypedData_v4", "personal_sign", "wallet_sendCalls"];

/** A person's wallet as a page finds it, and all that it was asked. `manners` may change on the way. */
export async function browserWalletOf(person: Person, manners: Manners = {}) {
  const { rpcUrl } = await testChain();
  const { chain, publicClient } = await clientsOf();
  const account = privateKeyToAccount(person.privateKey);
  const key = createWalletClient({ chain, transport: http(rpcUrl), account });
  const asked: string[] = [];
  const bundles = new Map<string, RpcTransactionReceipt[]>();
  const mine = () => numberToHex(manners.chainId ?? chain.id);

  const sendCalls = async (calls: readonly { to: Address; data: Hex }[]) => {
    const receipts: RpcTransactionReceipt[] = [];
    for (const { to, data } of calls) {
      const hash = await key.sendTransaction({ to, data });
      await publicClient.waitForTransactionReceipt({ hash });
      const receipt = await publicClient.request({ method: "eth_getTransactionReceipt", params: [hash] });
      receipts.push(receipt as RpcTransactionReceipt);
    }
    const id = numberToHex(bundles.size + 11);
    bundles.set(id, receipts);
    return { id };
  };

  const request = async ({ method, params }: { method: string; params?: unknown }): Promise<unknown> => {
    asked.push(method);
    manners.watch?.({ method, params });
    const [first, second] = (params ?? []) as [never, never];
    if (manners.declines && PROMPTS.includes(method)) throw error("User rejected the request.", 4_001);
    switch (method) {
      case "eth_chainId":
        return mine();
      case "eth_accounts":
      case "eth_requestAccounts":
        return [person.address];
      case "personal_sign":
        return account.signMessage({ message: { raw: first } });
      case "eth_signTypedData_v4":
        return account.signTypedData(JSON.parse(second));
      case "eth_sendTransaction": {
        const { to, data, gas } = first as { to: Address; data: Hex; gas?: Hex };
        return key.sendTransaction({ to, data, ...(gas && { gas: BigInt(gas) }) });
      }
      case "wallet_getCapabilities":
        if (manners.status === undefined) throw error("Method not found", -32_601);
        return { [mine()]: { atomic: { status: manners.status } } };
      case "wallet_sendCalls":
        if (manners.refuses !== undefined) throw error("No.", manners.refuses);
        return sendCalls((first as { calls: { to: Address; data: Hex }[] }).calls);
      case "wallet_getCallsStatus":
        return {
          version: "2.0.0",
          id: first,
          chainId: mine(),
          status: 200,
          atomic: true,
          receipts: bundles.get(first),
        };
      default:
        return publicClient.request({ method, params } as never);
    }
  };
  return { request, asked, manners };
}

/** Stelai with such a wallet. */
export async function stelaiInBrowser(person: Person, manners: Manners = {}, config: { relayerUrl?: string } = {}) {
  const parts = await clientsOf();
  const { request, asked } = await browserWalletOf(person, manners);
  const connect = () =>
    createWalletClient({
      ...{ account: person.address, chain: parts.chain, transport: custom({ request } as never, { retryCount: 0 }) },
    });
  const open = () => createStelai({ ...parts, ...config, walletClient: connect() });
  // `open` makes the client of the same wallet anew, as pages do.
  return { stelai: open(), open, asked };
}
