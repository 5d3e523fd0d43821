import type { StelaiClient } from "../../client.ts";
import { type GenerateParameters, type QueuedGeneration, queueGeneration } from "./media.ts";

export type VideoParameters = GenerateParameters & {
  /** What happens in it. */
  prompt: string;
  /** Pixels, `640x360`: one of the tool's sizes. */
  size?: string | undefined;
  /** How long it is: one of the tool's steps. */
  seconds?: number | undefined;
};
export type VideoReturnType = QueuedGeneration;

/**
 * Has a tool make a video: queued at once, charged when it is there. Nothing is charged for one that fails or is
 * cancelled. {@link waitForGeneration} follows it and settles its receipt.
 * @throws TermsChangedError when the prices rose: show `agreed` → `current` and ask again; MaxCostExceededError,
 * TabExhaustedError, DailyLimitReachedError, TooManyGenerationsError, StorageFullError, InvalidRequestError for what the
 * tool does not offer, NotAToolError; without a session PaymentRequiredError and PassQuotaExhaustedError.
 *
 * @example
 * ```ts
 * const queued = await stelai.generate.video({ session, characterId, prompt: "Waves at night", seconds: 4 });
 * for await (const { generation, charge } of stelai.generate.waitForGeneration(queued)) show(generation, charge);
 * ```
 */
export async function video(client: StelaiClient, parameters: VideoParameters): Promise<VideoReturnType> {
  const { prompt, size, seconds } = parameters;
  return queueGeneration(client, parameters, { modality: "Video", prompt, size, seconds });
}
