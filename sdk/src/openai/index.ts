/**
 * @stelai/sdk/openai: the set-up of OpenAI's client, and of every other that takes a base URL, a key and a `fetch`, in one
 * line. It depends on none of them.
 */
import { type CreateFetchParameters, createFetch } from "../actions/generate/createFetch.ts";
import type { StelaiClient } from "../client.ts";
import { RelayerUrlMissingError } from "../errors/client.ts";

export type OpenAIOptionsParameters =
  | (CreateFetchParameters & { key?: undefined })
  /** A budget key (`stelai.budgetKeys.create`): the relayer pays from its tab, and nothing is signed here. */
  | { key: string };

/** What OpenAI's client and its like take, by the names that they have there. */
export type OpenAIOptions = { baseURL: string; apiKey: string; fetch: typeof fetch };

/** Sent where no budget key is: these clients insist on one, and the relayer takes it for nobody's. */
const NO_KEY = "none";

/**
 * What is spread into `new OpenAI(…)`, or into `createOpenAICompatible(…)` of Vercel's AI SDK, so that it pays: from a
 * session by itself, by a budget key, or, with neither, under the pass of the account that is signed in.
 * @throws RelayerUrlMissingError.
 *
 * @example
 * ```ts
 * const openai = new OpenAI(openAIOptions(stelai, { session }));
 * const provider = createOpenAICompatible({ name: "stelai", ...openAIOptions(stelai, { session }) });
 * ```
 */
export function openAIOptions(
  { client }: { client: StelaiClient },
  parameters: OpenAIOptionsParameters = {},
): OpenAIOptions {
  if (client.relayerUrl === undefined) throw new RelayerUrlMissingError();
  const baseURL = `${client.relayerUrl.replace(/\/$/, "")}/v1`;
  if (parameters.key !== undefined) return { baseURL, apiKey: parameters.key, fetch: client.fetch };
  return { baseURL, apiKey: NO_KEY, fetch: createFetch(client, parameters) };
}
