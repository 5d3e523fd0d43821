/** Where an act stands that needs a signature. */
export type Phase =
  | { readonly at: "terms" }
  | { readonly at: "wallet"; readonly run: number; readonly since: number }
  | { readonly at: "sending"; readonly run: number; readonly since: number }
  | { readonly at: "done" }
  | { readonly at: "failed"; readonly error: unknown };

export type PhaseEvent =
  | { readonly kind: "asked"; readonly run: number; readonly now: number }
  | { readonly kind: "signed"; readonly run: number; readonly now: number }
  | { readonly kind: "finished"; readonly run: number }
  | { readonly kind: "failed"; readonly run: number; readonly error: unknown }
  | { readonly kind: "stopped" }
  | { readonly kind: "closed" };

/**
 * The next phase. Each time the wallet is asked is a run of its own: what an earlier run reports after it was stopped
 * or asked again changes nothing.
 */
export function nextPhase(phase: Phase, event: PhaseEvent): Phase {
  if (event.kind === "asked") return { at: "wallet", run: event.run, since: event.now };
  if (event.kind === "stopped") return phase.at === "wallet" ? { at: "terms" } : phase;
  // A sheet that opens again begins anew; what is still under way goes on without it.
  if (event.kind === "closed") return phase.at === "done" || phase.at === "failed" ? { at: "terms" } : phase;
  if ((phase.at !== "wallet" && phase.at !== "sending") || phase.run !== event.run) return phase;
  switch (event.kind) {
    case "signed":
      return { at: "sending", run: event.run, since: event.now };
    case "finished":
      return { at: "done" };
    case "failed":
      return { at: "failed", error: event.error };
  }
}
