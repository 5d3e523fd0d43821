import { type Address, createPublicClient, createWalletClient, type Hex, hexToString, http, isHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import type { AppConfig, DemoAccount } from "../../config/schema.ts";
import { chainOf } from "../chain.ts";
import { describeTransaction } from "./describe.ts";
import { WalletError } from "./provider.ts";
import { askPerson } from "./requests.ts";

function readable(message: Hex): string {
  return isHex(message) ? hexToString(message) : message;
}

/** Signs and sends for one demo account; each time the person is asked first. */
export function createSigner(config: AppConfig, { name, privateKey }: DemoAccount) {
  const account = privateKeyToAccount(privateKey);
  const chain = chainOf(config);
  const transport = http(config.chain.rpcUrl);
  const reader = createPublicClient({ chain, transport });
  const wallet = createWalletClient({ account, chain, transport });
  return {
    address: account.address as Address,

    async signMessage(message: Hex): Promise<Hex> {
      await askPerson(name, { kind: "message", text: readable(message) });
      return account.signMessage({ message: isHex(message) ? { raw: message } : message });
    },

    async signTypedData(json: string): Promise<Hex> {
      const data = JSON.parse(json);
      if (data.domain?.chainId !== undefined && Number(data.domain.chainId) !== config.chain.id) {
        throw new WalletError(4901, "the typed data is for another chain");
      }
      await askPerson(name, { kind: "typedData", data });
      return account.signTypedData(data);
    },

    async sendTransaction(given: Record<string, Hex | undefined>): Promise<Hex> {
      const to = given.to as Address | undefined;
      const data = given.data ?? "0x";
      const value = BigInt(given.value ?? 0);
      // Estimated before asking: what would revert is refused with its reason, and the fee can be told.
      const gas = given.gas ? BigInt(given.gas) : await reader.estimateGas({ account, data, value, ...(to && { to }) });
      const { maxFeePerGas } = await reader.estimateFeesPerGas();
      const described = describeTransaction({ to, data, value, maxFee: gas * maxFeePerGas }, config.contracts);
      await askPerson(name, { kind: "transaction", described });
      return wallet.sendTransaction({ data, value, gas, ...(to && { to }) });
    },

    read(method: string, params: readonly unknown[]): Promise<unknown> {
      return reader.request({ method, params } as never);
    },
  };
}
