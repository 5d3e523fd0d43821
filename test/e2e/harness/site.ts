/** Serves the production build of the dApp with a configuration of the test's own. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./ports.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export interface Site {
  url: string;
  /** Replaces what `/config.json` says, from the next request on; undefined takes the file away. */
  configure: (config: unknown) => void;
  stop: () => Promise<void>;
}

/** Starts the same server that `npm start` uses, on a free port. The build has to be there. */
export async function serveSite(config: unknown): Promise<Site> {
  if (!existsSync(join(root, "web/dist/index.html"))) throw new Error("web/dist is missing: build the dApp first");
  const folder = mkdtempSync(join(tmpdir(), "stelai-site-"));
  const configFile = join(folder, "config.json");
  const configure = (next: unknown) =>
    next === undefined ? rmSync(configFile, { force: true }) : writeFileSync(configFile, JSON.stringify(next));
  configure(config);

  const port = await freePort();
  const server = spawn(process.execPath, ["scripts/dev/webServer.ts", String(port), configFile], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("is served on")) resolve();
    };
    server.stdout.on("data", listen);
    server.stderr.on("data", listen);
    server.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    configure,
    stop: () =>
      new Promise((resolve) => {
        server.once("exit", () => {
          rmSync(folder, { recursive: true, force: true });
          resolve();
        });
        // Its connections to the browser may still be open: it is not asked to wait for them.
        server.kill("SIGKILL");
      }),
  };
}
