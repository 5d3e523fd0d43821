import type { StelaiClient } from "../../client.ts";
import { type GenerateParameters, type QueuedGeneration, queueGeneration } from "./media.ts";

export type MusicParameters = GenerateParameters & {
  /** What it is about. */
  prompt: string;
  /** How long it is: one of the tool's steps. */
  seconds?: number | undefined;
};
export type MusicReturnType = QueuedGeneration;

/**
 * Has a tool make a piece of music: queued at once, charged when it is there. Nothing is charged for one that fails or is
 * cancelled. {@link waitForGeneration} follows it and settles its receipt.
 * @throws TermsChangedError when the prices rose: show `agreed` → `current` and ask again; MaxCostExceededError,
 * TabExhaustedError, DailyLimitReachedError, TooManyGenerationsError, StorageFullError, InvalidRequestError for what the
 * tool does not offer, NotAToolError; without a session PaymentRequiredError and PassQuotaExhaustedError.
 *
 * @example
 * ```ts
 * const queued = await stelai.generate.music({ session, characterId, prompt: "A slow waltz", seconds: 20 });
 * for await (const { generation, charge } of stelai.generate.waitForGeneration(queued)) show(generation, charge);
 * ```
 */
export async function music(client: StelaiClient, parameters: MusicParameters): Promise<MusicReturnType> {
  const { prompt, seconds } = parameters;
  return queueGeneration(client, parameters, { modality: "Music", prompt, seconds });
}
