import type { Address } from "viem";
import type { Deployment } from "../deployments.ts";
import { WEI_PER_MICROCREDIT } from "../pricing.ts";

/** An asset that an x402 client may pay in, as its `spendControls.allowedAssets` lists them. */
export type X402Asset = {
  /** CAIP-2, `eip155:8453`. */
  network: `eip155:${number}`;
  asset: Address;
  /** The most of one payment, in wei. */
  maxAmountPerPayment?: string;
};

/**
 * STELAI of a deployment, as an x402 client lists what it may pay in: of other assets than its own few it pays none.
 * @param maximum The most of one payment, in microcredits; without it, whatever the price is.
 *
 * @example
 * ```ts
 * const spendControls = { allowedAssets: [x402Asset(deployment, 5_000_000n)] };
 * ```
 */
export function x402Asset({ chainId, contracts }: Deployment, maximum?: bigint): X402Asset {
  const cap = maximum === undefined ? {} : { maxAmountPerPayment: (maximum * WEI_PER_MICROCREDIT).toString() };
  return { network: `eip155:${chainId}`, asset: contracts.Stelai, ...cap };
}

/**
 * The whole of what an x402 client is told: pay in STELAI of this deployment, and no more than so much at once. The client
 * signs by itself whatever an operator asks for below that.
 * @param maximum The most of one payment, in microcredits.
 * @throws RangeError when it is no positive bigint, as from JavaScript that leaves it out.
 *
 * @example
 * ```ts
 * // new x402Client().setSpendControls(spendControls)
 * const spendControls = x402SpendControls(deployment, 5_000_000n);
 * ```
 */
export function x402SpendControls(deployment: Deployment, maximum: bigint): { allowedAssets: X402Asset[] } {
  if (typeof maximum !== "bigint" || maximum <= 0n) {
    throw new RangeError("x402SpendControls needs the most of one payment, in microcredits, as a bigint above 0.");
  }
  return { allowedAssets: [x402Asset(deployment, maximum)] };
}
