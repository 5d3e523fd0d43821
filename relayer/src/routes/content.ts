import { Hono } from "hono";
import { HARMLESS, matches } from "../content/harmless.ts";
import { MAX_UPLOAD_BYTES } from "../content/limits.ts";
import { mediaTypeOf } from "../content/media.ts";
import { parseCid, uriOf } from "../content/store.ts";
import { checkUpload } from "../content/upload.ts";
import { NotFoundError } from "../errors.ts";
import { type AppEnv, available, json, readBody } from "../http.ts";
import { requireSignedIn } from "../people/authorize.ts";
import type { Services } from "../services.ts";

type Needs = Pick<Services, "config" | "content" | "people" | "limits">;

/** Types that a browser may open as a page of their own; the rest it can only save, or show in an `<img>`. */
const INLINE: ReadonlySet<string> = new Set(["application/json", "image/png", "image/jpeg", "image/webp"]);

/** `POST /v1/content` and `GET /ipfs/:cid`. */
export function contentRoutes(services: Needs): Hono<AppEnv> {
  const { config, content, people } = services;
  const uploads = services.limits.perMinute("content.uploads", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  routes.post("/v1/content", async (context) => {
    const account = await requireSignedIn(context, people);
    uploads.take(account);
    const bytes = await readBody(context, MAX_UPLOAD_BYTES);
    checkUpload(bytes);
    await people.quotas.take(
      [
        { scope: "content.files", subject: account, amount: 1n, limit: BigInt(config.CONTENT_FILES_PER_DAY) },
        {
          scope: "content.bytes",
          subject: account,
          amount: BigInt(bytes.length),
          limit: BigInt(config.CONTENT_BYTES_PER_DAY),
        },
      ],
      "You have uploaded as much as one account may in a day. Try again tomorrow.",
    );
    const cid = await available("The storage", content.add(bytes));
    return json({ cid: cid.toString(), uri: uriOf(cid) });
  });

  routes.get("/ipfs/:cid", async (context) => {
    const cid = parseCid(context.req.param("cid"));
    if (cid === undefined) throw new NotFoundError("This is not the CID of a file.");
    const etag = `"${cid}"`;
    const bytes = await available("The storage", content.get(cid));
    if (bytes === undefined)
      throw new NotFoundError("This file is not stored here. Ask the operator that published it.");
    const type = mediaTypeOf(bytes);
    const headers = {
      ...HARMLESS,
      "Cache-Control": "public, max-age=31536000, immutable",
      ETag: etag,
      "Content-Disposition": INLINE.has(type) ? "inline" : "attachment",
    };
    if (matches(context.req.header("If-None-Match"), etag)) return new Response(null, { status: 304, headers });
    return new Response(Uint8Array.from(bytes), {
      headers: { ...headers, "Content-Type": contentType(type), "Content-Length": String(bytes.length) },
    });
  });

  return routes;
}

function contentType(type: string): string {
  if (type === "application/json") return "application/json; charset=utf-8";
  return type === "text/html" ? "application/octet-stream" : type;
}
