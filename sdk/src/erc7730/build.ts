/** The descriptors of ERC-7730, from the ABIs, the typed data, what is to be shown of each, and the deployments. */
import type { Abi, AbiFunction, AbiParameter } from "viem";
import { toFunctionSelector } from "viem";
import type { DeploymentFile } from "../deployments.ts";
import * as abis from "../generated/abis.ts";
import { accessManagerCancel, accessManagerSchedule } from "../internal/accessManager.ts";
import { CALLS } from "./calls.ts";
import { ENUMS, type Shown } from "./fields.ts";
import { MESSAGES } from "./messages.ts";
import { PAYLOADS } from "./payloads.ts";

type ContractName = keyof DeploymentFile["contracts"];
type Deployed = { chainId: number; address: string };

/** A file of ERC-7730, version 2. */
export type Descriptor = {
  $schema: string;
  context: { $id: string } & (
    | { contract: { deployments: Deployed[] } }
    | { eip712: { domain?: { name: string; version: string }; deployments: Deployed[] } }
  );
  metadata: {
    owner: string;
    contractName: string;
    enums: Record<string, Record<string, string>>;
    maps: Record<string, { $keyType: string; values: Record<string, string> }>;
  };
  display: { formats: Record<string, Shown> };
};

const SCHEMA = "https://eips.ethereum.org/assets/eip-7730/erc7730-v2.schema.json";

const ABIS: Readonly<Record<string, Abi>> = {
  Stelai: abis.stelaiAbi,
  // Any ERC-20: what is asked of it, credits can do, too.
  Reserve: abis.stelaiAbi,
  CreditStore: abis.creditStoreAbi,
  EthCheckout: abis.ethCheckoutAbi,
  CreditPlans: abis.creditPlansAbi,
  Rewards: abis.rewardsAbi,
  Payouts: abis.payoutsAbi,
  Characters: abis.charactersAbi,
  CharacterAccess: abis.characterAccessAbi,
  InferenceMeter: abis.inferenceMeterAbi,
  Works: abis.worksAbi,
  Licenses: abis.licensesAbi,
  Resale: abis.resaleAbi,
  Reviews: abis.reviewsAbi,
  WorkReviews: abis.workReviewsAbi,
  AccessManager: [accessManagerSchedule, accessManagerCancel],
};

/** The function of a contract that `CALLS` names. @throws Error when there is none, or more than one. */
export function functionOf(contract: string, key: string): AbiFunction {
  const [name, count] = key.split("/");
  const found = (ABIS[contract] ?? []).filter(
    (item): item is AbiFunction =>
      item.type === "function" && item.name === name && (!count || item.inputs.length === Number(count)),
  );
  const [one, more] = found;
  if (!one || more) throw new Error(`${contract} has ${found.length} functions ${key}.`);
  return one;
}

/** A parameter as a signature of ERC-7730 has it, names included. */
function parameterOf(parameter: AbiParameter): string {
  const { type, name } = parameter;
  if (!("components" in parameter) || !type.startsWith("tuple")) return `${type} ${name}`;
  return `(${parameter.components.map(parameterOf).join(", ")})${type.slice("tuple".length)} ${name}`;
}

/** What a call's format goes by: the function's signature with its parameters' names. */
export function signatureOf({ name, inputs }: AbiFunction): string {
  return `${name}(${inputs.map(parameterOf).join(", ")})`;
}

/** What a message's format goes by: EIP-712's `encodeType`, of types that refer to no others. */
export function encodedType(name: string, fields: readonly { name: string; type: string }[]): string {
  return `${name}(${fields.map((field) => `${field.type} ${field.name}`).join(",")})`;
}

/** The selector that the data of credits sent to a contract is shown under. */
export function payloadSelector(contract: string): string {
  const payload = PAYLOADS[contract];
  if (!payload) throw new Error(`${contract} takes no payload.`);
  return toFunctionSelector(`function ${payload.signature}`);
}

/**
 * Every descriptor, by the name of its file: one for the calls of each contract, and one for the messages under its domain.
 * They hold on the networks of `deployments` alone.
 */
export function descriptorsFor(deployments: readonly DeploymentFile[]): Record<string, Descriptor> {
  const where = (name: string): Deployed[] =>
    deployments.flatMap(({ chainId, contracts }) => {
      const address = contracts[name as ContractName];
      return address === undefined ? [] : [{ chainId, address }];
    });
  const byChain = (name: string) => Object.fromEntries(where(name).map(({ chainId, address }) => [chainId, address]));
  const maps: Descriptor["metadata"]["maps"] = {
    stelai: { $keyType: "uint256", values: byChain("Stelai") },
    reserve: { $keyType: "uint256", values: byChain("Reserve") },
    payload: {
      $keyType: "address",
      values: Object.fromEntries(
        Object.keys(PAYLOADS).flatMap((name) => where(name).map(({ address }) => [address, payloadSelector(name)])),
      ),
    },
  };
  const enums = Object.fromEntries(
    Object.entries(ENUMS).map(([name, choices]) => [
      name,
      Object.fromEntries(choices.map((choice, index) => [String(index), choice])),
    ]),
  );
  const descriptor = (name: string, binding: object, formats: Record<string, Shown>) => {
    // Only what its own fields refer to.
    const text = JSON.stringify(formats);
    const used = <part>(kind: string, of: Record<string, part>) =>
      Object.fromEntries(Object.entries(of).filter(([key]) => text.includes(`$.metadata.${kind}.${key}"`)));
    return {
      $schema: SCHEMA,
      context: { $id: `Stelai ${name}`, ...binding },
      metadata: { owner: "Stelai", contractName: name, enums: used("enums", enums), maps: used("maps", maps) },
      display: { formats },
    } as Descriptor;
  };
  const files: Record<string, Descriptor> = {};
  for (const [name, calls] of Object.entries(CALLS)) {
    const formats = Object.entries(calls).map(([key, shown]) => [signatureOf(functionOf(name, key)), shown] as const);
    const payload = PAYLOADS[name];
    const inner = payload ? [[payload.signature, { intent: payload.intent, fields: payload.fields }] as const] : [];
    const binding = { contract: { deployments: where(name) } };
    files[`calldata-${name}.json`] = descriptor(name, binding, Object.fromEntries([...formats, ...inner]));
  }
  for (const { contract, domain, types, shown } of MESSAGES) {
    const formats = Object.entries(shown).map(([name, of]) => [encodedType(name, types[name] ?? []), of] as const);
    const binding = { eip712: { ...(domain && { domain }), deployments: where(contract) } };
    files[`eip712-${contract}.json`] = descriptor(contract, binding, Object.fromEntries(formats));
  }
  return files;
}
