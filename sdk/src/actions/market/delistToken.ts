import type { StelaiClient } from "../../client.ts";
import { resaleDelist } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";
import { type TokenReference, tokenOf } from "./token.ts";

export type DelistTokenParameters = TokenReference;
export type DelistTokenReturnType = Sent;

/**
 * Takes a listing back. Its seller.
 * @throws NotTokenOwnerError when another wallet listed it, or nobody; UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.market.delist({ licenceId })).wait();
 * ```
 */
export async function delistToken(
  client: StelaiClient,
  parameters: DelistTokenParameters,
): Promise<DelistTokenReturnType> {
  const { collection, tokenId } = tokenOf(client, parameters);
  const address = client.deployment.contracts.Resale;
  return send(client, { address, abi: [resaleDelist], functionName: "delist", args: [collection, tokenId] }, nothing);
}
