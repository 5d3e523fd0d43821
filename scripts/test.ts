/**
 * `npm test`: everything that gates a change. Two steps run at a time, each as soon as those it needs are done; it stops
 * at the first that fails. `npm test -- <step> …` runs the named steps and what they need built, `npm test -- load` the
 * load, which no change waits for; `npm test -- --list` names them.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildWeb, compileContracts } from "./dev/build.ts";
import { signalGroup } from "./dev/processes.ts";
import { chooseSteps, type Outcome, runSteps, type Say, type Step } from "./steps.ts";
import { temporaryFolder } from "./temporary.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = (name: string) => `${root}node_modules/.bin/${name}`;
const hardhat = [process.execPath, `${root}node_modules/hardhat/dist/src/cli.js`];
const mocha = [process.execPath, `${root}node_modules/mocha/bin/mocha.js`];

/** Test files of the root that need only an in-process chain. */
const contractTests = globSync(
  "test/{token,credits,payouts,characters,community,market,metering,deploy,parity}/**/*.test.ts",
  {
    cwd: root,
  },
);

/** The Solidity tests write artifacts: what reads them waits until that is over. */
const COMPILED = ["invariants"];

/** A step that is a command and takes longer hangs. */
const STEP_MINUTES = 40;

/** What runs by the step `package`, on packages that are built once for all of it. */
const PACKAGES = ["scripts/package/*.test.ts", "scripts/docs/*.test.ts"];

const steps: Step[] = [
  { name: "build:contracts", after: [], run: (say) => succeed(() => compileContracts((text) => say(`${text}\n`))) },
  of("invariants", [...hardhat, "test", "solidity"], { after: ["build:contracts"] }),
  of("lint", [bin("biome"), "ci", "--colors=off", "--error-on-warnings", "."]),
  of("format:solidity", [bin("prettier"), "--check", "contracts/**/*.sol", "test/**/*.sol"]),
  of("lint:solidity", [bin("solhint"), "--max-warnings", "0", "contracts/**/*.sol"]),
  ...["sdk", "relayer", "indexer", "web", "cli"].map((folder) => of(`types:${folder}`, [bin("tsc"), "-p", folder])),
  { name: "build:web", after: [], run: (say) => succeed(() => buildWeb((text) => say(`${text}\n`))) },
  of("web", mocha, { folder: "web" }),
  of("types:root", [bin("tsc"), "-p", "."], { after: COMPILED }),
  of("generated", [process.execPath, "scripts/generate.ts", "--check"], { after: COMPILED }),
  of("relayer", mocha, { folder: "relayer", after: COMPILED }),
  of("indexer", mocha, { folder: "indexer", after: COMPILED }),
  of("contracts", [...hardhat, "test", "mocha", "--no-compile", ...contractTests], { after: COMPILED }),
  of("sdk", mocha, { folder: "sdk", after: COMPILED }),
  of("cli", mocha, { folder: "cli", after: COMPILED }),
  of("package", [...mocha, "--config", "scripts/package/.mocharc.json"], { after: COMPILED }),
  of("scripts", [...mocha, "scripts/**/*.test.ts", ...PACKAGES.flatMap((tests) => ["--ignore", tests])], {
    after: COMPILED,
  }),
];
// The browser, and all that it needs, want the machine for themselves; so does the load, which runs when it is asked for.
const last = steps.map(({ name }) => name);
for (const name of ["e2e", "load"]) {
  steps.push(of(name, [...mocha, "--config", `test/${name}/.mocharc.json`], { after: last }));
}
const BY_NAME = ["load"];

const wanted = process.argv.slice(2);
if (wanted.includes("--list")) {
  console.log(steps.map((step) => step.name).join("\n"));
  process.exit(0);
}
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(", ")}. There are: ${steps.map((step) => step.name).join(", ")}`);
  process.exit(1);
}

const running = new Set<ChildProcess>();
for (const [name, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const) {
  process.once(name, () => {
    for (const child of running) signalGroup(child, "SIGKILL");
    temporary.remove();
    process.exit(code);
  });
}

const temporary = temporaryFolder();
const chosen = wanted.length === 0 ? steps.filter(({ name }) => !BY_NAME.includes(name)) : chooseSteps(steps, wanted);
const { failed, passed, times } = await runSteps(chosen, 2, (text) => void process.stdout.write(text));
temporary.remove();
console.log(`\n${times.join("\n")}\n`);
if (failed !== undefined) console.log(`The step ${failed} failed.`);
console.log(`${passed} passed, ${failed === undefined ? 0 : 1} failed`);
process.exit(failed === undefined ? 0 : 1);

/** A step that is one command. */
function of(
  name: string,
  words: readonly string[],
  options: { folder?: string; after?: readonly string[] } = {},
): Step {
  const { folder = "", after = [] } = options;
  return { name, after, run: (say) => command(words, `${root}${folder}`, say) };
}

async function succeed(work: () => Promise<void>): Promise<Outcome> {
  try {
    await work();
    return { ok: true, passed: 0 };
  } catch (error) {
    console.error(error);
    return { ok: false, passed: 0 };
  }
}

/**
 * Runs a command, shows what it prints, and counts the tests it says passed. One that takes too long, be it that a test
 * left something open, is ended with all that it started, and has failed.
 */
function command(words: readonly string[], cwd: string, say: Say): Promise<Outcome> {
  const [program = "", ...rest] = words;
  if (!existsSync(cwd)) throw new Error(`${cwd} does not exist`);
  return new Promise((resolve) => {
    const env = { ...process.env, TMPDIR: temporary.path };
    // A group of its own: it ends together with what it started.
    const child = spawn(program, rest, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    running.add(child);
    let isOverdue = false;
    const limit = setTimeout(() => {
      isOverdue = true;
      say(`\nEnded: it took longer than ${STEP_MINUTES} minutes.\n`);
      signalGroup(child, "SIGKILL");
    }, STEP_MINUTES * 60_000);
    let text = "";
    const take = (chunk: Buffer) => {
      say(chunk.toString());
      text = (text + chunk.toString()).slice(-200_000);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.once("error", (error) => {
      say(`${error.stack}\n`);
      resolve({ ok: false, passed: 0 });
    });
    child.once("close", (code) => {
      clearTimeout(limit);
      running.delete(child);
      const counts = [...text.matchAll(/(\d+) passing/g)].map((match) => Number(match[1]));
      resolve({ ok: code === 0 && !isOverdue, passed: counts.reduce((sum, count) => sum + count, 0) });
    });
  });
}
