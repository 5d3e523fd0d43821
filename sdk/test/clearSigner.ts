/** What a wallet that reads ERC-7730 shows of a request: a small one, for tests. */
import {
  type AbiFunction,
  type AbiParameter,
  type Address,
  decodeAbiParameters,
  formatUnits,
  getAddress,
  type Hex,
  isAddressEqual,
  parseAbiItem,
  toFunctionSelector,
} from "viem";
import { type Descriptor, encodedType } from "../src/erc7730/build.ts";
import type { Field, Shown } from "../src/erc7730/fields.ts";

export type Screen = { intent: string; lines: string[] };
type Container = { to: Address; chainId: number; value?: bigint };
type Token = { symbol: string; decimals: number };
type Message = {
  domain: { chainId: number | string; verifyingContract: Address };
  types: Record<string, readonly { name: string; type: string }[]>;
  primaryType: string;
  message: Record<string, unknown>;
};

export function clearSigner(descriptors: readonly Descriptor[], tokenAt: (address: Address) => Token) {
  const of = (kind: "contract" | "eip712", { to, chainId }: Container) =>
    descriptors.filter(({ context }) => {
      const bound = kind in context ? Object.entries(context).find(([name]) => name === kind)?.[1] : undefined;
      const { deployments = [] } = (bound ?? {}) as { deployments?: { chainId: number; address: string }[] };
      return deployments.some((one) => one.chainId === chainId && isAddressEqual(one.address as Address, to));
    });

  function call(to: Address, chainId: number, selector: Hex, args: Hex, value = 0n): Screen {
    const container = { to, chainId, value };
    for (const descriptor of of("contract", container)) {
      for (const [key, shown] of Object.entries(descriptor.display.formats)) {
        const item = parseAbiItem(`function ${key}`) as AbiFunction;
        if (toFunctionSelector(item) !== selector) continue;
        const values = item.inputs.length === 0 ? [] : decodeAbiParameters(item.inputs as AbiParameter[], args);
        const root = Object.fromEntries(item.inputs.map((input, index) => [input.name, values[index]]));
        return draw(descriptor, shown, root, container);
      }
    }
    throw new Error(`Nothing describes ${selector} of ${to}.`);
  }

  function draw(descriptor: Descriptor, shown: Shown, root: Record<string, unknown>, container: Container): Screen {
    const lookUp = (map: { map: string; keyPath: string }) => {
      const values = descriptor.metadata.maps[map.map.split(".").at(-1) ?? ""]?.values;
      const found = values?.[String(valuesAt(map.keyPath, root, container)[0])];
      if (found === undefined) throw new Error(`${map.map} has nothing for ${map.keyPath}.`);
      return found as Hex;
    };
    const show = (field: Field, value: unknown): string[] => {
      const parameters = field.params ?? {};
      const write = (text: string) => [`${field.label}: ${text}`];
      switch (field.format) {
        case "tokenAmount": {
          const { token, tokenPath, threshold, message } = parameters as Record<string, string>;
          const address = token ? lookUp(token as never) : valuesAt(tokenPath ?? "", root, container)[0];
          if (threshold && BigInt(value as bigint) >= BigInt(threshold)) return write(message ?? "");
          const { symbol, decimals } = tokenAt(address as Address);
          return write(`${formatUnits(BigInt(value as bigint), decimals)} ${symbol}`);
        }
        case "unit": {
          const { base, decimals } = parameters as { base: string; decimals: number };
          return write(`${formatUnits(BigInt(value as bigint), decimals)} ${base}`);
        }
        case "date":
          return write(new Date(Number(value) * 1_000).toISOString());
        case "amount":
          return write(`${formatUnits(BigInt(value as bigint), 18)} ETH`);
        case "enum": {
          const name = String((parameters as { $ref: string }).$ref.split(".").at(-1));
          return write(descriptor.metadata.enums[name]?.[String(value)] ?? "?");
        }
        case "addressName":
          return write(getAddress(value as Address));
        case "calldata": {
          const { calleePath, selector } = parameters as { calleePath: string; selector?: never };
          const callee = valuesAt(calleePath, root, container)[0] as Address;
          const data = value as Hex;
          const inner = selector
            ? call(callee, container.chainId, lookUp(selector), data)
            : call(callee, container.chainId, data.slice(0, 10) as Hex, `0x${data.slice(10)}`);
          return [...write(inner.intent), ...inner.lines];
        }
        default:
          return write(String(value));
      }
    };
    const visible = shown.fields.filter((field) => field.visible === undefined);
    const lines = visible.flatMap((field) =>
      valuesAt(field.path, root, container).flatMap((value) => show(field, value)),
    );
    return { intent: shown.intent, lines };
  }

  return {
    /** @throws Error when no descriptor is for it. */
    transaction: ({ to, data, value }: { to: Address; data: Hex; value?: Hex }, chainId: number) =>
      call(to, chainId, data.slice(0, 10) as Hex, `0x${data.slice(10)}`, BigInt(value ?? 0)),
    /** @throws Error when no descriptor is for it. */
    message: ({ domain, types, primaryType, message }: Message) => {
      const container = { to: domain.verifyingContract, chainId: Number(domain.chainId) };
      const key = encodedType(primaryType, types[primaryType] ?? []);
      for (const descriptor of of("eip712", container)) {
        const shown = descriptor.display.formats[key];
        if (shown) return draw(descriptor, shown, message, container);
      }
      throw new Error(`Nothing describes ${key} of ${container.to}.`);
    },
  };
}

/** What stands at a path; several values where it goes through an array. */
function valuesAt(path: string, root: Record<string, unknown>, container: Container): unknown[] {
  if (path.startsWith("@.")) return [container[path.slice(2) as keyof Container]];
  let values: unknown[] = [root];
  for (const part of path.split(".")) {
    values = values.flatMap((value) =>
      part === "[]" ? (value as unknown[]) : [(value as Record<string, unknown>)[part]],
    );
  }
  return values;
}
