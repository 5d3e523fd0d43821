import { closeTabSchema, signedVoucherSchema, uint64 } from "@stelai/sdk/wire";
import { type Context, Hono } from "hono";
import * as z from "zod";
import { sameAddress } from "../chain/index.ts";
import { NotOwnerError } from "../errors.ts";
import { type AppEnv, available, json, readJson, validate } from "../http.ts";
import { InvalidSessionError, TabNotFoundError, VoucherRefusedError } from "../metering/errors.ts";
import { tabOfSession } from "../metering/sessions.ts";
import { statementOf, statusOf } from "../metering/statement.ts";
import type { TabRow } from "../metering/tabs.ts";
import { requireSignedIn } from "../people/authorize.ts";
import type { Services } from "../services.ts";

const pageSchema = z.object({
  after: uint64.default(0n),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** Everything under `/v1/tabs/:tabId`. */
export function tabRoutes(services: Services): Hono<AppEnv> {
  const { config, metering, operator, people, settlement, store } = services;
  // A voucher follows every request, so there are as many as of those.
  const writes = services.limits.perMinute("tabs.writes", config.RATE_WRITES_PER_MINUTE * 100);
  const routes = new Hono<AppEnv>();

  /** The tab, for its session key or its payer. */
  const readable = async (context: Context<AppEnv>): Promise<TabRow> => {
    const tabId = tabIdOf(context);
    const header = context.req.header("Stelai-Session");
    if (header !== undefined) {
      const tab = await tabOfSession(metering, header);
      if (tab.tabId !== tabId) throw new InvalidSessionError(`This session is for tab ${tab.tabId}.`);
      return tab;
    }
    const account = await requireSignedIn(context, people);
    const tab = await find(tabId);
    if (!sameAddress(tab.payer, account)) throw new NotOwnerError("This tab was opened by another account.");
    return tab;
  };

  const find = async (tabId: bigint): Promise<TabRow> => {
    const tab = await available("The chain", metering.tabs.find(tabId));
    if (tab === undefined) throw new TabNotFoundError(tabId);
    return tab;
  };

  routes.get("/v1/tabs/:tabId", async (context) => json(statusOf(await readable(context))));

  routes.get("/v1/tabs/:tabId/statement", async (context) => {
    const { after, limit } = validate(context.req.query(), pageSchema);
    const { tabId } = await readable(context);
    return json(await statementOf(store, operator.address, tabId, after, limit));
  });

  routes.post("/v1/tabs/:tabId/vouchers", async (context) => {
    writes.take(context.get("ip"));
    const tabId = tabIdOf(context);
    const signed = await readJson(context, config.BODY_LIMIT, signedVoucherSchema);
    if (signed.voucher.tabId !== tabId) throw new VoucherRefusedError("wrong_tab");
    await metering.acceptVoucher(signed);
    // What waited for it may go on.
    services.generations.nudge();
    return new Response(null, { status: 204 });
  });

  routes.post("/v1/tabs/:tabId/close", async (context) => {
    writes.take(context.get("ip"));
    const tabId = tabIdOf(context);
    const { total, signature } = await readJson(context, config.BODY_LIMIT, closeTabSchema);
    await metering.requestClose(tabId, total, signature);
    settlement.nudge();
    return json({ tabId, total }, 202);
  });

  return routes;
}

function tabIdOf(context: Context<AppEnv>): bigint {
  return validate(context.req.param("tabId"), uint64, "tabId");
}
