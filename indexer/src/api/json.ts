import type { Context } from "hono";

/** Replies with JSON in which every bigint is a decimal string. */
export function toJson(context: Context, body: unknown): Response {
  const text = JSON.stringify(body, (_key, value) => (typeof value === "bigint" ? value.toString() : value));
  return context.body(text, 200, { "Content-Type": "application/json" });
}
