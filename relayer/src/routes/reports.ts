import { address, reportSchema, uint48 } from "@stelai/sdk/wire";
import { Hono } from "hono";
import * as z from "zod";
import { requireWork } from "../chain/market.ts";
import { NotFoundError } from "../errors.ts";
import { type AppEnv, json, readJson, validate } from "../http.ts";
import { requireAdmin, requireUse, signedIn } from "../people/authorize.ts";
import type { Services } from "../services.ts";

type Needs = Pick<Services, "config" | "people" | "chain" | "limits">;

const MAX_BODY_BYTES = 65_536;

const blockSchema = z.object({ reason: z.string().trim().min(1).max(500) });
const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.uuid().optional(),
});

/** `POST /v1/reports`, and the operator's `/v1/admin/reports` and `/v1/admin/blocks`. */
export function reportRoutes({ limits, config, people, chain }: Needs): Hono<AppEnv> {
  const { blocklist, quotas } = people;
  const perAddress = limits.perMinute("reports.perAddress", config.RATE_WRITES_PER_MINUTE);
  const admins = limits.perMinute("reports.admins", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  routes.post("/v1/reports", async (context) => {
    perAddress.take(context.get("ip"));
    const report = await readJson(context, MAX_BODY_BYTES, reportSchema);
    const { characterId, workId } = report;
    const account =
      characterId === undefined
        ? await signedIn(context, people)
        : await requireUse(context, people, { id: characterId });
    if (workId !== undefined) await requireWork(chain, workId);
    const limit = BigInt(config.REPORTS_PER_DAY);
    const claims = [
      { scope: "reports.address", subject: quotas.addressKey(context.get("ip")), amount: 1n, limit } as const,
    ];
    const byAccount =
      account === undefined ? [] : [{ scope: "reports.account", subject: account, amount: 1n, limit } as const];
    await quotas.take(
      [...claims, ...byAccount],
      "You have sent as many reports as we take in a day. Try again tomorrow.",
    );
    return json({ id: await blocklist.report(report, account) }, 202);
  });

  routes.use("/v1/admin/*", async (context, next) => {
    admins.take(context.get("ip"));
    requireAdmin(context, config.ADMIN_TOKEN);
    await next();
    context.res.headers.set("Cache-Control", "no-store");
  });

  routes.get("/v1/admin/reports", async (context) => {
    const { limit, before } = validate(context.req.query(), pageSchema);
    const reports = await blocklist.reports(limit, before);
    return json({ reports, next: reports.length === limit ? (reports.at(-1)?.id ?? null) : null });
  });

  routes.get("/v1/admin/blocks", async () => json({ blocks: await blocklist.blocks() }));

  routes.put("/v1/admin/blocks/characters/:id", async (context) => {
    const id = validate(context.req.param("id"), uint48, "id");
    await blocklist.blockCharacter(id, (await readJson(context, MAX_BODY_BYTES, blockSchema)).reason);
    return context.body(null, 204);
  });

  routes.put("/v1/admin/blocks/accounts/:id", async (context) => {
    const account = validate(context.req.param("id"), address, "id");
    await blocklist.blockAccount(account, (await readJson(context, MAX_BODY_BYTES, blockSchema)).reason);
    return context.body(null, 204);
  });

  routes.delete("/v1/admin/blocks/characters/:id", async (context) => {
    const id = validate(context.req.param("id"), uint48, "id");
    if (!(await blocklist.unblockCharacter(id))) throw new NotFoundError(`Character ${id} is not blocked.`);
    return context.body(null, 204);
  });

  routes.delete("/v1/admin/blocks/accounts/:id", async (context) => {
    const account = validate(context.req.param("id"), address, "id");
    if (!(await blocklist.unblockAccount(account))) throw new NotFoundError(`Account ${account} is not blocked.`);
    return context.body(null, 204);
  });

  return routes;
}
