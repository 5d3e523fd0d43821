import { imageMilliunits, mediaMilliunits, QUALITIES, quoteUp, sizeOf } from "@stelai/sdk";
import type { Style } from "@stelai/sdk/wire";
import type { Address, Hex } from "viem";
import type { Probed } from "../media/probe.ts";
import type { Reservation } from "../metering/requests.ts";
import type { MediaRequest } from "../providers/media.ts";
import type { StoredQuote, StoredReservation } from "../store/schema/generations.ts";
import type { GenerationRow, Order } from "./types.ts";

/** A reservation as a row keeps it. */
export function storeReservation(reservation: Reservation): StoredReservation {
  const { refusal: _, isQueued: __, ...kept } = reservation;
  return Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, String(value)]));
}

/** The reservation of a row, as the books take it; undefined when nobody pays, or no more. */
export function reservationOf({ reservation }: Pick<GenerationRow, "reservation">): Reservation | undefined {
  if (reservation === null) return undefined;
  const text = (name: keyof Reservation): string => {
    const value = reservation[name];
    if (value === undefined) throw new RangeError(`a stored reservation has no ${name}`);
    return value;
  };
  const integer = (name: keyof Reservation) => BigInt(text(name));
  const hex = (name: keyof Reservation) => text(name) as Hex;
  return {
    ...{ tabId: integer("tabId"), id: hex("id"), bodyHash: hex("bodyHash"), characterId: integer("characterId") },
    ...{ termsVersion: integer("termsVersion"), maxCost: integer("maxCost"), deadline: integer("deadline") },
    ...{ signature: hex("signature"), structHash: hex("structHash"), signer: text("signer") },
    ...{ needed: integer("needed"), refusal: undefined, isQueued: true },
  };
}

/** What a single payment that pays for it is named by; undefined when none does. */
export function paymentOf({
  account,
  payment,
}: Pick<GenerationRow, "account" | "payment">): { payer: Address; nonce: Hex } | undefined {
  return account === null || payment === null ? undefined : { payer: account as Address, nonce: payment };
}

/** A quote as a row keeps it, with the prices that it was made from: they may be others when it is charged. */
export function storeQuote({ quote, character }: Order, feePerUnit: bigint): StoredQuote {
  const { termsVersion, milliunits, amount, fee, total } = quote;
  const { perInference, perUnit } = character.terms;
  const values = { termsVersion, milliunits, amount, fee, total, perInference, perUnit, feePerUnit };
  const entries = Object.entries(values).map(([name, value]) => [name, value.toString()]);
  return Object.fromEntries(entries) as StoredQuote;
}

/**
 * What is charged for what was made: as quoted, less where less was delivered.
 * @throws RangeError when nothing says how extensive it is.
 */
export function costOf({ modality, quote, settings }: GenerationRow, made: Probed) {
  const quoted = BigInt(quote.milliunits);
  const measured = measuredMilliunits(modality, made) ?? quoted;
  const quality = QUALITIES.indexOf(settings.quality);
  if (measured >= quoted) {
    return { milliunits: quoted, quality, amount: BigInt(quote.amount), fee: BigInt(quote.fee) };
  }
  const terms = { perInference: BigInt(quote.perInference), perUnit: BigInt(quote.perUnit) };
  const used = { milliunits: measured, quality: settings.quality };
  const { amount, fee } = quoteUp(terms, BigInt(quote.feePerUnit), used);
  return { milliunits: measured, quality, amount, fee };
}

/** What a file is measured to be; undefined for a voiceover, which is counted by its text. */
function measuredMilliunits(modality: GenerationRow["modality"], { width, height, seconds }: Probed) {
  if (modality === "Voice") return undefined;
  if (modality === "Image") return imageMilliunits({ width: needed(width), height: needed(height) });
  return mediaMilliunits(modality, { seconds });
}

/** What a provider is asked for. */
export function requestOf(row: GenerationRow, prompt: string, style: Style | undefined): MediaRequest {
  const { quality, seed, format, size, seconds, voice, speed } = row.settings;
  const all = { prompt, style, quality, seed, format };
  switch (row.modality) {
    case "Image":
      return { ...all, modality: "Image", ...sizeOf(needed(size)) };
    case "Video":
      return { ...all, modality: "Video", ...sizeOf(needed(size)), seconds: needed(seconds) };
    case "Voice":
      return { ...all, modality: "Voice", voice: needed(voice), speed: speed ?? 1 };
    case "Music":
      return { ...all, modality: "Music", seconds: needed(seconds) };
  }
}

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError("what a generation asks for, or what was made, is not whole");
  return value;
}
