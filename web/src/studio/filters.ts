import type { Generation } from "@stelai/sdk";
import { type MadeModality, madeModality } from "./modalities.ts";

/** States to filter by; `running` is what waits and what is being made. */
export const STATES = ["running", "completed", "failed"] as const;
export type StateFilter = (typeof STATES)[number];

/** What the gallery is narrowed to; all of it lives in the address. */
export interface GalleryFilter {
  /** Of all tools, or of the one on the workbench. */
  readonly of: "tool" | "all";
  readonly modality: MadeModality | undefined;
  readonly state: StateFilter | undefined;
}

/** @param onTool Whether the page has a tool, which its gallery then begins with. */
export function filterFrom(params: URLSearchParams, onTool: boolean): GalleryFilter {
  const of = onTool && params.get("of") !== "all" ? "tool" : "all";
  return {
    of,
    modality: of === "all" ? madeModality(params.get("made")) : undefined,
    state: STATES.find((one) => one === params.get("state")),
  };
}

/** The address after a change of the filter; whatever else it holds stays. */
export function withFilter(params: URLSearchParams, filter: GalleryFilter, onTool: boolean): URLSearchParams {
  const next = new URLSearchParams(params);
  const set = (name: string, value: string | undefined) =>
    value === undefined ? next.delete(name) : next.set(name, value);
  set("of", onTool && filter.of === "all" ? "all" : undefined);
  set("made", filter.of === "all" ? filter.modality : undefined);
  set("state", filter.state);
  return next;
}

const IN_STATE: Record<StateFilter, readonly Generation["status"][]> = {
  running: ["queued", "in_progress"],
  completed: ["completed"],
  failed: ["failed", "cancelled"],
};

/** Whether something belongs into the gallery as it is narrowed. @param model Of the tool on the workbench. */
export function matches(
  { modality, status, model }: Pick<Generation, "modality" | "status" | "model">,
  filter: GalleryFilter,
  tool: string | undefined,
): boolean {
  if (filter.of === "tool" && tool !== undefined && model !== tool) return false;
  if (filter.modality !== undefined && modality !== filter.modality) return false;
  return filter.state === undefined || IN_STATE[filter.state].includes(status);
}

/** The one status that the relayer can filter by for this; undefined when it has to be told apart here. */
export function statusOf({ state }: GalleryFilter): Generation["status"] | undefined {
  return state === "completed" ? "completed" : undefined;
}
