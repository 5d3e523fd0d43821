import type { TypedDataField } from "ethers";

/** EIP-712 types as this SDK has them, as const. */
export type ReadonlyTypes = Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>;

/**
 * EIP-712 types as `signer.signTypedData` takes them: mutable, without the domain's, and only those that `primaryType`
 * needs, since ethers finds the primary type by being the only one that no other refers to.
 * @throws TypeError when `primaryType` is not among them.
 *
 * @example
 * ```ts
 * const types = typedDataTypes(meterTypes, "Extend");
 * const signature = await signer.signTypedData(meterDomain(chainId, inferenceMeter), types, message);
 * ```
 */
export function typedDataTypes(types: ReadonlyTypes, primaryType: string): Record<string, TypedDataField[]> {
  const needed: Record<string, TypedDataField[]> = {};
  const take = (name: string) => {
    const fields = types[name];
    if (!fields || needed[name]) return;
    needed[name] = fields.map((field) => ({ name: field.name, type: field.type }));
    // `Line[3][]` refers to `Line`.
    for (const { type } of fields) take(type.replace(/(\[\d*\])+$/, ""));
  };
  take(primaryType);
  if (!needed[primaryType]) throw new TypeError(`There is no type ${primaryType} among ${Object.keys(types)}.`);
  return needed;
}
