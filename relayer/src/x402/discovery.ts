/** Something that is sold by single payments, as its discovery metadata tells of it. */
export type Resource = {
  path: string;
  /** What one gets, in a few words. */
  title: string;
  mimeType: string;
  tags: readonly string[];
  /** An example of a body, and its schema (JSON Schema 2020-12); left out where there is none. */
  body?: { example: Readonly<Record<string, unknown>>; schema: Readonly<Record<string, unknown>> };
};

const string = { type: "string" } as const;

/** `POST /v1/chat/completions`. */
export const CHAT: Resource = {
  path: "/v1/chat/completions",
  title: "A chat completion",
  mimeType: "application/json",
  tags: ["ai", "chat", "openai"],
  body: {
    example: { model: "stelai-1", messages: [{ role: "user", content: "Hello" }], max_tokens: 256, stream: true },
    schema: {
      properties: {
        model: { type: "string", description: "stelai-<character>; see GET /v1/models" },
        messages: { type: "array", items: { type: "object", properties: { role: string, content: string } } },
        max_tokens: { type: "integer" },
        stream: { type: "boolean" },
      },
      required: ["model", "messages"],
    },
  },
};

/** `POST /v1/images/generations`. */
export const IMAGE: Resource = {
  path: "/v1/images/generations",
  title: "An image",
  mimeType: "application/json",
  tags: ["ai", "image", "openai"],
  body: {
    example: { model: "stelai-2", prompt: "A lighthouse at dusk", size: "512x512" },
    schema: {
      properties: {
        model: { type: "string", description: "stelai-<character>; see GET /v1/models" },
        prompt: string,
        size: string,
        quality: string,
      },
      required: ["model", "prompt"],
    },
  },
};

/** `POST /v1/audio/speech`. */
export const SPEECH: Resource = {
  path: "/v1/audio/speech",
  title: "A voiceover",
  mimeType: "audio/wav",
  tags: ["ai", "speech", "openai"],
  body: {
    example: { model: "stelai-3", input: "Once upon a time", voice: "alloy" },
    schema: {
      properties: { model: string, input: string, voice: string, response_format: string },
      required: ["model", "input"],
    },
  },
};

/** `POST /v1/characters/:id/pass`. */
export function passResource(characterId: bigint): Resource {
  return {
    path: `/v1/characters/${characterId}/pass`,
    title: "A lifetime pass",
    mimeType: "application/json",
    tags: ["ai", "pass"],
  };
}

/** x402's `bazaar` extension, by which catalogues list what can be bought, kept short: clients send it back in a header. */
export function discoveryOf({ body }: Resource): Record<string, unknown> {
  const { example, schema } = body ?? { example: {}, schema: { properties: {} } };
  return {
    bazaar: {
      info: { input: { type: "http", method: "POST", bodyType: "json", body: example } },
      schema: {
        $schema: "https://json-schema.org/draft/2020-12/schema",
        type: "object",
        properties: {
          input: {
            type: "object",
            properties: {
              type: { type: "string", const: "http" },
              method: { type: "string", enum: ["POST"] },
              bodyType: { type: "string", enum: ["json"] },
              body: { type: "object", ...schema },
            },
            required: ["type", "method", "bodyType", "body"],
            additionalProperties: false,
          },
        },
        required: ["input"],
      },
    },
  };
}
