import type { BaseContract, ContractMethod, ContractRunner } from "ethers";
import type { ArtifactMap } from "hardhat/types/artifacts";

type ContractName = keyof ArtifactMap;
type FunctionName<Name extends ContractName> = Extract<
  ArtifactMap[Name]["abi"][number],
  { readonly type: "function" }
>["name"];

/** An ethers contract that knows the functions of its artifact by name. */
export type ContractOf<Name extends ContractName> = Omit<BaseContract, "connect"> & {
  readonly [F in FunctionName<Name>]: ContractMethod;
} & { connect(runner: ContractRunner | null): ContractOf<Name> };

/** Tells a contract from `getContractAt` or `deployContract` what it is. */
export function typed<Name extends ContractName>(_name: Name, contract: BaseContract): ContractOf<Name> {
  return contract as unknown as ContractOf<Name>;
}
