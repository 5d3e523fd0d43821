import type { Modality } from "@stelai/sdk";
import type { Message } from "../../i18n/index.ts";
import type { MessageId } from "../../locales/en/index.ts";
import type { DraftField, DraftProblems } from "../draft.ts";

const TALK_STEPS = ["who", "mind", "knowledge", "prices", "audience", "review"] as const;
const TOOL_STEPS = ["who", "style", "offer", "prices", "audience", "review"] as const;
export type StepId = (typeof TALK_STEPS)[number] | (typeof TOOL_STEPS)[number];

/** The way from an empty page to a character, in order. */
export function stepsOf(modality: Modality): readonly StepId[] {
  return modality === "Chat" ? TALK_STEPS : TOOL_STEPS;
}

const STEP_OF: Record<Exclude<DraftField, `lore${number}` | `preset${number}`>, StepId> = {
  name: "who",
  tags: "who",
  systemPrompt: "mind",
  grain: "style",
  palette: "style",
  pace: "style",
  pitch: "style",
  speechPace: "style",
  tempo: "style",
  maxSeconds: "offer",
  perMessage: "prices",
  perThousand: "prices",
  monthly: "prices",
  annual: "prices",
  lifetime: "prices",
  partner: "prices",
  partnerPercent: "prices",
};

/** The step on which a field is. */
export function stepOf(field: DraftField): StepId {
  if (field in STEP_OF) return STEP_OF[field as keyof typeof STEP_OF];
  return field.startsWith("preset") ? "offer" : "knowledge";
}

/** What is wrong, by step. */
export function problemsByStep(problems: DraftProblems): ReadonlyMap<StepId, readonly Message[]> {
  const found = new Map<StepId, Message[]>();
  for (const [field, problem] of Object.entries(problems) as [DraftField, Message][]) {
    const step = stepOf(field);
    found.set(step, [...(found.get(step) ?? []), problem]);
  }
  return found;
}

/** The step an address names; the first for anything else. */
export function stepFrom(text: string | null, steps: readonly StepId[]): StepId {
  return steps.find((step) => step === text) ?? "who";
}

/** The step before and the one after; undefined at the ends. */
export function neighbours(
  step: StepId,
  steps: readonly StepId[],
): { before: StepId | undefined; after: StepId | undefined } {
  const at = steps.indexOf(step);
  return { before: steps[at - 1], after: steps[at + 1] };
}

const STEP_NAMES = {
  who: "publish.step.who",
  mind: "publish.step.mind",
  style: "tools.step.style",
  offer: "tools.step.offer",
  knowledge: "publish.step.knowledge",
  prices: "publish.step.prices",
  audience: "publish.step.audience",
  review: "publish.step.review",
} as const satisfies Record<StepId, MessageId>;

/** What a step is called. */
export function stepName(step: StepId, modality: Modality): MessageId {
  return step === "who" && modality !== "Chat" ? "tools.step.who" : STEP_NAMES[step];
}
