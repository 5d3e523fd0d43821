import { ProviderError } from "../../errors.ts";

/** Who says so, in messages to people. */
const SPEAKER = "The embedded voice";

/** Thrown when nothing of a text, or too little, can be spoken by an English voice. Must not be retried unchanged. */
export class UnspeakableTextError extends ProviderError {
  readonly code = "upstream_refused";

  constructor(message: string) {
    super(SPEAKER, message, false);
  }
}
