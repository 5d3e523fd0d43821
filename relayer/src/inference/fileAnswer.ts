import { madeFileSchema } from "@stelai/sdk/wire";
import { HARMLESS, matches } from "../content/harmless.ts";

/** Types that ever leave as what they are: pictures, sound and film. Nothing that a browser runs. */
const SERVED: ReadonlySet<string> = new Set(madeFileSchema.shape.mediaType.options);

/** A file that is to be answered, as far as it is known before it is opened. */
export type Described = {
  /** Bytes. */
  size: number;
  mediaType: string;
  /** What it is called when it is saved. */
  name: string;
  /** Stands for these very bytes. */
  etag: string;
};

/** What a request says of ranges and of what it has. */
export type AskedFile = { method: string; header: (name: string) => string | undefined };

/**
 * A file, whole or a range of it (RFC 9110, section 14): one range; of several the whole is given, as it may be. It is
 * opened only when bytes of it are to be given.
 * @param open The bytes from `first` to `last`.
 */
export async function fileAnswer(
  { size, mediaType, name, etag }: Described,
  { method, header }: AskedFile,
  { isAttachment = false, more = {} }: { isAttachment?: boolean; more?: Readonly<Record<string, string>> },
  open: (first: number, last: number) => Promise<ReadableStream<Uint8Array>>,
): Promise<Response> {
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
  if (method === "HEAD") return new Response(null, { headers: { ...headers, "Content-Length": String(size) } });
  const condition = header("If-Range");
  const range = condition === undefined || condition === etag ? rangeIn(header("Range"), size) : undefined;
  if (range === "unsatisfiable") {
    const { "Content-Type": _, ...rest } = headers;
    return new Response(null, { status: 416, headers: { ...rest, "Content-Range": `bytes */${size}` } });
  }
  const { first, last } = range ?? { first: 0, last: size - 1 };
  headers["Content-Length"] = String(last - first + 1);
  if (range !== undefined) headers["Content-Range"] = `bytes ${first}-${last}/${size}`;
  return new Response(await open(first, last), { status: range === undefined ? 200 : 206, headers });
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
