import type { StelaiClient } from "../../client.ts";
import { RateLimitedError, RelayerUnreachableError, UnavailableError } from "../../errors/relayer.ts";
import { pause } from "../../internal/pause.ts";
import type { Generation } from "../../wire.ts";
import type { GenerationParameters } from "./generation.ts";
import { getGeneration } from "./getGeneration.ts";
import { type Settled, settleGeneration } from "./settleGeneration.ts";

export type WaitForGenerationParameters = GenerationParameters;

/** Where a generation stands; `charge` once it is completed and was paid, or `unsettled`: why it was not signed for. */
export type GenerationState = Settled & { generation: Generation };

export type WaitForGenerationReturnType = AsyncGenerator<GenerationState, void, undefined>;

/**
 * How long the relayer is asked to wait for a change, in seconds: one that comes between two questions is seen by then.
 * And how long its answer may take, in milliseconds.
 */
const WAIT = 10;
const ANSWER_WITHIN = 30_000;
/** How often in a row the relayer may be out of reach. */
const MAX_FAILURES = 6;
/** A relayer that answers at once, and the same, is not asked again before so many milliseconds. */
const PAUSE = 1_000;

/**
 * Follows a generation to its end and gives its state whenever it changed. Signs for what was served before when it
 * waits for that; verifies the receipt of a completed one before it gives it, and signs for it: once, also when several
 * windows wait for it, or another visit did. Found in {@link listGenerations} after a reload, it is followed in the same
 * way. Ending the iteration, or aborting, ends the waiting and not the generation: {@link cancelGeneration}.
 * @throws GenerationNotFoundError; RelayerUnreachableError when the relayer stays out of reach.
 *
 * @example
 * ```ts
 * for await (const { generation, charge, unsettled } of stelai.generate.waitForGeneration({ id, session, signal })) {
 *   show(generation.status, generation.progress, generation.urls?.content, charge?.cost);
 *   if (unsettled) explain(unsettled);
 * }
 * ```
 */
export async function* waitForGeneration(
  client: StelaiClient,
  parameters: WaitForGenerationParameters,
): WaitForGenerationReturnType {
  const { session, signal } = parameters;
  let before: string | undefined;
  for (;;) {
    const generation = await changed(client, parameters, before === undefined ? undefined : WAIT);
    const settled = session ? await settleGeneration(session, generation) : { charge: undefined, unsettled: undefined };
    const { status, waitsFor, ahead, progress } = generation;
    yield { generation, ...settled };
    if (status !== "queued" && status !== "in_progress") return;
    const now = `${status} ${waitsFor} ${ahead} ${progress}`;
    if (now === before) await pause(PAUSE, signal);
    before = now;
  }
}

/**
 * The generation at its next change; a relayer that is out of reach for a moment is asked again, and then for how it
 * stands: what changed meanwhile is no change to wait for.
 */
async function changed(
  client: StelaiClient,
  { id, session, signal }: WaitForGenerationParameters,
  wait: number | undefined,
): Promise<Generation> {
  for (let failures = 1; ; failures++) {
    const limit = AbortSignal.timeout(ANSWER_WITHIN);
    try {
      const either = signal ? AbortSignal.any([signal, limit]) : limit;
      return await getGeneration(client, { id, session, wait: failures > 1 ? undefined : wait, signal: either });
    } catch (cause) {
      signal?.throwIfAborted();
      const error = limit.aborted ? new RelayerUnreachableError(client.relayerUrl ?? "", cause) : cause;
      const passes = [RelayerUnreachableError, UnavailableError, RateLimitedError].some((one) => error instanceof one);
      if (!passes || failures === MAX_FAILURES) throw error;
      const asked = error instanceof RateLimitedError ? (error.retryAfter ?? 0) * 1_000 : 0;
      await pause(Math.max(asked, 500 * 2 ** failures), signal);
    }
  }
}
