import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Packed } from "./build.ts";
import { npm, run } from "./run.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** An empty project somewhere else on this machine, with nothing of the repository but what was packed. */
export type Project = {
  folder: string;
  /** Writes a file into it, and gives its path. */
  write: (file: string, text: string) => string;
  /** Runs a command that a package brought, as a shell would. */
  command: (name: string, words: readonly string[], environment?: Record<string, string>) => Promise<string>;
  remove: () => void;
};

/**
 * Installs packed packages into an empty project. What they only expect beside them (viem, React …) is linked from where
 * this repository has it: npm would fetch the same.
 */
export async function installPacked(packages: readonly Packed[], peers: readonly string[]): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), "stelai-integrator-"));
  const write = (file: string, text: string) => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  write("package.json", '{ "name": "integrator", "private": true }\n');
  const archives = packages.map(({ tarball }) => tarball);
  // Its own dependencies are in npm's cache since the repository was installed: asked for only when they are not.
  const quietly = ["--prefer-offline", "--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund"];
  await npm(["install", ...quietly, ...archives], { cwd: folder });
  const from = createRequire(join(root, "sdk/package.json"));
  for (const name of peers) {
    const target = join(folder, "node_modules", name);
    mkdirSync(dirname(target), { recursive: true });
    if (!existsSync(target)) symlinkSync(folderOf(from, name), target, "junction");
  }
  const command = (name: string, words: readonly string[], environment: Record<string, string> = {}) => {
    const path = [dirname(process.execPath), process.env.PATH].join(delimiter);
    return run(join(folder, "node_modules/.bin", name), words, {
      cwd: folder,
      environment: { PATH: path, ...environment },
    });
  };
  return { folder, write, command, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Where a package is installed, wherever npm put it. */
function folderOf(from: NodeJS.Require, name: string): string {
  for (const path of from.resolve.paths(name) ?? []) {
    const folder = join(path, name);
    try {
      from.resolve(join(folder, "package.json"));
      return folder;
    } catch {}
  }
  throw new Error(`${name} is not installed`);
}
