import type { Signer, TypedDataDomain, TypedDataField } from "ethers";
import {
  type Address,
  type Chain,
  createWalletClient,
  custom,
  type Hex,
  hexToString,
  isHex,
  type WalletClient,
} from "viem";

/** What a wallet is asked for, as viem asks it. */
type Request = { method: string; params?: unknown };

type TypedData = {
  domain: TypedDataDomain;
  types: Record<string, TypedDataField[]>;
  message: Record<string, unknown>;
};

type Transaction = {
  to?: Address;
  data?: Hex;
  value?: Hex;
  gas?: Hex;
  maxFeePerGas?: Hex;
  maxPriorityFeePerGas?: Hex;
  nonce?: Hex;
};

/** Thrown when an ethers signer has no provider and is asked for something that only a node knows. */
export class SignerWithoutProviderError extends Error {
  override readonly name = "SignerWithoutProviderError";
  constructor(method: string) {
    super(`The signer has no provider, and ${method} needs one: connect it (signer.connect(provider)).`);
  }
}

/**
 * An ethers v6 signer as the wallet that `createStelai` takes. Signing and sending stay with the signer.
 * @throws whatever the signer throws when it is asked for its address.
 *
 * @example
 * ```ts
 * const signer = await new BrowserProvider(window.ethereum).getSigner();
 * const walletClient = await walletClientFrom(signer, chain);
 * const stelai = createStelai({ chain, transport, deployment, walletClient, relayerUrl });
 * ```
 */
export async function walletClientFrom(signer: Signer, chain: Chain): Promise<WalletClient> {
  const address = (await signer.getAddress()) as Address;
  const transport = custom({ request: (request: Request) => answer(signer, address, chain, request) });
  return createWalletClient({ account: address, chain, transport });
}

async function answer(signer: Signer, address: Address, chain: Chain, { method, params }: Request): Promise<unknown> {
  const [first, second] = Array.isArray(params) ? params : [];
  switch (method) {
    case "eth_accounts":
    case "eth_requestAccounts":
      return [address];
    case "eth_chainId": {
      const network = await signer.provider?.getNetwork();
      return `0x${(network?.chainId ?? BigInt(chain.id)).toString(16)}`;
    }
    case "personal_sign":
      return signer.signMessage(isHex(first) ? textOrBytes(first) : String(first));
    case "eth_signTypedData_v4": {
      const { domain, types, message } = JSON.parse(String(second)) as TypedData;
      // ethers derives the domain's type itself and refuses one that is given.
      const { EIP712Domain: _domain, ...structs } = types;
      return signer.signTypedData(domain, structs, message);
    }
    case "eth_sendTransaction": {
      const { gas, nonce, ...transaction } = first as Transaction;
      const sent = await signer.sendTransaction({
        ...transaction,
        ...(nonce === undefined ? {} : { nonce: Number(nonce) }),
        ...(gas === undefined ? {} : { gasLimit: gas }),
      });
      return sent.hash;
    }
    default: {
      const provider = signer.provider as { send?: (method: string, params: unknown) => Promise<unknown> } | null;
      if (!provider?.send) throw new SignerWithoutProviderError(method);
      return provider.send(method, params ?? []);
    }
  }
}

/** Text when the bytes are text, so that the wallet shows words; else the bytes. */
function textOrBytes(hex: Hex): string | Uint8Array {
  const bytes = Uint8Array.from({ length: (hex.length - 2) / 2 }, (_, index) =>
    Number.parseInt(hex.slice(2 + index * 2, 4 + index * 2), 16),
  );
  const text = hexToString(hex);
  const again = new TextEncoder().encode(text);
  return again.length === bytes.length && again.every((byte, index) => byte === bytes[index]) ? text : bytes;
}
