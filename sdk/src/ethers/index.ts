/** ethers v6: its signers as wallets, its providers as readers of the chain. */
import type { JsonRpcApiProvider, JsonRpcSigner, Provider, Signer, TypedDataDomain } from "ethers";
import {
  type Address,
  type Chain,
  type CustomTransport,
  createWalletClient,
  custom,
  type Hex,
  hexToBytes,
  hexToString,
  isHex,
  type JsonRpcAccount,
  numberToHex,
  stringToBytes,
  type WalletClient,
} from "viem";
import { asProviderError, providerError, SignerWithoutProviderError } from "./errors.ts";
import { type ReadonlyTypes, typedDataTypes } from "./typedData.ts";

export { SignerWithoutProviderError } from "./errors.ts";
export { type ReadonlyTypes, typedDataTypes } from "./typedData.ts";

/** What a wallet is asked for, as viem asks it. */
type Request = { method: string; params?: unknown };

type TypedData = {
  domain: TypedDataDomain;
  types: ReadonlyTypes;
  primaryType: string;
  message: Record<string, unknown>;
};

type Transaction = {
  from?: Address;
  to?: Address;
  data?: Hex;
  value?: Hex;
  gas?: Hex;
  maxFeePerGas?: Hex;
  maxPriorityFeePerGas?: Hex;
  nonce?: Hex;
};

/** JSON-RPC: there is no such method. With this number viem keeps the reason for which it tried another one. */
const NOT_FOUND = -32_601;

/**
 * An ethers v6 signer as the wallet that `createStelai` takes: a `Wallet`, an `HDNodeWallet`, the `JsonRpcSigner` of a
 * browser's wallet, or any other `Signer`, a contract wallet's among them. Signing and sending stay with the signer. What
 * a browser's wallet can do besides, as batches of calls (EIP-5792), is asked of it; a key in this process is not asked.
 * Each request reaches the signer once: nothing is signed or sent twice.
 * @throws whatever the signer throws when it is asked for its address.
 *
 * @example
 * ```ts
 * const provider = new BrowserProvider(window.ethereum, "any"); // the person may change the chain
 * const walletClient = await walletClientFrom(await provider.getSigner(), chain);
 * const stelai = createStelai({ chain, transport: transportFrom(provider), deployment, walletClient, relayerUrl });
 * ```
 */
export async function walletClientFrom(
  signer: Signer,
  chain: Chain,
): Promise<WalletClient<CustomTransport, Chain, JsonRpcAccount>> {
  const address = (await signer.getAddress()) as Address;
  const request = async (wanted: Request) => {
    try {
      return await answer(signer, address, chain, wanted);
    } catch (error) {
      throw asProviderError(error, wanted.method);
    }
  };
  // viem would ask again what it does not know the error of: a person who said no, three times more.
  return createWalletClient({ account: address, chain, transport: custom({ request }, { retryCount: 0 }) });
}

/**
 * An ethers v6 provider as the transport that `createStelai` reads the chain through.
 *
 * @example
 * ```ts
 * const stelai = createStelai({ chain, transport: transportFrom(new JsonRpcProvider(rpcUrl)), deployment });
 * ```
 */
export function transportFrom(provider: Pick<JsonRpcApiProvider, "send">): CustomTransport {
  const request = async ({ method, params }: Request) => {
    try {
      return await provider.send(method, (params ?? []) as unknown[]);
    } catch (error) {
      throw asProviderError(error, method);
    }
  };
  return custom({ request });
}

async function answer(signer: Signer, address: Address, chain: Chain, { method, params }: Request): Promise<unknown> {
  const [first, second] = Array.isArray(params) ? params : [];
  switch (method) {
    case "eth_accounts":
    case "eth_requestAccounts":
      return [address];
    case "eth_chainId":
      return chainIdOf(signer, chain);
    case "personal_sign":
      return signer.signMessage(isHex(first) ? textOrBytes(first) : String(first));
    case "eth_signTypedData_v4": {
      const { domain, types, primaryType, message } = JSON.parse(String(second)) as TypedData;
      return signer.signTypedData(domain, typedDataTypes(types, primaryType), message);
    }
    case "eth_sendTransaction":
      return sendTransaction(signer, first as Transaction);
    default: {
      // A node behind a key is no wallet, whatever it answers.
      if (method.startsWith("wallet_") && !isWallets(signer)) throw providerError(NOT_FOUND, undefined);
      const provider = sendingProvider(signer);
      if (!provider) throw new SignerWithoutProviderError(method);
      return provider.send(method, (params ?? []) as unknown[]);
    }
  }
}

/** The chain that the signer is on now: a provider remembers the one of before, so the wallet itself is asked. */
async function chainIdOf(signer: Signer, chain: Chain): Promise<unknown> {
  const provider = sendingProvider(signer);
  if (provider) return provider.send("eth_chainId", []);
  const network = await signer.provider?.getNetwork();
  return numberToHex(network?.chainId ?? BigInt(chain.id));
}

/** Sends as told; a wallet's hash is there at once, before its node can look the transaction up. */
async function sendTransaction(signer: Signer, wanted: Transaction): Promise<string> {
  const { from, to, data, value, gas, nonce, maxFeePerGas, maxPriorityFeePerGas } = wanted;
  const transaction = {
    ...(from && { from }),
    ...(to && { to }),
    ...(data && { data }),
    ...(value && { value }),
    ...(gas && { gasLimit: gas }),
    ...(nonce && { nonce: Number(nonce) }),
    ...(maxFeePerGas && { maxFeePerGas }),
    ...(maxPriorityFeePerGas && { maxPriorityFeePerGas }),
  };
  if (isWallets(signer)) return signer.sendUncheckedTransaction(transaction);
  return (await signer.sendTransaction(transaction)).hash;
}

/** Whether a wallet of EIP-1193 stands behind it. By what it can do: an app may have two copies of ethers. */
function isWallets(signer: Signer): signer is JsonRpcSigner {
  return "sendUncheckedTransaction" in signer;
}

function sendingProvider(signer: Signer): Pick<JsonRpcApiProvider, "send"> | undefined {
  const provider: Provider | null = signer.provider;
  return provider && "send" in provider ? (provider as JsonRpcApiProvider) : undefined;
}

/** Text when the bytes are text, so that the wallet shows words; else the bytes. */
function textOrBytes(hex: Hex): string | Uint8Array {
  const bytes = hexToBytes(hex);
  const text = hexToString(hex);
  const again = stringToBytes(text);
  return again.length === bytes.length && again.every((byte, index) => byte === bytes[index]) ? text : bytes;
}
