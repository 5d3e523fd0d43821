/**
 * What travels of personas: a character's mind, which its creator uploads to each operator that may serve it. Part of
 * `wire.ts`; how it is hashed stands in docs/PROTOCOL.md.
 */
import * as z from "zod";

/** Largest canonical persona, in UTF-8 bytes. */
export const MAX_PERSONA_BYTES = 131_072;

const line = z.string().trim().min(1).max(1_000);
const passage = z.string().trim().min(1).max(4_000);
const title = z.string().trim().min(1).max(120);
const pool = z.array(line).max(64);
const keywords = z.array(z.string().trim().min(1).max(60)).max(32);

const feelings = z
  .object({
    sadness: pool.optional(),
    grief: pool.optional(),
    anxiety: pool.optional(),
    anger: pool.optional(),
    tiredness: pool.optional(),
    loneliness: pool.optional(),
    joy: pool.optional(),
    boredom: pool.optional(),
    shame: pool.optional(),
    confusion: pool.optional(),
  })
  .strict();

/** Fixed situations. Every line is a template, see {@link personaSchema}. */
const replies = z
  .object({
    /** Answers to a greeting after the first. */
    hello: pool.optional(),
    thanks: pool.optional(),
    farewell: pool.optional(),
    howAreYou: pool.optional(),
    /** "Who are you?" */
    about: pool.optional(),
    /** Said after the engine's own plain statement that it is scripted; cannot replace it. */
    scripted: pool.optional(),
    /** A question it has nothing on. */
    unknown: pool.optional(),
    /** Asked again for what it has told in full. */
    told: pool.optional(),
    yes: pool.optional(),
    no: pool.optional(),
    /** Slots `{sum}` and `{result}`. */
    arithmetic: pool.optional(),
    feelings: feelings.optional(),
  })
  .strict();

const voice = z
  .object({
    /** How it calls a person whose name it does not know, such as "traveller". */
    address: z.string().trim().min(1).max(40).optional(),
    /** Short openings: "Ah, now.", "Sit a while." */
    leads: pool.optional(),
    /** Ways to take up what was said; slot `{echo}`, "you lost your keys". */
    echoes: pool.optional(),
    /** Ways to come back to something earlier; slot `{earlier}`. */
    callbacks: pool.optional(),
    /** Ways to offer a subject; slot `{suggestion}`. */
    offers: pool.optional(),
  })
  .strict();

const glossary = z
  .object({
    /** What the meanings are in or of: "Italian", "tea". */
    subject: title,
    /** Question of a quiz; must hold `"{term}"` in quotation marks. Without it there is no quiz. */
    ask: line
      .refine((text) => text.includes('"{term}"'), { message: 'must contain "{term}" in quotation marks' })
      .optional(),
    entries: z
      .array(z.object({ term: title, meaning: line, note: line.optional() }).strict())
      .min(1)
      .max(300),
  })
  .strict();

/**
 * A character's mind. Only `name` and `systemPrompt` are needed: a language model gets the prompt and the lore that
 * fits; the scripted responder uses everything else, and sensible words of its own where something is missing.
 *
 * Lines are templates: `{name}` (the person's name, else the voice's address), `{subject}` (what the message is
 * about), `{echo}` (the message turned round), `{earlier}`, `{suggestion}`, `{character}`; a capital first letter
 * gives a capital. A line whose slot is empty is not used. Names of topics and titles of lore are noun phrases that
 * fit "ask me about …".
 */
export const personaSchema = z
  .object({
    name: z.string().trim().min(1).max(80),
    systemPrompt: z.string().trim().min(1).max(16_000),
    greeting: line.optional(),
    /** First questions offered to a person. */
    openers: z.array(z.string().trim().min(1).max(160)).max(3).optional(),
    traits: pool.optional(),
    voice: voice.optional(),
    lore: z
      .array(z.object({ title, text: passage, keywords }).strict())
      .max(100)
      .optional(),
    topics: z
      .array(z.object({ name: title, keywords, replies: pool.min(1), questions: pool.optional() }).strict())
      .max(60)
      .optional(),
    opinions: z
      .array(z.object({ about: title, keywords, text: line }).strict())
      .max(60)
      .optional(),
    /** Thoughts that fit after almost anything a person may tell. */
    musings: pool.optional(),
    /** Questions it asks back. */
    questions: pool.optional(),
    stories: z
      .array(z.object({ title, text: passage, keywords }).strict())
      .max(30)
      .optional(),
    poems: z.array(passage).max(30).optional(),
    jokes: pool.optional(),
    advice: z
      .array(z.object({ text: line, keywords: keywords.optional() }).strict())
      .max(60)
      .optional(),
    lists: z
      .array(z.object({ title, keywords, items: z.array(line).min(2).max(20) }).strict())
      .max(30)
      .optional(),
    glossary: glossary.optional(),
    /** Abilities built into the scripted responder: `code` remarks on pasted source. */
    skills: z
      .array(z.enum(["code"]))
      .max(4)
      .optional(),
    replies: replies.optional(),
  })
  .strict()
  .superRefine((persona, context) => {
    const bytes = new TextEncoder().encode(JSON.stringify(persona)).length;
    if (bytes > MAX_PERSONA_BYTES) {
      context.addIssue({
        code: "custom",
        message: `a persona may be ${MAX_PERSONA_BYTES} bytes of JSON, this one is ${bytes}`,
      });
    }
  });

/** A chat character's hidden instructions, and what goes with them. */
export type Persona = z.output<typeof personaSchema>;

/** Kinds of feeling the scripted responder tells apart. */
export type Feeling = keyof z.output<typeof feelings>;
