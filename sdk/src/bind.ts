/** Actions bound to a client, with what they throw typed. */
import type { StelaiClient } from "./client.ts";
import { decodeError } from "./errors/decode.ts";

/** An action without its client. */
export type Bound<action> = action extends (client: StelaiClient, ...rest: infer rest) => infer result
  ? (...rest: rest) => result
  : never;

export type Action = (client: StelaiClient, ...rest: never[]) => unknown;
export type BoundAll<actions extends Record<string, Action>> = { [name in keyof actions]: Bound<actions[name]> };

/** Binds actions to a client; what they throw, now or when waited for, becomes a typed error. */
export function bind<const actions extends Record<string, Action>>(
  client: StelaiClient,
  actions: actions,
): BoundAll<actions> {
  return Object.fromEntries(
    Object.entries(actions).map(([name, action]) => [
      name,
      (...rest: never[]) => withTypedErrors(() => action(client, ...rest)),
    ]),
  ) as BoundAll<actions>;
}

type Waited = (client: StelaiClient, ...rest: never[]) => Promise<unknown>;

/** {@link bind} for actions whose code is fetched when the first of them is called. All of them are waited for. */
export function bindLater<actions extends Record<string, Waited>>(
  client: StelaiClient,
  load: () => Promise<actions>,
): BoundAll<actions> {
  return new Proxy({} as BoundAll<actions>, {
    get: (bound, name) => {
      // What is bound is not a promise, though every other name is answered.
      if (!Reflect.has(bound, name) && typeof name === "string" && name !== "then") {
        Reflect.set(bound, name, (...rest: never[]) =>
          withTypedErrors(async () => (await load())[name]?.(client, ...rest)),
        );
      }
      return Reflect.get(bound, name);
    },
  });
}

function withTypedErrors(work: () => unknown): unknown {
  let result: unknown;
  try {
    result = work();
  } catch (error) {
    throw decodeError(error);
  }
  if (!(result instanceof Promise)) return result;
  return result.then(withTypedWait, (error) => {
    throw decodeError(error);
  });
}

/** What was sent fails later, in `wait`. */
function withTypedWait(result: unknown): unknown {
  if (typeof result !== "object" || result === null || !("wait" in result)) return result;
  const wait = result.wait as (...rest: unknown[]) => Promise<unknown>;
  return { ...result, wait: (...rest: unknown[]) => withTypedErrors(() => wait(...rest)) };
}

/** What a stream throws becomes a typed error. */
export async function* typedStream<event>(stream: AsyncGenerator<event, void, undefined>): typeof stream {
  try {
    yield* stream;
  } catch (error) {
    throw decodeError(error);
  }
}
