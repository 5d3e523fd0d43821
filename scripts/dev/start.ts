/** `npm start`: everything, on this machine; one URL; Ctrl-C stops it cleanly. */
import { fileURLToPath } from "node:url";
import { PORTS, PortError, portsFrom } from "./ports.ts";
import { type Stack, startStack } from "./stack.ts";

const say = (text: string) => console.log(text);
const folder = fileURLToPath(new URL("../../.stelai/local", import.meta.url));

let stack: Stack | undefined;
let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (interrupted) return;
    interrupted = true;
    say("\nStopping.");
    void (stack?.stop() ?? Promise.resolve()).then(() => process.exit(0));
  });
}

try {
  stack = await startStack({ ports: portsFrom(process.env), folder, say });
  if (interrupted) await stack.stop();
  const { urls } = stack;
  say(`
  Stelai is running.

    Open        ${urls.web}

    chain       ${urls.chain}
    relayer     ${urls.relayer}   (OpenAI base URL: ${urls.relayer}/v1)
    indexer     ${urls.indexer}/graphql
    logs        .stelai/local/logs

  Each start is a new chain with test money. Ctrl-C stops everything.
  Ports are set by ${Object.values(PORTS)
    .map((port) => port.variable)
    .join(", ")}.
`);
  const error = await stack.failed;
  if (!interrupted) {
    console.error(error.message);
    await stack.stop();
    process.exit(1);
  }
} catch (error) {
  if (!interrupted) {
    console.error(error instanceof PortError ? error.message : error);
    process.exit(1);
  }
}
