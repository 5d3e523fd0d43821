import {
  accountSchema,
  cardSchema,
  closeTabSchema,
  deploymentSchema,
  errorSchema,
  modelListSchema,
  modelSchema,
  operatorSchema,
  paymentSchema,
  personaUploadSchema,
  quoteSchema,
  reportSchema,
  reviewTextSchema,
  sealSchema,
  sessionSchema,
  signedGrantSchema,
  signedInSchema,
  signedVoucherSchema,
  sponsoredClosureSchema,
  sponsoredCodeSchema,
  sponsoredExtensionSchema,
  sponsoredPurchaseSchema,
  sponsoredRotationSchema,
  sponsoredSchema,
  sponsoredTabSchema,
  sponsoredTopUpSchema,
  statementSchema,
  tabStatusSchema,
  workMetadataSchema,
} from "@stelai/sdk/wire";
import * as z from "zod";
import { chatBodySchema } from "../inference/chat-body.ts";
import { imageBodySchema, musicBodySchema, speechBodySchema, videoBodySchema } from "../inference/media-body.ts";
import { KEY_PATHS } from "./openapi-keys.ts";
import { MAKING_PATHS } from "./openapi-making.ts";
import { MARKET_PATHS } from "./openapi-market.ts";
import { PEOPLE_PATHS } from "./openapi-people.ts";
import { REWARD_PATHS } from "./openapi-rewards.ts";
import { singlePayment, X402_PATHS } from "./openapi-x402.ts";

/** What travels has strings where TypeScript has bigint: the side that is read. */
function schema(of: z.ZodType): unknown {
  return z.toJSONSchema(of, { io: "input", target: "draft-2020-12", unrepresentable: "any" });
}

/** One endpoint, as it is described. */
export type Operation = {
  summary: string;
  body?: z.ZodType;
  /** How a body may come, when not as JSON alone. */
  bodyTypes?: readonly string[];
  answer?: z.ZodType;
  status?: number;
  parameters?: readonly unknown[];
  security?: readonly unknown[];
  media?: string;
};

const tabId = { name: "tabId", in: "path", required: true, schema: { type: "string" } };
const query = (name: string) => ({ name, in: "query", schema: { type: "string" } });
const payment = {
  name: "Stelai-Payment",
  in: "header",
  description: "base64url of a JSON payment; see the schema Payment. Free characters answer without it.",
  schema: { type: "string" },
};
/** What pays is `Stelai-Payment`, else a budget key. */
const payable = [{ budgetKey: [] }, {}];
const session = {
  name: "Stelai-Session",
  in: "header",
  description: "base64url of a JSON session; see the schema Session. Or sign in as the payer.",
  schema: { type: "string" },
};
const signedIn = [{ wallet: [] }, { sessionKey: [] }];

