import type { Address } from "viem";

/** Whether offers of a work can be made here, and who attests their deliveries. */
export type Delivering =
  | { readonly state: "asking"; readonly attestor?: undefined }
  | { readonly state: "silent"; readonly error: unknown; readonly attestor?: undefined }
  | { readonly state: "missing"; readonly attestor?: undefined }
  | { readonly state: "here"; readonly attestor: Address };

/**
 * What the operator's two answers come to: only a file that it holds can be offered in its name.
 * @param isDeposited Whether the work's creator deposited its file there.
 */
export function deliveringOf(
  attestor: Address | undefined,
  isDeposited: boolean | undefined,
  error: unknown,
): Delivering {
  if (isDeposited === false) return { state: "missing" };
  if (attestor && isDeposited) return { state: "here", attestor };
  return error ? { state: "silent", error } : { state: "asking" };
}
