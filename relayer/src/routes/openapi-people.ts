import {
  accountInfoSchema,
  cardSchema,
  characterVersionsSchema,
  followsSchema,
  historyEntrySchema,
  historyListSchema,
  knowledgeFileSchema,
  knowledgeListSchema,
  NOTIFICATION_KINDS,
  notificationsSchema,
  profileNamesSchema,
  profileSchema,
  profileUpdateSchema,
  pushSubscriptionSchema,
} from "@stelai/sdk/wire";
import * as z from "zod";
import type { Operation } from "./openapi.ts";

const inPath = (name: string) => ({ name, in: "path", required: true, schema: { type: "string" } });
const query = (name: string) => ({ name, in: "query", schema: { type: "string" } });
const security = [{ wallet: [] }, { sessionKey: [] }];
const id = inPath("id");

/** What an operator keeps for people: accounts, profiles, notifications, history, knowledge. */
export const PEOPLE_PATHS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  "/v1/account": {
    get: { summary: "What this operator knows of the account", answer: accountInfoSchema, security },
    delete: { summary: "Forget the account, but for what money needs", status: 204, security },
  },
  "/v1/account/limit": {
    put: {
      summary: "Limit what is spent a UTC day, over all tabs",
      body: z.object({ dailyLimit: z.string().nullable() }),
      status: 204,
      security,
    },
  },
  "/v1/account/export": {
    get: { summary: "Everything that is kept of the account", answer: z.record(z.string(), z.unknown()), security },
  },
  "/v1/profiles": {
    get: {
      summary: "Names of many accounts: of those that chose one",
      answer: profileNamesSchema,
      parameters: [{ ...query("addresses"), description: "Up to 100, separated by commas." }],
    },
  },
  "/v1/profiles/{address}": {
    get: { summary: "What an account says of itself", answer: profileSchema, parameters: [inPath("address")] },
  },
  "/v1/profile": {
    put: { summary: "Set one's own profile", body: profileUpdateSchema, answer: profileSchema, security },
  },
  "/v1/follows": { get: { summary: "Whom the account follows", answer: followsSchema, security } },
  "/v1/follows/{address}": {
    put: { summary: "Follow", status: 204, parameters: [inPath("address")], security },
    delete: { summary: "Unfollow", status: 204, parameters: [inPath("address")], security },
  },
  "/v1/notifications": {
    get: {
      summary: "The account's feed, newest first",
      answer: notificationsSchema,
      parameters: [query("before"), query("limit")],
      security,
    },
  },
  "/v1/notifications/read": {
    post: { summary: "Mark as read", body: z.object({ upTo: z.string() }), status: 204, security },
  },
  "/v1/notifications/muted": {
    put: {
      summary: "Kinds that are not sent by push and mail",
      body: z.object({ kinds: z.array(z.enum(NOTIFICATION_KINDS)) }),
      status: 204,
      security,
    },
  },
  "/v1/push": {
    put: { summary: "Send notifications to this browser", body: pushSubscriptionSchema, status: 204, security },
    delete: {
      summary: "Send no more to this browser",
      body: pushSubscriptionSchema.pick({ endpoint: true }),
      status: 204,
      security,
    },
  },
  "/v1/mail": {
    put: {
      summary: "Send notifications by mail, once the address is confirmed",
      body: z.object({ address: z.string().nullable() }),
      status: 204,
      security,
    },
  },
  "/v1/mail/confirm": {
    get: { summary: "Ask whether to confirm an address", media: "text/html", parameters: [query("token")] },
    post: { summary: "Confirm an address", media: "text/html", parameters: [query("token")] },
  },
  "/v1/mail/unsubscribe": {
    get: { summary: "Ask whether to end mail", media: "text/html", parameters: [query("token")] },
    post: { summary: "End mail (RFC 8058)", media: "text/html", parameters: [query("token")] },
  },
  "/v1/history": { get: { summary: "Conversations kept here, encrypted", answer: historyListSchema, security } },
  "/v1/history/{id}": {
    get: { summary: "One conversation", answer: historyEntrySchema, parameters: [id], security },
    put: {
      summary: "Write a conversation over the version that was read",
      body: historyEntrySchema.pick({ data: true }).extend({ replaces: z.int().nullable() }),
      answer: z.object({ version: z.int() }),
      parameters: [id],
      security,
    },
    delete: { summary: "Delete a conversation", status: 204, parameters: [id], security },
  },
  "/v1/cards": {
    put: {
      summary: "Keep a private character's card",
      body: cardSchema,
      answer: z.object({ uri: z.string() }),
      security,
    },
  },
  "/v1/characters/{id}/knowledge": {
    get: { summary: "Files a character knows, for its owner", answer: knowledgeListSchema, parameters: [id], security },
    post: {
      summary: "Give it a file: the bytes of text, Markdown or PDF",
      answer: knowledgeFileSchema,
      status: 201,
      parameters: [id, query("name")],
      security,
    },
  },
  "/v1/characters/{id}/knowledge/{fileId}": {
    delete: { summary: "Take a file away", status: 204, parameters: [id, inPath("fileId")], security },
  },
  "/v1/characters/{id}/versions": {
    get: { summary: "How a character changed", answer: characterVersionsSchema, parameters: [id] },
  },
};
