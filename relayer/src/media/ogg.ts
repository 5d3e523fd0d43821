import { nameAt } from "./bytes.ts";
import { cut, malformed } from "./faults.ts";

const PAGE_HEAD = 27;
const LAST_PAGE = 0x04;

/**
 * Whether an Ogg file goes on to the page that says it is the last (RFC 3533, section 6).
 * @throws ProviderError when it does not.
 */
export function requireWholeOgg(bytes: Uint8Array): void {
  let isLast = false;
  for (let at = 0; at < bytes.length; ) {
    if (at + PAGE_HEAD > bytes.length) throw cut("an Ogg that ends within a page's head");
    if (nameAt(bytes, at) !== "OggS") throw malformed("an Ogg with something else between its pages");
    const segments = bytes.subarray(at + PAGE_HEAD, at + PAGE_HEAD + (bytes[at + 26] ?? 0));
    const end = at + PAGE_HEAD + segments.length + segments.reduce((sum, length) => sum + length, 0);
    if (end > bytes.length) throw cut("an Ogg that ends within a page");
    isLast = ((bytes[at + 5] ?? 0) & LAST_PAGE) !== 0;
    at = end;
  }
  if (!isLast) throw cut("an Ogg without its last page");
}
