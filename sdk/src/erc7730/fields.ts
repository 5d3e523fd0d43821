/** How single values are shown on a wallet's screen, in the words of ERC-7730. */
import { PLANS } from "../actions/access/plan.ts";
import { VISIBILITIES } from "../actions/characters/terms.ts";
import { LICENCE_TIERS } from "../actions/market/tiers.ts";
import { BONUS_SOURCES } from "../actions/rewards/source.ts";
import { MODALITIES } from "../pricing.ts";

/** A field of a descriptor (ERC-7730 v2, `display.formats.*.fields`). */
export type Field = {
  /** Into the arguments or the message; `@.` into the transaction. */
  path: string;
  label: string;
  format: string;
  params?: Record<string, unknown>;
  visible?: "never" | "optional";
};

/** What is shown of a call or a message. */
export type Shown = { intent: string; fields: readonly Field[] };

/** A token by its address on the chain that is signed for. */
const tokenOf = (map: "stelai" | "reserve") => ({ token: { map: `$.metadata.maps.${map}`, keyPath: "@.chainId" } });

/** Wei of STELAI: credits. */
export const credits = (path: string, label: string): Field => {
  return { path, label, format: "tokenAmount", params: tokenOf("stelai") };
};

/** Wei of STELAI in a call of the token, or in a message under its domain. */
export const ownTokens = (path: string, label: string): Field => {
  return { path, label, format: "tokenAmount", params: { tokenPath: "@.to" } };
};

/** The most that a token can hold means that there is no limit. */
export const allowance = (path: string, label: string): Field => {
  const unlimited = { threshold: `0x8${"0".repeat(63)}`, message: "Unlimited" };
  return { path, label, format: "tokenAmount", params: { tokenPath: "@.to", ...unlimited } };
};

/** Units of the reserve asset: dollars. */
export const dollars = (path: string, label: string): Field => {
  return { path, label, format: "tokenAmount", params: tokenOf("reserve") };
};

/** Microcredits: a millionth of a credit. */
export const microcredits = (path: string, label: string): Field => {
  return { path, label, format: "unit", params: { base: "credits", decimals: 6 } };
};

/** Basis points. */
export const percent = (path: string, label: string): Field => {
  return { path, label, format: "unit", params: { base: "%", decimals: 2 } };
};

/** Somebody: a wallet, or a contract that acts as one. */
export const account = (path: string, label: string): Field => {
  return {
    path,
    label,
    format: "addressName",
    params: { types: ["wallet", "eoa", "contract"], sources: ["local", "ens"] },
  };
};

/** A contract. */
export const contract = (path: string, label: string): Field => {
  return { path, label, format: "addressName", params: { types: ["contract"] } };
};

/** Unix seconds. */
export const date = (path: string, label: string): Field => {
  return { path, label, format: "date", params: { encoding: "timestamp" } };
};

/** Seconds. */
export const duration = (path: string, label: string): Field => ({ path, label, format: "duration" });

/** A number, a text, a hash, yes or no: as it is. */
export const raw = (path: string, label: string): Field => ({ path, label, format: "raw" });

/** One of a contract's named choices. */
export const choice = (path: string, label: string, of: EnumName): Field => {
  return { path, label, format: "enum", params: { $ref: `$.metadata.enums.${of}` } };
};

/** ETH that goes along. */
export const ether = (label: string): Field => ({ path: "@.value", label, format: "amount" });

/** A call within the call, shown by the descriptor of whom it is for. */
export const innerCall = (path: string, label: string, calleePath: string): Field => {
  return { path, label, format: "calldata", params: { calleePath } };
};

/** What says nothing to a person: proofs, salts, and what the wallet shows anyway. */
export const hidden = (path: string): Field => ({ path, label: path, format: "raw", visible: "never" });

/** The choices of the contracts, by their number. */
export const ENUMS = {
  modality: MODALITIES,
  visibility: VISIBILITIES,
  plan: PLANS,
  tier: LICENCE_TIERS,
  /** What credits that are sent to the InferenceMeter are for. */
  tabPayment: ["Open a tab", "Top up a tab", "Open a tab with bonus credits"],
  source: BONUS_SOURCES,
} as const;
export type EnumName = keyof typeof ENUMS;
