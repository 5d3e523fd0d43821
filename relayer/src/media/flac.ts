import { viewOf } from "./bytes.ts";
import { cut } from "./faults.ts";

/** Where the count of samples is in the first block, which is always STREAMINFO (RFC 9639, section 8.2). */
const COUNT_AT = 4 + 4 + 13;

/**
 * Whether a FLAC has as many samples as it announced; 0 announces nothing.
 * @throws ProviderError when it has fewer.
 */
export function requireWholeFlac(bytes: Uint8Array, { seconds, sampleRate }: { seconds: number; sampleRate: number }) {
  if (bytes.length < COUNT_AT + 5) throw cut("a FLAC that ends within its head");
  const view = viewOf(bytes);
  // 36 bits.
  const announced = (view.getUint8(COUNT_AT) & 0x0f) * 2 ** 32 + view.getUint32(COUNT_AT + 1);
  if (Math.round(seconds * sampleRate) < announced) throw cut("a FLAC with fewer samples than it announced");
}
