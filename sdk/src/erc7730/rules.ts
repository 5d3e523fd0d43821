/**
 * What of ERC-7730's schema (version 2, `erc7730-v2.schema.json` of the EIP) these descriptors use, as strict as it is there:
 * nothing besides, and every parameter as its format wants it.
 */
import { z } from "zod";

const text = z.string().min(1);
const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);
const mapReference = z.strictObject({ map: z.string().regex(/^\$\.metadata\.maps\.\w+$/), keyPath: text });
const deployments = z.array(z.strictObject({ chainId: z.int().positive(), address }));

const base = { path: text, label: text, visible: z.enum(["always", "never", "optional"]).optional() };
const addressTypes = z.array(z.enum(["wallet", "eoa", "contract", "token", "collection"])).min(1);
const tokenParameters = z
  .strictObject({
    token: mapReference.optional(),
    tokenPath: text.optional(),
    threshold: text.optional(),
    message: text.optional(),
  })
  .refine(({ token, tokenPath }) => (token === undefined) !== (tokenPath === undefined), "a token, or a path to it");

const field = z.discriminatedUnion("format", [
  z.strictObject({ ...base, format: z.literal("raw") }),
  z.strictObject({ ...base, format: z.literal("amount") }),
  z.strictObject({ ...base, format: z.literal("duration") }),
  z.strictObject({ ...base, format: z.literal("tokenAmount"), params: tokenParameters }),
  z.strictObject({
    ...base,
    format: z.literal("addressName"),
    params: z.strictObject({ types: addressTypes, sources: z.array(text).optional() }),
  }),
  z.strictObject({
    ...base,
    format: z.literal("date"),
    params: z.strictObject({ encoding: z.enum(["timestamp", "blockheight"]) }),
  }),
  z.strictObject({
    ...base,
    format: z.literal("unit"),
    params: z.strictObject({ base: text, decimals: z.int().min(0).optional(), prefix: z.boolean().optional() }),
  }),
  z.strictObject({
    ...base,
    format: z.literal("enum"),
    params: z.strictObject({ $ref: z.string().regex(/^\$\.metadata\.enums\.\w+$/) }),
  }),
  z.strictObject({
    ...base,
    format: z.literal("calldata"),
    params: z.strictObject({ calleePath: text, selector: mapReference.optional() }),
  }),
]);

/** `display.formats`: keyed by a signature with the parameters' names, or by EIP-712's `encodeType`. */
const formats = z.record(
  z.string().regex(/^[A-Za-z_]\w*\(.*\)$/),
  z.strictObject({ intent: text.max(30), fields: z.array(field) }),
);

/** One file. */
export const descriptorSchema = z.strictObject({
  $schema: z.url(),
  context: z.union([
    z.strictObject({ $id: text, contract: z.strictObject({ deployments }) }),
    z.strictObject({
      $id: text,
      eip712: z.strictObject({ domain: z.strictObject({ name: text, version: text }).optional(), deployments }),
    }),
  ]),
  metadata: z.strictObject({
    owner: text,
    contractName: text,
    enums: z.record(text, z.record(z.string().regex(/^\d+$/), text)),
    maps: z.record(text, z.strictObject({ $keyType: text, values: z.record(text, z.string().startsWith("0x")) })),
  }),
  display: z.strictObject({ formats }),
});
