import type { StelaiClient } from "../../client.ts";
import { type GenerateParameters, type QueuedGeneration, queueGeneration } from "./media.ts";

export type SpeechParameters = GenerateParameters & {
  /** What it says. */
  text: string;
  /** One of the tool's voices. */
  voice?: string | undefined;
  /** 1 is the voice's own pace; 0.25 to 4. */
  speed?: number | undefined;
};
export type SpeechReturnType = QueuedGeneration;

/**
 * Has a tool make a voiceover: queued at once, charged when it is there. Nothing is charged for one that fails or is
 * cancelled. {@link waitForGeneration} follows it and settles its receipt.
 * @throws TermsChangedError when the prices rose: show `agreed` → `current` and ask again; MaxCostExceededError,
 * TabExhaustedError, DailyLimitReachedError, TooManyGenerationsError, StorageFullError, InvalidRequestError for what the
 * tool does not offer, NotAToolError; without a session PaymentRequiredError and PassQuotaExhaustedError.
 *
 * @example
 * ```ts
 * const queued = await stelai.generate.speech({ session, characterId, text: "Once upon a time", voice: "ada" });
 * for await (const { generation, charge } of stelai.generate.waitForGeneration(queued)) show(generation, charge);
 * ```
 */
export async function speech(client: StelaiClient, parameters: SpeechParameters): Promise<SpeechReturnType> {
  const { text, voice, speed } = parameters;
  return queueGeneration(client, parameters, { modality: "Voice", prompt: text, voice, speed });
}
