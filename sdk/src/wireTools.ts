/**
 * What travels of tools, the characters that make images, videos, voiceovers and music: what can be asked of one, and
 * the style behind it. Part of `wire.ts`; described in docs/PROTOCOL.md, "Tools and generations".
 */
import * as z from "zod";
import { QUALITIES } from "./pricing.ts";

/** Pixels, `1024x768`. */
export const sizeSchema = z.string().regex(/^[1-9][0-9]{1,4}x[1-9][0-9]{1,4}$/, "must be WIDTHxHEIGHT in pixels");

/** What a generation is asked for besides its prompt; what a modality does not know is absent. */
export const settingsSchema = z.object({
  quality: z.enum(QUALITIES),
  /** Image, Video. */
  size: sizeSchema.optional(),
  /** Video, Music. */
  seconds: z.number().positive().max(3_600).optional(),
  /** Voice: one of the tool's voices. */
  voice: z.string().min(1).max(40).optional(),
  /** Voice: 1 is the voice's own pace. */
  speed: z.number().min(0.25).max(4).optional(),
  /** How the file is written, one of the tool's formats. */
  format: z.string().min(1).max(16).optional(),
  /** The same seed, prompt and settings make the same where the engine can promise that; absent: any. */
  seed: z.int().min(0).max(0xffff_ffff).optional(),
});

/** Something to begin with: a prompt, and settings that differ from the tool's first ones. */
export const presetSchema = z.object({
  name: z.string().trim().min(1).max(60),
  prompt: z.string().trim().min(1).max(1_000),
  settings: settingsSchema.partial().default({}),
});

/** What a creator puts on a tool's card. What is absent is all that the operator can do. */
export const toolCardSchema = z.object({
  sizes: z.array(sizeSchema).min(1).max(12).optional(),
  maxSeconds: z.number().positive().max(3_600).optional(),
  qualities: z.array(z.enum(QUALITIES)).min(1).max(4).optional(),
  voices: z.array(z.string().min(1).max(40)).min(1).max(24).optional(),
  presets: z.array(presetSchema).max(12).default([]),
});

/** What can be asked of a tool here; the first of each list is meant when nothing is said. */
export const toolSchema = z.object({
  /** Image, Video. */
  sizes: z.array(sizeSchema),
  /** Video, Music: in whole steps from the least. */
  seconds: z.object({ min: z.number(), max: z.number(), step: z.number(), default: z.number() }).nullable(),
  qualities: z.array(z.enum(QUALITIES)),
  /** Voice. */
  voices: z.array(z.object({ id: z.string(), name: z.string() })),
  formats: z.array(z.string()),
  /** The longest prompt, or text to speak, in Unicode code points. */
  maxPrompt: z.int(),
  presets: z.array(presetSchema),
});

const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, "must be a colour such as #0B6557");

/**
 * A tool's private half, uploaded and hashed as a persona is: how its maker wants things made. Upstreams get the
 * instructions with the prompt; the embedded engines use the rest.
 */
export const styleSchema = z
  .object({
    kind: z.literal("style"),
    name: z.string().trim().min(1).max(80),
    /** Said to an upstream model before the prompt. */
    instructions: z.string().trim().max(4_000).default(""),
    /** Image, Video. */
    look: z
      .object({
        scene: z.enum(["auto", "landscape", "seascape", "city", "botanical", "cosmos", "abstract"]).default("auto"),
        line: z.enum(["painted", "ink", "paper", "print"]).default("painted"),
        palette: z.array(colour).min(2).max(8).optional(),
        /** 0 is smooth, 1 is coarse. */
        grain: z.number().min(0).max(1).optional(),
      })
      .strict()
      .optional(),
    /** Video. */
    motion: z
      .object({
        camera: z.enum(["still", "drift", "pan", "push"]).default("drift"),
        pace: z.number().min(0.25).max(3).default(1),
      })
      .strict()
      .optional(),
    /** Voice: how the chosen voice is changed; 1 leaves it as it is. Which ones it has, its card says. */
    speech: z
      .object({
        pitch: z.number().min(0.5).max(2).default(1),
        pace: z.number().min(0.5).max(2).default(1),
      })
      .strict()
      .optional(),
    /** Music. */
    score: z
      .object({
        genre: z.enum(["ambient", "piano", "folk", "jazz", "lofi", "cinematic", "baroque"]).default("ambient"),
        /** Beats a minute. */
        tempo: z.int().min(40).max(200).optional(),
        mode: z.enum(["major", "minor", "dorian", "lydian", "mixolydian"]).optional(),
      })
      .strict()
      .optional(),
  })
  .strict();

/** What a generation is asked for besides its prompt. */
export type Settings = z.output<typeof settingsSchema>;
/** Something to begin with: a prompt, and settings that differ from the tool's first ones. */
export type Preset = z.output<typeof presetSchema>;
/** What a creator puts on a tool's card; what is absent is all that the operator can do. */
export type ToolCard = z.output<typeof toolCardSchema>;
/** What can be asked of a tool at this operator. */
export type Tool = z.output<typeof toolSchema>;
/** A tool's hidden instructions, and the settings that its creator fixed. */
export type Style = z.output<typeof styleSchema>;
