import type { Context } from "hono";
import { type Address, isAddress } from "viem";
import { dayOfDate, type Range } from "./statement.ts";

/** Thrown when a parameter is wrong; {@link toResponse} turns it into HTTP. */
export class ParameterError extends Error {
  override readonly name = "ParameterError";
  readonly param: string;
  constructor(param: string, message: string) {
    super(message);
    this.param = param;
  }
}

/** Thrown when there is nothing of that name; {@link toResponse} turns it into HTTP. */
export class NotFoundError extends Error {
  override readonly name = "NotFoundError";
}

/** Replies to a wrong parameter in the relayer's shape of errors; everything else is Ponder's to report. */
export function toResponse(error: Error, context: Context): Response {
  if (error instanceof NotFoundError) {
    const { message } = error;
    return context.json({ error: { message, type: "invalid_request_error", param: "id", code: "not_found" } }, 404);
  }
  if (!(error instanceof ParameterError)) throw error;
  const { message, param } = error;
  return context.json({ error: { message, type: "invalid_request_error", param, code: "invalid_request" } }, 400);
}

function refuse(param: string, message: string): never {
  throw new ParameterError(param, message);
}

/** The `:address` of a route, in lower case as the tables keep it. */
export function addressOf(context: Context): Address {
  const address = context.req.param("address") ?? "";
  if (!isAddress(address, { strict: false })) refuse("address", "The address must be 0x and 40 hexadecimal digits.");
  return address.toLowerCase() as Address;
}

/** `?from=&to=` as days; without them all of time. */
export function rangeOf(context: Context): Range {
  const day = (name: "from" | "to", otherwise: number) => {
    const date = context.req.query(name);
    if (date === undefined) return otherwise;
    return dayOfDate(date) ?? refuse(name, `${name} must be a date such as 2026-11-21.`);
  };
  return { from: day("from", 0), to: day("to", Number.MAX_SAFE_INTEGER) };
}

/** `?month=`, such as `2026-11`; undefined when there is none. */
export function monthIn(context: Context): string | undefined {
  const month = context.req.query("month");
  if (month === undefined || /^(19[7-9]\d|[2-9]\d{3})-(0[1-9]|1[0-2])$/.test(month)) return month;
  return refuse("month", "month must be a month such as 2026-11.");
}

/** One of `options` given as a query parameter; the first when there is none. */
export function optionOf<const Option extends string>(
  context: Context,
  name: string,
  options: readonly [Option, ...Option[]],
): Option {
  const given = context.req.query(name);
  if (given === undefined) return options[0];
  return options.find((option) => option === given) ?? refuse(name, `${name} must be one of ${options.join(", ")}.`);
}

/** `?limit=`, a whole number from 1 to `most`. */
export function limitOf(context: Context, standard: number, most: number): number {
  return wholeOf(context, "limit", standard, most);
}

/** A whole number from 1 to `most` given as a query parameter; `standard` when there is none. */
export function wholeOf(context: Context, name: string, standard: number, most: number): number {
  const given = context.req.query(name);
  if (given === undefined) return standard;
  const whole = /^\d{1,9}$/.test(given) ? Number(given) : 0;
  if (whole >= 1 && whole <= most) return whole;
  return refuse(name, `${name} must be a whole number from 1 to ${most}.`);
}

/** `?before=` or `?after=`, an id that an earlier answer gave as `next`. */
export function cursorOf(context: Context, name: "before" | "after" = "before"): string | undefined {
  const given = context.req.query(name);
  if (given === undefined || /^\d{75}(-\d{5})?$/.test(given)) return given;
  return refuse(name, `${name} must be the \`next\` of an earlier answer.`);
}

/** `?after=` of reviews: by what they are sorted, and the id of the last one. */
export function reviewCursorOf(context: Context): { key: string; id: string } | undefined {
  const given = context.req.query("after");
  if (given === undefined) return undefined;
  const [, key, id] = /^(\d{1,40})-(\d{75})$/.exec(given) ?? [];
  if (key && id) return { key, id };
  return refuse("after", "after must be the `next` of an earlier answer.");
}

/** `?after=` of a list by id: the last one's. */
export function idCursorOf(context: Context): bigint | undefined {
  const given = context.req.query("after");
  if (given === undefined) return undefined;
  return isId(given) ? BigInt(given) : refuse("after", "after must be the `next` of an earlier answer.");
}

/** `?after=` of orders by their deadline: what they are sorted by, and the id of the last one. */
export function orderCursorOf(context: Context): { key: bigint; id: bigint } | undefined {
  const given = context.req.query("after");
  if (given === undefined) return undefined;
  const [, key, id] = /^(\d{1,15})-([1-9]\d{0,14})$/.exec(given) ?? [];
  if (key && id) return { key: BigInt(key), id: BigInt(id) };
  return refuse("after", "after must be the `next` of an earlier answer.");
}

/** The `:id` of a route: a character's, a work's, a licence's. */
export function idOf(context: Context): bigint {
  const id = context.req.param("id") ?? "";
  return isId(id) ? BigInt(id) : refuse("id", "The id must be a whole number above zero.");
}

function isId(text: string): boolean {
  return /^[1-9]\d{0,14}$/.test(text);
}
