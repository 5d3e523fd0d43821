import type { Draft, DraftChange, DraftField } from "../draft.ts";

type Values = Extract<DraftChange, { kind: "set" }>["values"];

/** What every step of publishing works with. */
export interface StepProps {
  draft: Draft;
  change: (change: DraftChange) => void;
  /** Changes what was typed, and nothing else. */
  set: (values: Values) => void;
  /** What is wrong with a field, in words; undefined while it is right or was not tried. */
  problem: (field: DraftField) => string | undefined;
}
