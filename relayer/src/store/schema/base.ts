import { bigint, customType, pgSchema, text } from "drizzle-orm/pg-core";
import type { Address, Hex } from "viem";

/** All tables live in their own Postgres schema, so that one database can also hold the indexer's. */
export const relayerSchema = pgSchema("relayer");

/** Whole numbers up to 2^63: amounts in microcredits, ids, chain time in unix seconds. */
export const int8 = () => bigint({ mode: "bigint" });

/** 20 bytes as checksummed hex. */
export const address = () => text().$type<Address>();

/** Bytes as lower-case hex. */
export const hex = () => text().$type<Hex>();

/** Bytes. */
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });
