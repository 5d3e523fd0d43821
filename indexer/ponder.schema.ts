/**
 * What the index holds (DESIGN section 8).
 *
 * Units: `wei` is 1e-18 STELAI, `micro` a microcredit (1e12 wei), `reserve` the stablecoin's smallest unit.
 * Times are unix seconds of the block; a `day` counts UTC days since 1970. A `payee` of 20 bytes is an address,
 * one of 32 bytes a split. Event rows carry Ponder's event id, whose order as text is the order on the chain.
 */
export * from "./src/schema/access.ts";
export * from "./src/schema/characters.ts";
export * from "./src/schema/community.ts";
export * from "./src/schema/credits.ts";
export * from "./src/schema/economy.ts";
export * from "./src/schema/market.ts";
export * from "./src/schema/metering.ts";
export * from "./src/schema/payments.ts";
export * from "./src/schema/payouts.ts";
export * from "./src/schema/protocol.ts";
export * from "./src/schema/relations.ts";
