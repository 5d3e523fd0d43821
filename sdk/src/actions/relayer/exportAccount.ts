import type { StelaiClient } from "../../client.ts";
import { relayerResponse } from "../../internal/http.ts";

/** As the operator keeps it: amounts stay decimal strings, so that it can be saved as it is. */
export type ExportAccountReturnType = Record<string, unknown>;

/**
 * Everything that the operator keeps of the account that is signed in.
 * @throws NotSignedInError.
 *
 * @example
 * ```ts
 * const everything = JSON.stringify(await stelai.relayer.exportAccount(), null, 2);
 * ```
 */
export async function exportAccount(client: StelaiClient): Promise<ExportAccountReturnType> {
  const response = await relayerResponse(client, { path: "/v1/account/export", signedIn: true });
  return (await response.json()) as ExportAccountReturnType;
}
