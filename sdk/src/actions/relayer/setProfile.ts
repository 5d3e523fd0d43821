import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Profile, ProfileUpdate } from "../../wire.ts";

export type SetProfileParameters = ProfileUpdate;
export type SetProfileReturnType = Profile;

/**
 * Replaces the account's profile here: what is left out is empty then.
 * @throws NotSignedInError, InvalidRequestError.
 *
 * @example
 * ```ts
 * await stelai.relayer.setProfile({ name: "Ann", links: ["https://ann.example"] });
 * ```
 */
export async function setProfile(client: StelaiClient, profile: SetProfileParameters): Promise<SetProfileReturnType> {
  return relayerRequest(client, { path: "/v1/profile", method: "PUT", body: profile, signedIn: true });
}
