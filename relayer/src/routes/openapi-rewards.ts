import {
  contributionRequestSchema,
  contributionsSchema,
  FEEDBACK_STATES,
  feedbackDecisionSchema,
  feedbackQueueSchema,
  feedbackRequestSchema,
  ownFeedbackSchema,
  sharedSchema,
  shareRequestSchema,
  sharesSchema,
  signedGrantSchema,
} from "@stelai/sdk/wire";
import * as z from "zod";
import type { Operation } from "./openapi.ts";

const inPath = (name: string) => ({ name, in: "path", required: true, schema: { type: "string" } });
const inQuery = (name: string, values?: readonly string[]) => ({
  ...{ name, in: "query", schema: { type: "string", ...(values === undefined ? {} : { enum: values }) } },
});
const security = [{ wallet: [] }, { sessionKey: [] }];
const id = inPath("id");
const address = inPath("address");

/** What people do for bonus credits: contributions, feedback and shares. */
export const REWARD_PATHS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  "/v1/contributions": {
    get: {
      summary: "What the account did that bonus credits are given for, and where each stands",
      answer: contributionsSchema,
      security,
    },
    post: {
      summary: "Have a deed vouched for: the grant that claims its bonus credits; the same again is the same grant",
      body: contributionRequestSchema,
      answer: signedGrantSchema,
      security,
    },
  },
  "/v1/feedback": {
    get: {
      summary: "What people told the operator, newest first, for who holds the role MODERATOR on the chain",
      answer: feedbackQueueSchema,
      parameters: [inQuery("state", FEEDBACK_STATES), inQuery("before"), inQuery("limit")],
      security,
    },
    post: {
      summary: "Tell the operator something",
      body: feedbackRequestSchema,
      answer: z.object({ id: z.string() }),
      status: 201,
      security,
    },
  },
  "/v1/feedback/own": {
    get: { summary: "What the account told the operator", answer: ownFeedbackSchema, security },
  },
  "/v1/feedback/{id}": {
    post: {
      summary: "Accept or decline feedback, as a moderator",
      body: feedbackDecisionSchema,
      status: 204,
      parameters: [id],
      security,
    },
  },
  "/v1/shares": {
    get: { summary: "What the account shares", answer: sharesSchema, security },
    post: {
      summary: "Share a work, a public character, or a generation of the account, whose preview is public from then on",
      body: shareRequestSchema,
      answer: sharedSchema,
      security,
    },
  },
  "/v1/shares/{id}": {
    delete: { summary: "Take a share back", status: 204, parameters: [id], security },
  },
  "/share/{id}": {
    get: { summary: "A share, for people and for programs that show links", media: "text/html", parameters: [id] },
  },
  "/share/{id}/image.png": {
    get: { summary: "Its picture, 1200 × 630", media: "image/png", parameters: [id] },
  },
  "/share/invite/{address}": {
    get: { summary: "A referral link, as a page like a share's", media: "text/html", parameters: [address] },
  },
  "/share/invite/{address}/image.png": {
    get: { summary: "Its picture, 1200 × 630", media: "image/png", parameters: [address] },
  },
};
