import { skipToken, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type {
  GenerationState,
  GetMediaQuoteParameters,
  GetMediaQuoteReturnType,
  ImageParameters,
  ListGenerationsParameters,
  MusicParameters,
  QueuedGeneration,
  SpeechParameters,
  VideoParameters,
} from "../actions/generate/index.ts";
import type { Stelai } from "../compose.ts";
import { StelaiError } from "../errors/base.ts";
import { decodeError } from "../errors/decode.ts";
import { charactersIn } from "../quoteMedia.ts";
import type { TabSession } from "../tab/session.ts";
import type { GenerationList, Provenance } from "../wire.ts";
import { useSignedInAccount } from "./peopleQueries.ts";
import { useStelai } from "./provider.ts";
import { type Query, type QueryOptions, stelaiKey, useInvalidate, useStelaiQuery } from "./query.ts";
import { type Input, useAction } from "./transaction.ts";

type Generate = Stelai["generate"];

/** Milliseconds between two looks at a list on which something goes on. */
const LOOK_AGAIN = 2_000;

/**
 * The generations of the account signed in, or of a session's tab, newest first; nothing while there is neither. While
 * one of them goes on the list is read every two seconds, unless `refetchInterval` says otherwise.
 */
export function useGenerations(
  parameters: Omit<ListGenerationsParameters, "signal"> = {},
  { enabled = true, refetchInterval, staleTime }: QueryOptions = {},
): Query<GenerationList> {
  const stelai = useStelai();
  const viewer = useSignedInAccount();
  const { modality, status, characterId, before, limit, session } = parameters;
  const ready = enabled && (viewer !== undefined || session !== undefined);
  return useQuery<GenerationList, StelaiError>({
    queryKey: stelaiKey(
      stelai,
      ...["generations", viewer, session?.operator, session?.tabId],
      ...[modality, status, characterId, before, limit],
    ),
    queryFn: ready ? ({ signal }) => stelai.generate.listGenerations({ ...parameters, signal }) : skipToken,
    refetchInterval: ({ state }) =>
      refetchInterval ?? (state.data?.data.some((one) => isGoingOn(one.status)) ? LOOK_AGAIN : false),
    ...(staleTime === undefined ? {} : { staleTime }),
  });
}

function isGoingOn(status: string): boolean {
  return status === "queued" || status === "in_progress";
}

/** Which generation, and the session that paid for it; nothing is asked while it is undefined. */
export type GenerationReference = { id: string; session?: TabSession | undefined };

export type UseGenerationReturnType = Partial<GenerationState> & {
  /** Why it cannot be followed; `unsettled` is why its receipt was not signed for. */
  error: StelaiError | undefined;
};

const UNKNOWN: UseGenerationReturnType = { error: undefined };

/**
 * One generation, live until its end: signs for what it waits for, and settles its receipt once it is there, whichever
 * window or visit asked for it. Its list is read again when it has ended.
 *
 * @example
 * ```tsx
 * const { generation, charge, unsettled, error } = useGeneration({ id, session });
 * ```
 */
export function useGeneration(reference: GenerationReference | undefined): UseGenerationReturnType {
  const stelai = useStelai();
  const invalidate = useInvalidate();
  const [state, setState] = useState(UNKNOWN);
  const { id, session } = reference ?? {};
  useEffect(() => {
    setState(UNKNOWN);
    if (id === undefined) return;
    const controller = new AbortController();
    const { signal } = controller;
    const follow = async () => {
      try {
        for await (const next of stelai.generate.waitForGeneration({ id, session, signal })) {
          if (!signal.aborted) setState({ ...next, error: undefined });
        }
        for (const kind of ["generations", "status", "statement"]) invalidate(kind);
      } catch (thrown) {
        const error = thrown instanceof StelaiError ? thrown : decodeError(thrown);
        if (!signal.aborted) setState((before) => ({ ...before, error }));
      }
    };
    follow();
    return () => controller.abort();
  }, [id, session, stelai, invalidate]);
  return state;
}

/** What is to be made, and with which settings. */
export type UseGenerateInput =
  | ({ modality: "Image" } & ImageParameters)
  | ({ modality: "Video" } & VideoParameters)
  | ({ modality: "Voice" } & SpeechParameters)
  | ({ modality: "Music" } & MusicParameters);

/**
 * Queues a generation; the result is what {@link useGeneration} takes.
 *
 * @example
 * ```tsx
 * const generate = useGenerate();
 * generate.mutate({ modality: "Image", session, characterId, prompt, terms: quote.agreed, maxCost: quote.total });
 * ```
 */
export function useGenerate() {
  return useAction<UseGenerateInput, QueuedGeneration>(
    (stelai, input) => {
      const { generate } = stelai;
      if (input.modality === "Image") return generate.image(input);
      if (input.modality === "Video") return generate.video(input);
      if (input.modality === "Voice") return generate.speech(input);
      return generate.music(input);
    },
    { name: "useGenerate" },
  );
}

/**
 * What a generation costs, from the terms that are or would be agreed to; nothing is asked while it is undefined. Once
 * the terms are known, `quoteMedia` follows every move of a slider without asking.
 */
export function useMediaQuote(
  parameters: Omit<GetMediaQuoteParameters, "signal"> | undefined,
  options?: QueryOptions,
): Query<GetMediaQuoteReturnType> {
  const { characterId, modality, quality, size, seconds, text, terms, session } = parameters ?? {};
  const agreed = terms ?? (characterId === undefined ? undefined : session?.agreedTerms(characterId));
  return useStelaiQuery(
    [
      ...["mediaQuote", characterId, modality, quality ?? null, size ?? null, seconds ?? null],
      ...[text === undefined ? null : charactersIn(text), agreed?.termsVersion ?? null, agreed?.feePerUnit ?? null],
    ],
    (stelai, signal) =>
      parameters
        ? stelai.generate.getMediaQuote({ ...parameters, terms: agreed, signal })
        : Promise.reject(new TypeError("nothing is asked")),
    options,
  );
}

/** Where a made thing comes from; nothing is asked while it is undefined. */
export function useRecord(reference: GenerationReference | undefined, options?: QueryOptions): Query<Provenance> {
  return useStelaiQuery(
    ["record", reference?.id],
    (stelai, signal) => stelai.generate.getRecord({ id: "", ...reference, signal }),
    { staleTime: Number.POSITIVE_INFINITY, ...options },
  );
}

/** Ends a generation that has not ended; nothing is charged for it. */
export function useCancelGeneration() {
  return useAction((stelai, input: Input<Generate["cancelGeneration"]>) => stelai.generate.cancelGeneration(input), {
    name: "useCancelGeneration",
  });
}

/** Forgets a generation with its file. */
export function useDeleteGeneration() {
  return useAction((stelai, input: Input<Generate["deleteGeneration"]>) => stelai.generate.deleteGeneration(input), {
    name: "useDeleteGeneration",
  });
}

/** Puts a generation's file on IPFS, for everyone and for good. */
export function usePublishGeneration() {
  return useAction((stelai, input: Input<Generate["publishGeneration"]>) => stelai.generate.publishGeneration(input), {
    name: "usePublishGeneration",
  });
}
