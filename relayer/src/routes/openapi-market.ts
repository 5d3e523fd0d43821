import {
  contentKeySchema,
  deliverySchema,
  depositRequestSchema,
  depositSchema,
  moderationDecisionSchema,
  moderationQueueSchema,
  REPORT_STATES,
  votesSchema,
  workDepositSchema,
} from "@stelai/sdk/wire";
import type { Operation } from "./openapi.ts";

const inPath = (name: string) => ({ name, in: "path", required: true, schema: { type: "string" } });
const inQuery = (name: string, values?: readonly string[]) => ({
  ...{ name, in: "query", schema: { type: "string", ...(values === undefined ? {} : { enum: values }) } },
});
const security = [{ wallet: [] }, { sessionKey: [] }];
const id = inPath("id");
const subject = { ...inPath("subject"), description: "character:7 or work:12" };

const fileHeaders = [
  {
    name: "Stelai-File-Key",
    in: "header",
    description:
      "Of an encrypted file as the body (12 bytes nonce, ciphertext, 16 bytes tag; AES-256-GCM): its key, 32 bytes in " +
      "base64url.",
    schema: { type: "string" },
  },
  {
    name: "Stelai-Content-Hash",
    in: "header",
    description: "keccak256 of the file before it was encrypted.",
    schema: { type: "string" },
  },
  {
    ...inQuery("modality", ["Image", "Video", "Voice", "Music"]),
    description: "Of a sound that is brought along: Voice when somebody speaks; else it is Music.",
  },
];

/** Deposits, keys and deliveries of works; helpful votes; what moderators see. */
export const MARKET_PATHS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  "/v1/deposits": {
    post: {
      summary: "Deposit what is to be sold: a generation of the account, or an encrypted file",
      body: depositRequestSchema,
      bodyTypes: ["application/json", "application/octet-stream"],
      answer: depositSchema,
      parameters: fileHeaders,
      security,
    },
  },
  "/v1/deposits/{contentHash}": {
    get: {
      summary: "A deposit of the account, kept for 30 days from now at least; 404 once its file is lost",
      answer: depositSchema,
      parameters: [inPath("contentHash")],
      security,
    },
  },
  "/v1/works/{id}/deposit": {
    get: { summary: "Whether this operator can deliver a work", answer: workDepositSchema, parameters: [id] },
  },
  "/v1/licences/{id}/key": {
    get: {
      summary: "What opens a work's file, for who holds this licence",
      answer: contentKeySchema,
      parameters: [id],
      security,
    },
  },
  "/v1/works/{id}/key": {
    get: {
      summary: "What opens a work's file, for who owns the work",
      answer: contentKeySchema,
      parameters: [id],
      security,
    },
  },
  "/v1/licences/{id}/delivery": {
    get: { summary: "Where a delivery stands", answer: deliverySchema, parameters: [id] },
  },
  "/v1/votes/{subject}": {
    get: { summary: "Who finds which reviews helpful", answer: votesSchema, parameters: [subject] },
  },
  "/v1/votes/{subject}/{author}": {
    put: { summary: "Find a review helpful", status: 204, parameters: [subject, inPath("author")], security },
    delete: { summary: "Take that back", status: 204, parameters: [subject, inPath("author")], security },
  },
  "/v1/moderation/reports": {
    get: {
      summary: "Reports, for who holds the role MODERATOR on the chain",
      answer: moderationQueueSchema,
      parameters: [inQuery("state", REPORT_STATES), inQuery("before"), inQuery("limit")],
      security,
    },
  },
  "/v1/moderation/reports/{id}": {
    post: {
      summary: "Close or reopen a report",
      body: moderationDecisionSchema,
      status: 204,
      parameters: [id],
      security,
    },
  },
};
