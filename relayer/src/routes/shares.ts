import { address, shareRequestSchema } from "@stelai/sdk/wire";
import { type Context, Hono } from "hono";
import { getAddress } from "viem";
import { matches } from "../content/harmless.ts";
import { NotFoundError } from "../errors.ts";
import { type AppEnv, json, readJson, validate } from "../http.ts";
import { requireAccount } from "../people/accounts.ts";
import { webUrlOf } from "../people/index.ts";
import type { Services } from "../services.ts";
import { PAGE_HEADERS, type SharePage, sharePage } from "../shares/page.ts";
import type { Shown } from "../shares/showcase.ts";

type Needs = Pick<Services, "config" | "people" | "shares" | "sharePictures" | "showcase" | "limits">;

const MAX_BODY_BYTES = 16_384;
/** What is shown may be hidden soon: pictures and pages are asked for again after five minutes. */
const PICTURE_HEADERS = {
  "Content-Type": "image/png",
  "Cache-Control": PAGE_HEADERS["Cache-Control"],
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
};

/** `/v1/shares`: what an account shows around; `/share/…`: the pages and pictures that everybody sees. */
export function shareRoutes({ limits, config, people, shares, sharePictures, showcase }: Needs): Hono<AppEnv> {
  const writes = limits.perMinute("shares.writes", config.RATE_WRITES_PER_MINUTE);
  const views = limits.perMinute("shares.views", config.RATE_FILES_PER_MINUTE);
  const drawings = limits.perMinute("shares.drawings", config.RATE_DRAWINGS_PER_MINUTE);
  const webUrl = webUrlOf(config);
  const routes = new Hono<AppEnv>();

  routes.post("/v1/shares", async (context) => {
    const account = await requireAccount(context, people);
    writes.take(account);
    return json(await shares.add(account, await readJson(context, MAX_BODY_BYTES, shareRequestSchema)));
  });

  routes.get("/v1/shares", async (context) => {
    const account = await requireAccount(context, people);
    return json({ shares: await shares.own(account) }, 200, { "Cache-Control": "no-store" });
  });

  routes.delete("/v1/shares/:id", async (context) => {
    const account = await requireAccount(context, people);
    await shares.remove(account, context.req.param("id"));
    return context.body(null, 204);
  });

  routes.get("/share/invite/:address", async (context) => {
    const shown = await inviteOf(context);
    return page(shown, `${config.publicUrl}${new URL(context.req.url).pathname}`);
  });
  routes.get("/share/invite/:address/image.png", async (context) => picture(context, await inviteOf(context)));

  routes.get("/share/:id", async (context) => page(await shareOf(context), shares.urlOf(idIn(context))));
  routes.get("/share/:id/image.png", async (context) => picture(context, await shareOf(context)));

  /** What a referral link shows. */
  const inviteOf = async (context: Context<AppEnv>): Promise<Shown> => {
    views.take(people.quotas.addressKey(context.get("ip")));
    const account = getAddress(validate(context.req.param("address"), address, "address"));
    if (await showcase.isBlocked(account)) throw new NotFoundError("There is no such invitation here.");
    const name = await showcase.chosenName(account);
    return {
      // Whoever chose no name shares one picture with all others: anybody can make up addresses.
      title: name === undefined ? "You are invited to Stelai" : `${name} invites you to Stelai`,
      byline: "Characters to talk to, and tools to create with.",
      label: "An invitation",
      ...{ pictureId: null, picture: async () => undefined },
      path: `/?ref=${account}`,
    };
  };

  const shareOf = async (context: Context<AppEnv>): Promise<Shown> => {
    views.take(people.quotas.addressKey(context.get("ip")));
    return shares.show(idIn(context));
  };

  const page = ({ title, byline, label, path }: Shown, url: string): Response => {
    const said: SharePage = {
      title,
      description: `${label} · ${byline}`,
      url,
      imageUrl: `${url}/image.png`,
      target: webUrl + path,
    };
    return new Response(sharePage(said), { headers: PAGE_HEADERS });
  };

  const picture = async (context: Context<AppEnv>, shown: Shown): Promise<Response> => {
    const etag = sharePictures.etagOf(shown);
    const headers = { ...PICTURE_HEADERS, ETag: etag };
    if (matches(context.req.header("If-None-Match"), etag)) return new Response(null, { status: 304, headers });
    const network = people.quotas.addressKey(context.get("ip"));
    const { bytes, isWhole } = await sharePictures.of(shown, () => drawings.take(network));
    const length = { "Content-Length": String(bytes.length) };
    const about = isWhole ? headers : { ...PICTURE_HEADERS, "Cache-Control": "no-store" };
    return new Response(Uint8Array.from(bytes), { headers: { ...about, ...length } });
  };

  return routes;
}

function idIn(context: Context<AppEnv>): string {
  return context.req.param("id") ?? "";
}
