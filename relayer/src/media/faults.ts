import { UpstreamCutError, UpstreamMalformedError } from "../providers/errors.ts";

/** Who made the file, in messages to people: what is checked here says nothing of who it was. */
const MAKER = "The engine";

/** The file is not what was asked for, whatever it was sent as. Asking again rarely helps. */
export function malformed(detail: string, cause?: unknown): UpstreamMalformedError {
  return new UpstreamMalformedError(MAKER, detail, { cause });
}

/** The file ends too early. Asking again may help. */
export function cut(detail: string, cause?: unknown): UpstreamCutError {
  return new UpstreamCutError(MAKER, detail, { cause });
}
