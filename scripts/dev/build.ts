import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { once } from "./once.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Compiles the contracts and builds the dApp when their sources have changed. */
export async function build(say: (text: string) => void): Promise<void> {
  await compileContracts(say);
  await buildWeb(say);
}

/** Compiles the contracts when their sources have changed. */
export async function compileContracts(say: (text: string) => void): Promise<void> {
  const contracts = { name: "contracts", inputs: ["contracts", "hardhat.config.ts"], output: "artifacts/contracts" };
  await once(root, contracts, async () => {
    say("Compiling the contracts (about a minute, once).");
    await run(["node_modules/hardhat/dist/src/cli.js", "compile", "--quiet"], root);
  });
}

/** Builds the dApp when its sources have changed. */
export async function buildWeb(say: (text: string) => void): Promise<void> {
  const web = {
    name: "web",
    inputs: [
      "web/src",
      "web/build",
      "web/public",
      "web/index.html",
      "web/vite.config.ts",
      "web/package.json",
      "sdk/src",
    ],
    output: "web/dist/index.html",
  };
  await once(root, web, async () => {
    say("Building the dApp (once).");
    // The dApp's own Vite, wherever npm put it: the index brings an older one.
    const vite = createRequire(join(root, "web/package.json")).resolve("vite/package.json");
    await run([join(dirname(vite), "bin/vite.js"), "build", "--logLevel", "warn"], join(root, "web"));
  });
}

/** What it prints goes to stderr: stdout is the result of the command that builds first. */
function run(words: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...words], { cwd, stdio: ["ignore", 2, 2] });
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`${words[0]} failed with exit code ${code}`)),
    );
  });
}
