import type { StelaiClient } from "../../client.ts";
import { type GenerateParameters, type QueuedGeneration, queueGeneration } from "./media.ts";

export type ImageParameters = GenerateParameters & {
  /** What it shows. */
  prompt: string;
  /** Pixels, `1024x768`: one of the tool's sizes. */
  size?: string | undefined;
};
export type ImageReturnType = QueuedGeneration;

/**
 * Has a tool make an image: queued at once, charged when it is there. Nothing is charged for one that fails or is
 * cancelled. {@link waitForGeneration} follows it and settles its receipt.
 * @throws TermsChangedError when the prices rose: show `agreed` → `current` and ask again; MaxCostExceededError,
 * TabExhaustedError, DailyLimitReachedError, TooManyGenerationsError, StorageFullError, InvalidRequestError for what the
 * tool does not offer, NotAToolError; without a session PaymentRequiredError and PassQuotaExhaustedError.
 *
 * @example
 * ```ts
 * const queued = await stelai.generate.image({ session, characterId, prompt: "A lighthouse in fog", size: "1024x1024", quality: "High" });
 * for await (const { generation, charge } of stelai.generate.waitForGeneration(queued)) show(generation, charge);
 * ```
 */
export async function image(client: StelaiClient, parameters: ImageParameters): Promise<ImageReturnType> {
  const { prompt, size } = parameters;
  return queueGeneration(client, parameters, { modality: "Image", prompt, size });
}
