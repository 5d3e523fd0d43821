import { type AccountInfo, pushSubscriptionSchema, uint40 } from "@stelai/sdk/wire";
import { Hono } from "hono";
import { html } from "hono/html";
import * as z from "zod";
import { type AppEnv, json, readJson } from "../http.ts";
import { requireAccount } from "../people/accounts.ts";
import { deleteAccount, exportAccount } from "../people/portability.ts";
import type { Services } from "../services.ts";

const MAX_BODY_BYTES = 16_384;
const PRIVATE = { "Cache-Control": "no-store" };

const limitSchema = z.object({ dailyLimit: uint40.nullable() });
const mailSchema = z.object({ address: z.string().trim().max(254).nullable() });
const endpointSchema = pushSubscriptionSchema.pick({ endpoint: true });

/** `/v1/account`, `/v1/push` and `/v1/mail`: what an account set here, how it is reached, and all that is kept of it. */
export function accountRoutes(services: Services): Hono<AppEnv> {
  const { config, people, store } = services;
  const { accounts, limits, push, mail } = people;
  const writes = services.limits.perMinute("account.writes", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  routes.get("/v1/account", async (context) => {
    const account = await requireAccount(context, people);
    const settings = await accounts.of(account);
    const mailed = await mail.of(account);
    const info: AccountInfo = {
      address: account,
      dailyLimit: settings?.dailyLimit ?? null,
      spentToday: await limits.spentToday(account),
      resetsAt: limits.resetsAt(),
      pushKey: await push.publicKey(),
      mail: { enabled: mail.isEnabled, address: mailed?.address ?? null, confirmed: mailed?.isConfirmed ?? false },
      muted: settings?.muted ?? [],
    };
    return json(info, 200, PRIVATE);
  });

  routes.put("/v1/account/limit", async (context) => {
    const account = await requireAccount(context, people);
    await limits.set(account, (await readJson(context, MAX_BODY_BYTES, limitSchema)).dailyLimit);
    return context.body(null, 204);
  });

  routes.get("/v1/account/export", async (context) => {
    const account = await requireAccount(context, people);
    writes.take(account);
    const headers = { ...PRIVATE, "Content-Disposition": 'attachment; filename="stelai-account.json"' };
    return json(await exportAccount(store.db, services, account), 200, headers);
  });

  routes.delete("/v1/account", async (context) => {
    const account = await requireAccount(context, people);
    await deleteAccount(store.db, services, account);
    return context.body(null, 204);
  });

  routes.put("/v1/push", async (context) => {
    const account = await requireAccount(context, people);
    writes.take(account);
    await push.save(account, await readJson(context, MAX_BODY_BYTES, pushSubscriptionSchema));
    return context.body(null, 204);
  });

  routes.delete("/v1/push", async (context) => {
    const account = await requireAccount(context, people);
    await push.delete(account, (await readJson(context, MAX_BODY_BYTES, endpointSchema)).endpoint);
    return context.body(null, 204);
  });

  routes.put("/v1/mail", async (context) => {
    const account = await requireAccount(context, people);
    writes.take(account);
    await mail.set(account, (await readJson(context, MAX_BODY_BYTES, mailSchema)).address);
    return context.body(null, 204);
  });

  // Programs that look at links before their reader does would confirm by a GET.
  routes.get("/v1/mail/confirm", (context) => {
    const action = `/v1/mail/confirm?token=${encodeURIComponent(context.req.query("token") ?? "")}`;
    const button = html`<form method="post" action="${action}"><button>Confirm this address</button></form>`;
    return page("Notifications by mail?", "Stelai's notifications will come to this address.", button);
  });

  routes.post("/v1/mail/confirm", async (context) => {
    writes.take(context.get("ip"));
    await mail.confirm(context.req.query("token") ?? "");
    return page("This address is confirmed", "Notifications come here from now on. You may close this page.");
  });

  routes.get("/v1/mail/unsubscribe", (context) => {
    const action = `/v1/mail/unsubscribe?token=${encodeURIComponent(context.req.query("token") ?? "")}`;
    const button = html`<form method="post" action="${action}"><button>Send no more mail</button></form>`;
    return page("No more mail?", "Notifications stay in your feed.", button);
  });

  // One click (RFC 8058): mail programs post it by themselves.
  routes.post("/v1/mail/unsubscribe", async (context) => {
    writes.take(context.get("ip"));
    await mail.unsubscribe(context.req.query("token") ?? "");
    return page("No more mail", "No notifications are mailed any more. They stay in your feed.");
  });

  return routes;
}

function page(title: string, text: string, more: unknown = ""): Response {
  const body = html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>${text}</p>${more}</main></body>
</html>`;
  return new Response(String(body), {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cache-Control": "no-store",
    },
  });
}
