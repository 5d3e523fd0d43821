/** Thrown when one event is larger than any chat upstream sends. */
export class OversizedEventError extends Error {
  override readonly name = "OversizedEventError";
}

/** Characters that one event may have. */
const MAX_EVENT = 1_000_000;

/**
 * The data of each server-sent event (WHATWG HTML, section 9.2.6): chunks may end anywhere, lines end in LF, CRLF or
 * CR, data lines of one event are joined by LF, comments and other fields are skipped. An event that is not closed by
 * an empty line is not delivered.
 * @throws OversizedEventError when an event does not end.
 */
export async function* sseData(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let buffer = "";
  let data: string[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    buffer += decoder.decode(chunk, { stream: true });
    for (;;) {
      const end = /\r\n|\n|\r/.exec(buffer);
      // A CR at the very end may be the first half of a CRLF.
      if (end === null || (end[0] === "\r" && end.index === buffer.length - 1)) break;
      const line = buffer.slice(0, end.index);
      buffer = buffer.slice(end.index + end[0].length);
      if (line === "") {
        if (data.length > 0) yield data.join("\n");
        data = [];
        size = 0;
      } else if (line === "data" || line.startsWith("data:")) {
        const value = line.slice("data:".length);
        data.push(value.startsWith(" ") ? value.slice(1) : value);
        size += line.length;
      }
    }
    if (buffer.length + size > MAX_EVENT) throw new OversizedEventError(`an event exceeds ${MAX_EVENT} characters`);
  }
}
