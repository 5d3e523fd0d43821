type Parameters<types extends string> = types extends `${infer first},${infer rest}`
  ? [{ type: first }, ...Parameters<rest>]
  : [{ type: types }];

/**
 * ABI parameters of elementary types, for `encodeAbiParameters`: `parameters("address,uint64")`. viem's
 * `parseAbiParameters` says the same, with a parser that every bundle would carry.
 */
export function parameters<const types extends string>(types: types): Parameters<types> {
  return types.split(",").map((type) => ({ type })) as Parameters<types>;
}
