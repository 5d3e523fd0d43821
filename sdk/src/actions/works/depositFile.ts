import { keccak256 } from "viem";
import type { StelaiClient } from "../../client.ts";
import { DEPOSIT_ERRORS } from "../../errors/relayerEndpoints.ts";
import { encryptFile } from "../../internal/fileCipher.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Deposit } from "../../wireMarket.ts";
import type { WorkModality } from "../search/types.ts";

export type DepositFileParameters = {
  /** The file as it is: PNG, JPEG, WebP, MP4, WAV, MP3, FLAC or Ogg. */
  bytes: Uint8Array;
  /** `Voice` of a sound in which somebody speaks, which else is music; pictures and videos speak for themselves. */
  modality?: WorkModality | undefined;
  signal?: AbortSignal | undefined;
};
export type DepositFileReturnType = Deposit;

/**
 * Deposits a file of one's own for sale. It is encrypted here (AES-256-GCM, a new key); the operator opens it once to
 * check hash and type and to make the preview, stores it under a new key and releases that to those whom the chain
 * confirms as licensed. Each try counts for the day.
 * @throws UnfitFileError, UnsupportedFileError, BodyTooLargeError, NotSignedInError, StorageFullError.
 *
 * @example
 * ```ts
 * const deposit = await stelai.works.depositFile({ bytes: new Uint8Array(await file.arrayBuffer()) });
 * ```
 */
export async function depositFile(
  client: StelaiClient,
  { bytes, modality, signal }: DepositFileParameters,
): Promise<DepositFileReturnType> {
  const { key, body } = await encryptFile(bytes);
  return relayerRequest(client, {
    path: `/v1/deposits${modality ? `?modality=${modality}` : ""}`,
    method: "POST",
    headers: {
      "content-type": "application/octet-stream",
      "stelai-file-key": key,
      "stelai-content-hash": keccak256(bytes),
    },
    ...{ body, signal, signedIn: true, errors: DEPOSIT_ERRORS },
  });
}
