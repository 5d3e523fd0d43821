/**
 * A process of the workshop: computes what engines make, and reads the bytes that upstreams sent. It is given no key
 * and no database, and is killed when it takes too long.
 */
import { Worker } from "node:worker_threads";
import { keccak256 } from "../../metering/keccak.ts";
import { ProviderError } from "../../providers/errors.ts";
import type { Failure, Outcome, Report, Task } from "./messages.ts";

/** Ends with its parent however that ended: an engine that computes for minutes would not see the closed channel. */
const WATCH = `
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.kill(process.pid, "SIGKILL"), 500);
`;

const send = (report: Report) =>
  new Promise<void>((resolve) => {
    process.send?.(report, undefined, {}, () => resolve());
  });

async function work(task: Task): Promise<Outcome> {
  if (task.kind === "make") {
    const { ENGINES } = await import("../../providers/local/engines.ts");
    return ENGINES[task.request.modality].make(task.request, (done) => void send({ kind: "progress", done }));
  }
  const { probe } = await import("../../media/probe.ts");
  const { previewOf } = await import("../../media/preview.ts");
  const probed = await probe(task.bytes, task.modality, task.limits);
  return { probed, preview: await previewOf(task.bytes, probed, task.previewPart), contentHash: keccak256(task.bytes) };
}

function failureOf(error: unknown): Failure {
  if (error instanceof ProviderError) {
    const { code, provider, message, retryable, detail } = error;
    return { code, provider, message, retryable, detail };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: undefined, provider: "local", message: "", retryable: false, detail };
}

process.on("disconnect", () => process.exit());
// Ctrl-C reaches the whole group of processes: the parent ends this one when it is done.
process.on("SIGINT", () => {});
process.on("message", (task: Task) => {
  work(task).then(
    (outcome) => send({ kind: "done", outcome }),
    (error: unknown) => send({ kind: "failed", failure: failureOf(error) }),
  );
});
new Worker(WATCH, { eval: true }).unref();
await send({ kind: "ready" });
