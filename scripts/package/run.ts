import { spawn } from "node:child_process";

/** Runs a program and gives what it prints. @throws with all of that when it ends with another code than 0. */
export function run(program: string, words: readonly string[], options: RunOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...words], {
      cwd: options.cwd,
      env: { ...process.env, ...options.environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const printed: string[] = [];
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk;
      printed.push(chunk.toString());
    });
    child.stderr.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${[program, ...words].join(" ")} ended with ${code}:\n${printed.join("")}`));
    });
  });
}

export type RunOptions = { cwd: string; environment?: Record<string, string> };

/** Runs a JavaScript or TypeScript file under this Node.js. */
export function node(words: readonly string[], options: RunOptions): Promise<string> {
  return run(process.execPath, words, options);
}

/** Runs the npm that runs this, or else the machine's. */
export function npm(words: readonly string[], options: RunOptions): Promise<string> {
  const cli = process.env.npm_execpath;
  if (cli !== undefined && /npm-cli\.c?js$/.test(cli)) return node([cli, ...words], options);
  return run(process.platform === "win32" ? "npm.cmd" : "npm", words, options);
}
