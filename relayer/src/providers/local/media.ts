import type { Workshop } from "../../generations/workshop/index.ts";
import type { MadeModality, MediaProvider } from "../media.ts";
import { ENGINES } from "./engines.ts";

/** The embedded engine of a modality, which works in the workshop: computing blocks nobody, and can be ended. */
export function localProvider(modality: MadeModality, workshop: Pick<Workshop, "make">): MediaProvider {
  const { label, abilities, estimate, voiceOf } = ENGINES[modality];
  return {
    ...{ name: "local", label, abilities },
    ...(voiceOf === undefined ? {} : { voiceOf: (name) => voiceOf(name) }),
    estimate: (request) => estimate(request),
    make: (request, { signal, onProgress }) => workshop.make(request, { signal, onProgress }),
  };
}
