import {
  budgetKeyListSchema,
  budgetKeyNameSchema,
  budgetKeySchema,
  budgetKeyTabSchema,
  budgetKeyUsageSchema,
  newBudgetKeySchema,
} from "@stelai/sdk/wire";
import type { Operation } from "./openapi.ts";

const security = [{ wallet: [] }, { sessionKey: [] }];
const id = { name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } };
const parameters = [id];

/** API keys for clients that can send nothing but a bearer token. */
export const KEY_PATHS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  "/v1/budget-keys": {
    get: { summary: "The account's API keys, with what is left of each", answer: budgetKeyListSchema, security },
    post: {
      summary: "Make an API key, which is told this once; then open a tab for its sessionAddress",
      ...{ body: budgetKeyNameSchema, answer: newBudgetKeySchema, status: 201, security },
    },
  },
  "/v1/budget-keys/{id}": {
    get: { summary: "One API key", answer: budgetKeySchema, parameters, security },
    put: { summary: "Rename an API key", body: budgetKeyNameSchema, answer: budgetKeySchema, parameters, security },
    delete: {
      summary: "Revoke an API key; what is left of its cap goes back to the account",
      ...{ answer: budgetKeySchema, status: 202, parameters, security },
    },
  },
  "/v1/budget-keys/{id}/tab": {
    post: {
      summary: "The tab that was opened for an API key, so that it is seen at once",
      ...{ body: budgetKeyTabSchema, answer: budgetKeySchema, parameters, security },
    },
  },
  "/v1/budget-keys/{id}/usage": {
    get: { summary: "What was charged, by day and by character", answer: budgetKeyUsageSchema, parameters, security },
  },
};
