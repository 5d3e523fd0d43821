// Runs a script of this repository on a bare clone: brings the pinned Node.js from npm when the
// machine's own is older, installs the locked dependencies under it once, and hands over.
// Plain JavaScript for old Node versions; imports nothing that has to be installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const NODE_VERSION = "24.21.0";
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const [script, ...scriptArguments] = process.argv.slice(2);

const say = (text) => process.stderr.write(`${text}\n`);
const fail = (text) => {
  say(text);
  process.exit(1);
};

/** npm as a list of words to run under a given node, so that the machine's npm works with any node. */
function npmCommand(node) {
  const cli = process.env.npm_execpath;
  if (cli && /npm-cli\.c?js$/.test(cli)) return [node, cli];
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}

function run(command, options) {
  const result = spawnSync(command[0], command.slice(1), { cwd: root, ...options });
  if (result.error) fail(`Could not run ${command[0]}: ${result.error.message}`);
  return result.status ?? 1;
}

/** The path of a Node.js of the pinned major version: this one, or the one brought from npm. */
function pinnedNode() {
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = join(root, ".node");
  const binary = join(folder, "node_modules", name, "bin", platform === "win" ? "node.exe" : "node");
  const installed = existsSync(binary) && spawnSync(binary, ["--version"]).stdout?.toString().trim();
  if (installed === `v${NODE_VERSION}`) return binary;
  say(`Node.js ${process.version} is older than this project needs: bringing ${NODE_VERSION} from npm (once).`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const words = ["install", "--no-save", "--no-package-lock", "--ignore-scripts", `${name}@${NODE_VERSION}`];
  const status = run([...npmCommand(process.execPath), ...words], { cwd: folder, stdio: ["ignore", 2, 2] });
  if (status !== 0 || !existsSync(binary)) {
    fail(`Could not install ${name}@${NODE_VERSION}. Install Node.js 24 or newer by hand and run this again.`);
  }
  return binary;
}

/** Installs the lock file's tree when it is not the one that stands in node_modules. */
function installDependencies(node, environment) {
  const stamp = join(root, "node_modules", ".stelai-install");
  const { workspaces } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const manifests = ["", ...workspaces].map((folder) => join(root, folder, "package.json"));
  const hash = createHash("sha256").update(NODE_VERSION);
  for (const file of [join(root, "package-lock.json"), ...manifests]) hash.update(readFileSync(file));
  const wanted = hash.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("Installing dependencies (once; a minute or two).");
  rmSync(stamp, { force: true });
  // Not `npm ci`: it refuses a lock file that lacks optional packages of other platforms, which a registry may not
  // have. This installs the locked versions all the same, and leaves the lock file as it is.
  const status = run([...npmCommand(node), "install", "--no-save", "--no-fund", "--no-audit"], {
    env: environment,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) fail("npm install failed: see the lines above. Nothing was started.");
  writeFileSync(stamp, wanted);
}

if (!script) fail("usage: node scripts/bootstrap.mjs <script> [arguments]");
const node = pinnedNode();
const delimiter = process.platform === "win32" ? ";" : ":";
const environment = {
  // What was compiled once is not compiled again by the next process.
  NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "node"),
  ...process.env,
  PATH: `${dirname(node)}${delimiter}${join(root, "node_modules", ".bin")}${delimiter}${process.env.PATH ?? ""}`,
};
installDependencies(node, environment);

const child = spawn(node, [join(root, script), ...scriptArguments], { cwd: root, env: environment, stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(signal ? 128 + (signal === "SIGINT" ? 2 : 15) : (code ?? 1)));
