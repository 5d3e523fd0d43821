import type { Generation } from "@stelai/sdk";

/** A generation for tests: an image that waits for its turn, changed as said. */
export function generationOf(changes: Partial<Generation> = {}): Generation {
  return {
    id: "gen_1",
    object: "generation",
    model: "stelai-4",
    modality: "Image",
    status: "queued",
    waitsFor: "turn",
    ahead: 2,
    progress: 0,
    secondsLeft: null,
    created_at: 1_000,
    started_at: null,
    completed_at: null,
    prompt: "a fern",
    settings: { quality: "Standard", size: "1024x1024" },
    quote: {
      characterId: 4n,
      termsVersion: 1n,
      modality: "Image",
      quality: "Standard",
      milliunits: 1_049n,
      amount: 10n,
      fee: 2n,
      total: 12n,
    },
    engine: { name: "local", label: "Drawn by rules" },
    file: null,
    urls: null,
    error: null,
    metered: null,
    requestId: `0x${"11".repeat(32)}`,
    pass: null,
    ...changes,
  };
}
