import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect } from "chai";

const LINES = 2_000;

const children: ChildProcess[] = [];

/** A process that logs when it is told to, and exits at once. */
function logging() {
  const script = `
    const { createLogger } = await import(${JSON.stringify(new URL("log.ts", import.meta.url).href)});
    const log = createLogger({ LOG_LEVEL: "info" });
    log.info("ready");
    process.stdin.once("data", () => {
      for (let line = 1; line <= ${LINES}; line += 1) log.info({ line }, "said");
      process.exit(0);
    });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.push(child);
  return child;
}

describe("The log", () => {
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  it("is written to its last line although the process exits at once", async () => {
    const child = logging();
    child.stdin.end("go");
    const lines = (await text(child.stdout)).trim().split("\n");
    expect(lines).to.have.length(1 + LINES);
    expect(JSON.parse(lines.at(-1) ?? "")).to.include({ level: "info", msg: "said", line: LINES });
  });

  it("keeps no process from its end when nobody reads it any more", async () => {
    const child = logging();
    await once(child.stdout, "data");
    child.stdout.destroy();
    child.stdin.end("go");
    expect(await once(child, "exit")).to.deep.equal([0, null]);
  });
});
