import { MODALITIES, type Modality, type Model, type Tool } from "@stelai/sdk";

/** What a tool makes. */
export type MadeModality = Exclude<Modality, "Chat">;

/** In the order of the contracts, as tabs and filters show them. */
export const MADE_MODALITIES = MODALITIES.filter((one): one is MadeModality => one !== "Chat");

/** A character that makes something, with what can be asked of it here. */
export type ToolModel = Model & { stelai: Model["stelai"] & { modality: MadeModality; tool: Tool } };

export function isToolModel(model: Model): model is ToolModel {
  return model.stelai.modality !== "Chat" && model.stelai.tool !== null;
}

/** @returns Undefined for what is no modality of the studio. */
export function madeModality(text: string | null | undefined): MadeModality | undefined {
  return MADE_MODALITIES.find((one) => one === text);
}

/** The character behind a model id such as `stelai-12`. */
export function characterIdOf(model: string): string {
  return model.slice(model.lastIndexOf("-") + 1);
}
