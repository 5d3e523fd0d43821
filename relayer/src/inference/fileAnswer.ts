import { madeFileSchema } from "@stelai/sdk/wire";
import { HARMLESS, matches } from "../content/harmless.ts";

/** Types that ever leave as what they are: pictures, sound and film. Nothing that a browser runs. */
const SERVED: ReadonlySet<string> = new Set(madeFileSchema.shape.mediaType.options);

/** A file that is to be answered. */
export type Served = {
  bytes: Uint8Array;
  mediaType: string;
  /** What it is called when it is saved. */
  name: string;
  /** Stands for these very bytes. */
  etag: string;
};

/**
 * A file, whole or a range of it (RFC 9110, section 14): one range; of several the whole is given, as it may be.
 * @param headers What the request says of ranges and of what it has.
 */
export function fileAnswer(
  { bytes, mediaType, name, etag }: Served,
  header: (name: string) => string | undefined,
  { isAttachment = false, more = {} }: { isAttachment?: boolean; more?: Readonly<Record<string, string>> } = {},
): Response {
  const isServed = SERVED.has(mediaType);
  const headers: Record<string, string> = {
    ...HARMLESS,
    ...more,
    ETag: etag,
    "Accept-Ranges": "bytes",
    "Content-Disposition": `${isServed && !isAttachment ? "inline" : "attachment"}; filename="${name}"`,
  };
  if (matches(header("If-None-Match"), etag)) return new Response(null, { status: 304, headers });
  headers["Content-Type"] = isServed ? mediaType : "application/octet-stream";
  const condition = header("If-Range");
  const range = condition === undefined || condition === etag ? rangeIn(header("Range"), bytes.length) : undefined;
  if (range === "unsatisfiable") {
    const { "Content-Type": _, ...rest } = headers;
    return new Response(null, { status: 416, headers: { ...rest, "Content-Range": `bytes */${bytes.length}` } });
  }
  if (range === undefined) return answer(bytes, 200, headers);
  const { first, last } = range;
  headers["Content-Range"] = `bytes ${first}-${last}/${bytes.length}`;
  return answer(bytes.subarray(first, last + 1), 206, headers);
}

function answer(bytes: Uint8Array, status: number, headers: Record<string, string>): Response {
  return new Response(new Uint8Array(bytes), {
    status,
    headers: { ...headers, "Content-Length": String(bytes.length) },
  });
}

/** The one range that a header asks for; undefined when the whole is to be given. */
function rangeIn(
  header: string | undefined,
  size: number,
): { first: number; last: number } | "unsatisfiable" | undefined {
  const [, from, to] = /^bytes=\s*([0-9]{0,15})-([0-9]{0,15})\s*$/i.exec(header ?? "") ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return undefined;
  if (from === "") {
    const count = Math.min(Number(to), size);
    return count === 0 ? "unsatisfiable" : { first: size - count, last: size - 1 };
  }
  const first = Number(from);
  const last = to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== "" && Number(to) < first) return undefined;
  return first >= size ? "unsatisfiable" : { first, last };
}
