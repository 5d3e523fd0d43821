import type { Message } from "../../i18n/index.ts";
import type { MessageId } from "../../locales/en/index.ts";
import type { DraftField, DraftProblems } from "../draft.ts";

/** The way from an empty page to a character, in order. */
export const STEPS = ["who", "mind", "knowledge", "prices", "audience", "review"] as const;
export type StepId = (typeof STEPS)[number];

const STEP_OF: Record<Exclude<DraftField, `lore${number}`>, StepId> = {
  name: "who",
  tags: "who",
  systemPrompt: "mind",
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
  return field in STEP_OF ? STEP_OF[field as keyof typeof STEP_OF] : "knowledge";
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
export function stepFrom(text: string | null): StepId {
  return STEPS.find((step) => step === text) ?? "who";
}

/** The step before and the one after; undefined at the ends. */
export function neighbours(step: StepId): { before: StepId | undefined; after: StepId | undefined } {
  const at = STEPS.indexOf(step);
  return { before: STEPS[at - 1], after: STEPS[at + 1] };
}

export const STEP_NAMES = {
  who: "publish.step.who",
  mind: "publish.step.mind",
  knowledge: "publish.step.knowledge",
  prices: "publish.step.prices",
  audience: "publish.step.audience",
  review: "publish.step.review",
} as const satisfies Record<StepId, MessageId>;
