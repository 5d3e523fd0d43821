import * as abis from "@stelai/sdk/abis";
import { type Abi, type Address, decodeFunctionData, erc20Abi, type Hex } from "viem";
import type { AppConfig, ContractName } from "../../config/schema.ts";

/** A transaction as a person can read it. */
export interface Described {
  /** The contract's name, or undefined when it is not one of ours. */
  readonly contract: ContractName | undefined;
  readonly to: Address | undefined;
  /** Name of the function, or undefined when it cannot be read. */
  readonly functionName: string | undefined;
  readonly args: readonly { readonly name: string; readonly value: unknown }[];
  /** Wei of ETH that leaves with it. */
  readonly value: bigint;
  /** The most the network can take, in wei of ETH. */
  readonly maxFee: bigint;
  readonly data: Hex;
}

const ABIS: Readonly<Partial<Record<ContractName, Abi>>> = {
  Stelai: abis.stelaiAbi,
  CreditStore: abis.creditStoreAbi,
  Reserve: erc20Abi,
  Payouts: abis.payoutsAbi,
  Characters: abis.charactersAbi,
  InferenceMeter: abis.inferenceMeterAbi,
  CreditPlans: abis.creditPlansAbi,
  Rewards: abis.rewardsAbi,
  EthCheckout: abis.ethCheckoutAbi,
};

/** The name of a contract of ours. */
export function contractAt(address: string | undefined, contracts: AppConfig["contracts"]): ContractName | undefined {
  const found = Object.entries(contracts).find(([, at]) => at.toLowerCase() === address?.toLowerCase());
  return found?.[0] as ContractName | undefined;
}

/** Reads a transaction's data by the ABI of the contract it goes to. */
export function describeTransaction(
  { to, data, value, maxFee }: { to: Address | undefined; data: Hex; value: bigint; maxFee: bigint },
  contracts: AppConfig["contracts"],
): Described {
  const contract = contractAt(to, contracts);
  const plain = { contract, to, value, maxFee, data };
  const abi = contract && ABIS[contract];
  if (!abi || data === "0x") return { ...plain, functionName: undefined, args: [] };
  try {
    const { functionName, args = [] } = decodeFunctionData({ abi, data });
    const entry = abi.find(
      (item) => item.type === "function" && item.name === functionName && item.inputs.length === args.length,
    );
    const inputs = entry?.type === "function" ? entry.inputs : [];
    return {
      ...plain,
      functionName,
      args: args.map((arg, index) => ({ name: inputs[index]?.name || String(index), value: arg })),
    };
  } catch {
    // Data that is not of this ABI is shown as it is: hiding it would be worse.
    return { ...plain, functionName: undefined, args: [] };
  }
}
