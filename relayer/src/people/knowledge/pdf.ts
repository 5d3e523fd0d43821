import { Worker } from "node:worker_threads";
import { UnreadableFileError } from "../errors.ts";

/** What the thread is given, and what it gives back. */
export type PdfJob = { bytes: Uint8Array; maxPages: number; maxCharacters: number };
export type PdfProblem = "pages" | "characters" | "password" | "broken";
export type PdfResult = { text: string } | { problem: PdfProblem };

/** Bounds of reading one PDF. */
export type PdfLimits = { pages: number; characters: number; milliseconds: number; bytes: number };

const LIMITS: PdfLimits = { pages: 500, characters: 2_000_000, milliseconds: 20_000, bytes: 268_435_456 };
const LOOK_MS = 25;

const WORKER = new URL("./pdfWorker.ts", import.meta.url);

const PROBLEMS: Readonly<Record<PdfProblem | "time" | "memory", string>> = {
  pages: `This PDF has more than ${LIMITS.pages} pages. Split it, or upload the parts that matter.`,
  characters: "This PDF holds more text than one file may. Split it, or upload the parts that matter.",
  password: "This PDF is locked with a password. Save a copy without one and upload that.",
  broken: "This PDF cannot be read: it is damaged or not really a PDF. Save it again and upload that.",
  time: "Reading this PDF took too long. Save it again as a simpler PDF, or upload its text.",
  memory: "Reading this PDF took too much memory. Save it again as a simpler PDF, or upload its text.",
};

let last: Promise<unknown> = Promise.resolve();

/**
 * The text of a PDF, pages apart by an empty line. One is read at a time, in a thread that is stopped when it takes too
 * long or too much memory.
 * @throws UnreadableFileError saying what is wrong with it.
 */
export function textOfPdf(bytes: Uint8Array, limits: Partial<PdfLimits> = {}): Promise<string> {
  const read = last.then(() => readPdf(bytes, { ...LIMITS, ...limits }));
  last = read.catch(() => {});
  return read;
}

async function readPdf(bytes: Uint8Array, limits: PdfLimits): Promise<string> {
  const copy = Uint8Array.from(bytes);
  const job: PdfJob = { bytes: copy, maxPages: limits.pages, maxCharacters: limits.characters };
  const worker = new Worker(WORKER, {
    workerData: job,
    transferList: [copy.buffer],
    env: {},
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: limits.bytes / 1_048_576, maxYoungGenerationSizeMb: 32 },
  });
  const timers: NodeJS.Timeout[] = [];
  try {
    const result = await new Promise<PdfResult | "time" | "memory">((resolve) => {
      worker.once("message", resolve);
      // Ended by the limit of its heap, or by a fault of the library.
      worker.once("error", (error: NodeJS.ErrnoException) =>
        resolve(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "memory" : { problem: "broken" }),
      );
      worker.once("exit", () => resolve({ problem: "broken" }));
      timers.push(setTimeout(() => resolve("time"), limits.milliseconds));
      // Buffers are outside of the thread's heap: a stream that unpacks to gigabytes shows in the whole process alone.
      const before = process.memoryUsage.rss();
      timers.push(
        setInterval(() => {
          if (process.memoryUsage.rss() - before > limits.bytes) resolve("memory");
        }, LOOK_MS),
      );
    });
    if (typeof result === "string") throw new UnreadableFileError(PROBLEMS[result]);
    if ("problem" in result) throw new UnreadableFileError(PROBLEMS[result.problem]);
    return result.text;
  } finally {
    for (const timer of timers) clearInterval(timer);
    await worker.terminate();
  }
}
