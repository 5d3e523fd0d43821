/** An OpenAI-compatible upstream that answers at once, in a process of its own; prints its port. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const delta = (content: string) => event({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
const ANSWER =
  delta("Of course") +
  delta(", at once.") +
  event({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }) +
  event({ choices: [], usage: { prompt_tokens: 12, completion_tokens: 5 } }) +
  "data: [DONE]\n\n";

const server = createServer((request, response) => {
  request.resume();
  request.once("end", () => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.end(ANSWER);
  });
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