const PATHS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  "/v1/operator": { get: { summary: "Who runs this relayer, and on what conditions", answer: operatorSchema } },
  "/v1/deployment": {
    get: { summary: "The chain and the contracts that this relayer works with", answer: deploymentSchema },
  },
  "/v1/models": { get: { summary: "The public characters served here", answer: modelListSchema } },
  "/v1/models/{id}": {
    get: {
      summary: "One character, unlisted ones too",
      answer: modelSchema,
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
    },
  },
  "/v1/shared": {
    get: {
      summary: "The private characters that the account may use",
      answer: modelListSchema,
      security: signedIn,
    },
  },
  "/v1/quotes": {
    post: {
      summary: "The most the request whose body this is can cost; for tools, exactly",
      body: z.union([chatBodySchema, imageBodySchema, speechBodySchema, videoBodySchema, musicBodySchema]),
      answer: quoteSchema,
    },
  },
  "/v1/chat/completions": {
    post: {
      summary: "A chat completion, in one piece or as server-sent events",
      body: chatBodySchema,
      parameters: [payment, singlePayment],
      security: payable,
    },
  },
  "/v1/tabs/{tabId}": {
    get: { summary: "Where a tab stands", answer: tabStatusSchema, parameters: [tabId, session], security: signedIn },
  },
  "/v1/tabs/{tabId}/statement": {
    get: {
      summary: "Receipts, failed requests and seals",
      answer: statementSchema,
      parameters: [tabId, session, query("after"), query("limit")],
      security: signedIn,
    },
  },
  "/v1/tabs/{tabId}/vouchers": {
    post: { summary: "Sign for what was served", body: signedVoucherSchema, status: 204, parameters: [tabId] },
  },
  "/v1/tabs/{tabId}/close": {
    post: { summary: "Settle, then pay back what is left", body: closeTabSchema, status: 202, parameters: [tabId] },
  },
  "/v1/seals": {
    get: {
      summary: "What this operator countersigned",
      answer: z.object({ seals: z.array(sealSchema), next: z.string().nullable() }),
      parameters: [query("tabId"), query("after"), query("limit")],
    },
  },
  "/v1/sponsor/purchases": sponsored("Buy credits", sponsoredPurchaseSchema),
  "/v1/sponsor/tabs": sponsored("Open a tab", sponsoredTabSchema),
  "/v1/sponsor/top-ups": sponsored("Top up a tab", sponsoredTopUpSchema),
  "/v1/sponsor/extensions": sponsored("Extend a tab", sponsoredExtensionSchema),
  "/v1/sponsor/rotations": sponsored("Replace a tab's session key", sponsoredRotationSchema),
  "/v1/sponsor/closures": sponsored("Ask to close a tab", sponsoredClosureSchema),
  "/v1/sponsor/codes": sponsored("Redeem a promotion's code", sponsoredCodeSchema),
  "/v1/sponsor/grants": sponsored("Claim a contribution's bonus", signedGrantSchema),
  "/v1/auth/nonce": { get: { summary: "A nonce for a sign-in message", answer: z.object({ nonce: z.string() }) } },
  "/v1/auth/verify": {
    post: {
      summary: "Sign in with Ethereum (EIP-4361)",
      body: z.object({ message: z.string(), signature: z.string(), endOthers: z.boolean().optional() }),
      answer: signedInSchema,
    },
  },
  "/v1/auth/sessions": { delete: { summary: "End every sign-in of the account", status: 204, security: signedIn } },
  "/v1/personas": {
    put: {
      summary: "Upload a character's persona",
      body: personaUploadSchema,
      answer: z.object({ personaHash: z.string() }),
      security: signedIn,
    },
  },
  "/v1/characters/{id}/persona": {
    get: {
      summary: "A character's persona, for its owner",
      answer: personaUploadSchema,
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      security: signedIn,
    },
  },
  ...KEY_PATHS,
  ...MAKING_PATHS,
  ...PEOPLE_PATHS,
  ...REWARD_PATHS,
  ...MARKET_PATHS,
  ...X402_PATHS,
  "/v1/content": {
    post: {
      summary: "Store a card, a work's metadata, the text of a review, or an image",
      body: z.union([cardSchema, workMetadataSchema, reviewTextSchema]),
      bodyTypes: ["application/json", "image/png", "image/jpeg", "image/webp"],
      answer: z.object({ cid: z.string(), uri: z.string() }),
      security: signedIn,
    },
  },
  "/ipfs/{cid}": {
    get: {
      summary: "Stored bytes",
      media: "application/octet-stream",
      parameters: [{ name: "cid", in: "path", required: true, schema: { type: "string" } }],
    },
  },
  "/v1/reports": {
    post: { summary: "Report a character, an answer, a work or a review", body: reportSchema, status: 202 },
  },
  "/v1/privacy": { get: { summary: "The same as data" } },
  "/privacy": { get: { summary: "What the operator sees and keeps", media: "text/html" } },
  "/health": { get: { summary: "Whether the process lives" } },
  "/ready": { get: { summary: "Whether it can serve" } },
  "/metrics": { get: { summary: "Prometheus metrics", media: "text/plain" } },
};

/** The OpenAPI 3.1 description of this relayer, made of the schemas that it validates with. */
export function openapi(publicUrl: string): unknown {
  return {
    openapi: "3.1.0",
    info: {
      title: "Stelai relayer",
      version: "1",
      description: "OpenAI-compatible inference by AI characters, metered by signed vouchers.",
      license: { name: "MIT" },
    },
    servers: [{ url: publicUrl }],
    paths: Object.fromEntries(
      Object.entries(PATHS).map(([path, operations]) => [
        path,
        Object.fromEntries(Object.entries(operations).map(([method, operation]) => [method, describe(operation)])),
      ]),
    ),
    components: {
      securitySchemes: {
        wallet: { type: "http", scheme: "bearer", description: "Token of POST /v1/auth/verify" },
        budgetKey: { type: "http", scheme: "bearer", description: "An API key of POST /v1/budget-keys: sk-stelai-…" },
        sessionKey: {
          type: "apiKey",
          in: "header",
          name: "Stelai-Account",
          description: "base64url of a JSON account, signed by a bound session key; see the schema Account",
        },
      },
      schemas: {
        Error: schema(errorSchema),
        Payment: schema(paymentSchema),
        Session: schema(sessionSchema),
        Account: schema(accountSchema),
      },
    },
  };
}

const JSON_ONLY = ["application/json"];

function sponsored(what: string, body: z.ZodType): Readonly<Record<string, Operation>> {
  return { post: { summary: `${what}, sent by the operator`, body, answer: sponsoredSchema, status: 202 } };
}

function describe({
  summary,
  body,
  answer,
  status = 200,
  parameters,
  security,
  media,
  bodyTypes = JSON_ONLY,
}: Operation) {
  const content = answer === undefined ? media && { [media]: {} } : { "application/json": { schema: schema(answer) } };
  return {
    summary,
    ...(parameters === undefined ? {} : { parameters }),
    ...(security === undefined ? {} : { security }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: Object.fromEntries(bodyTypes.map((type) => [type, { schema: schema(body) }])),
          },
        }),
    responses: {
      [status]: { description: "Done", ...(content ? { content } : {}) },
      default: {
        description: "OpenAI's error shape",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
      },
    },
  };
}
