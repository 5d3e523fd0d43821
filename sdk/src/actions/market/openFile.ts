import { type Hash, keccak256 } from "viem";
import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import {
  ContentUnavailableError,
  DamagedContentError,
  WrongContentError,
  WrongKeyError,
} from "../../errors/marketClient.ts";
import { licensesLicenceOf, licensesOfferOf, worksWorkOf } from "../../generated/fragments.ts";
import { cidOf } from "../../internal/cid.ts";
import { CIPHER_OVERHEAD, decryptFile } from "../../internal/fileCipher.ts";
import { askGateways, type GatewayOptions } from "../../internal/gateways.ts";
import { getContentKey } from "./getContentKey.ts";
import type { TokenReference } from "./token.ts";

export type OpenFileParameters = TokenReference & GatewayOptions;
export type OpenFileReturnType = {
  bytes: Uint8Array;
  mediaType: string;
  /** keccak256 of the bytes, which is what the chain says of the work. */
  contentHash: Hash;
};

/**
 * The file of a work that the account signed in holds a licence of, or owns: gets the key, the encrypted file from a
 * gateway, decrypts it, and holds it against the hash on the chain. A gateway that is slow or sends other bytes is passed
 * over. What comes back is the work; accept only then.
 * @throws WrongContentError when the operator keeps another file for this work, WrongKeyError, DamagedContentError,
 * ContentUnavailableError; NotLicensedError, NotFinalError, NotDepositedError, NotSignedInError.
 *
 * @example
 * ```ts
 * const { bytes, mediaType } = await stelai.market.openFile({ licenceId, gateways: [relayerUrl, "https://ipfs.io"] });
 * ```
 */
export async function openFile(client: StelaiClient, parameters: OpenFileParameters): Promise<OpenFileReturnType> {
  const { gateways, patience, signal, ...token } = parameters;
  const [workId, { key, cid, bytes: length, mediaType }] = await Promise.all([
    workIdOf(client, token),
    getContentKey(client, { ...token, signal }),
  ]);
  const { contentHash } = await readContract(client.publicClient, {
    address: client.deployment.contracts.Works,
    abi: [worksWorkOf],
    functionName: "workOf",
    args: [workId],
  });
  const passed: string[] = [];
  let isDamaged = false;
  const limit = length + CIPHER_OVERHEAD;
  for await (const { gateway, bytes: stored, why } of askGateways(client, cid, { gateways, patience, signal, limit })) {
    const bytes = stored && (await decryptFile(stored, key));
    if (bytes) {
      // What was encrypted under this key: no gateway can forge it, so another one has no other file.
      const found = keccak256(bytes);
      if (found !== contentHash) throw new WrongContentError(workId, contentHash, found);
      return { bytes, mediaType, contentHash };
    }
    if (stored && (await cidOf(stored)) === cid) throw new WrongKeyError(cid);
    isDamaged ||= stored !== undefined;
    passed.push(`${gateway}: ${why ?? "it sent other bytes"}`);
  }
  throw isDamaged ? new DamagedContentError(cid, passed) : new ContentUnavailableError(cid, passed);
}

/** Which work is meant, by the chain: the operator's word for it would vouch for itself. */
async function workIdOf(client: StelaiClient, token: TokenReference): Promise<bigint> {
  if ("workId" in token) return token.workId;
  const licenses = { address: client.deployment.contracts.Licenses };
  const { offerId } = await readContract(client.publicClient, {
    ...licenses,
    ...{ abi: [licensesLicenceOf], functionName: "licenceOf", args: [token.licenceId] },
  });
  const { workId } = await readContract(client.publicClient, {
    ...licenses,
    ...{ abi: [licensesOfferOf], functionName: "offerOf", args: [offerId] },
  });
  return workId;
}
