import type { BaseContract, BaseContractMethod, Signer } from "ethers";

/** A contract whose functions are known by name. */
export type Callable<Names extends string> = BaseContract & Readonly<Record<Names, BaseContractMethod>>;

/** The same contract, called by `signer`. */
export function as<T extends BaseContract>(contract: T, signer: Signer): T {
  return contract.connect(signer) as T;
}
