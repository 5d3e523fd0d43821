import { address, reviewSubjectSchema } from "@stelai/sdk/wire";
import { type Context, Hono } from "hono";
import { type Address, getAddress } from "viem";
import { type AppEnv, json, validate } from "../http.ts";
import { requireAccount } from "../people/accounts.ts";
import { requireUse, signedIn } from "../people/authorize.ts";
import { type ReviewSubject, subjectIn } from "../people/votes.ts";
import type { Services } from "../services.ts";

/** `/v1/votes`: who finds which reviews helpful. */
export function voteRoutes({ limits, config, people }: Pick<Services, "limits" | "config" | "people">): Hono<AppEnv> {
  const { votes } = people;
  const writes = limits.perMinute("votes.writes", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  /** What the reviews are of; of a private character, for who may use it. */
  const subjectOf = async (context: Context<AppEnv>): Promise<ReviewSubject> => {
    const subject = subjectIn(validate(context.req.param("subject"), reviewSubjectSchema, "subject"));
    if (subject.kind === "character") await requireUse(context, people, subject);
    return subject;
  };
  const authorIn = (context: Context<AppEnv>): Address =>
    getAddress(validate(context.req.param("author"), address, "author"));

  routes.get("/v1/votes/:subject", async (context) => {
    const subject = await subjectOf(context);
    const viewer = await signedIn(context, people);
    return json(await votes.of(subject, viewer), 200, { "Cache-Control": "no-store" });
  });

  routes.put("/v1/votes/:subject/:author", async (context) => {
    const account = await requireAccount(context, people);
    writes.take(account);
    await votes.add(await subjectOf(context), authorIn(context), account, context.get("ip"));
    return context.body(null, 204);
  });

  routes.delete("/v1/votes/:subject/:author", async (context) => {
    const account = await requireAccount(context, people);
    writes.take(account);
    const subject = subjectIn(validate(context.req.param("subject"), reviewSubjectSchema, "subject"));
    await votes.remove(subject, authorIn(context), account);
    return context.body(null, 204);
  });

  return routes;
}
