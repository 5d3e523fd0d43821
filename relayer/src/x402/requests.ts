import type { Hex } from "viem";
import { keccak256 } from "../metering/keccak.ts";

/** What a payment is bound to: keccak256 of the path, a line feed, and the body's bytes. */
export function requestHash(path: string, body: Uint8Array): Hex {
  return keccak256(Buffer.concat([Buffer.from(`${path}\n`, "utf8"), body]));
}
