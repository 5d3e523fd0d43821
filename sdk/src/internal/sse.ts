/**
 * The `data` of each server-sent event, as it arrives (WHATWG HTML, "Server-sent events"). Ends with the stream;
 * leaving the iteration cancels it.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const parser = eventParser();
  let done = false;
  try {
    for (;;) {
      const chunk = await reader.read();
      done = chunk.done;
      if (chunk.done) return;
      yield* parser(chunk.value);
    }
  } finally {
    if (!done) await reader.cancel().catch(() => undefined);
  }
}

/** Takes bytes as they come and gives the `data` of every event that they complete. */
export function eventParser(): (bytes: Uint8Array) => string[] {
  const decoder = new TextDecoder();
  let rest = "";
  let data: string[] = [];
  return (bytes) => {
    rest += decoder.decode(bytes, { stream: true });
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    const events: string[] = [];
    for (const line of lines) {
      if (line === "") {
        if (data.length > 0) events.push(data.join("\n"));
        data = [];
      } else if (line.startsWith("data:")) data.push(line.slice(line.startsWith("data: ") ? 6 : 5));
    }
    return events;
  };
}
