/** `npm run format`: writes every file as the linters want it. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const commands = [
  ["biome", "check", "--write", "."],
  ["prettier", "--write", "--log-level", "warn", "contracts/**/*.sol", "test/**/*.sol"],
] as const;
for (const [program, ...words] of commands) {
  const { status } = spawnSync(`${root}node_modules/.bin/${program}`, words, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
