/**
 * `npm test`: everything that gates a change, in order of cost; stops at the first step that fails. The relayer's tests
 * mostly wait, so those of the SDK, the index and the dApp run beside them.
 * `npm test -- <step> …` runs the named steps only; `npm test -- --list` names them.
 */
import { spawn } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "./dev/stack.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = (name: string) => `${root}node_modules/.bin/${name}`;
const hardhat = [process.execPath, `${root}node_modules/hardhat/dist/src/cli.js`];
const mocha = [process.execPath, `${root}node_modules/mocha/bin/mocha.js`];

type Step = { name: string; run: (say: Say) => Promise<Outcome> };
type Say = (text: string) => void;
type Outcome = { ok: boolean; passed: number };

/** Test files of the root that need only an in-process chain. */
const contractTests = globSync(
  "test/{token,credits,payouts,characters,community,market,metering,deploy,parity}/**/*.test.ts",
  {
    cwd: root,
  },
);

const steps: Step[] = [
  { name: "build", run: (say) => succeed(() => build((text) => say(`${text}\n`))) },
  of("generated", [process.execPath, "scripts/generate.ts", "--check"]),
  of("lint", [bin("biome"), "ci", "--colors=off", "--error-on-warnings", "."]),
  of("format:solidity", [bin("prettier"), "--check", "contracts/**/*.sol", "test/**/*.sol"]),
  of("lint:solidity", [bin("solhint"), "--max-warnings", "0", "contracts/**/*.sol"]),
  ...["", "sdk", "relayer", "indexer", "web"].map((folder) =>
    of(`types:${folder || "root"}`, [bin("tsc"), "-p", folder || "."]),
  ),
  of("contracts", [...hardhat, "test", "mocha", "--no-compile", ...contractTests]),
  of("scripts", [...mocha, "scripts/**/*.test.ts"]),
  of("invariants", [...hardhat, "test", "solidity"]),
  ...["relayer", "sdk", "indexer", "web"].map((folder) => of(folder, mocha, `${root}${folder}`)),
  of("e2e", [...mocha, "--config", "test/e2e/.mocharc.json"]),
];
/** What runs beside the step `relayer`, one after the other; what it prints is shown when it has ended. */
const BESIDE_RELAYER = ["sdk", "indexer", "web"];

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

const chosen = steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const beside = chosen.filter(({ name }) => BESIDE_RELAYER.includes(name));
const show: Say = (text) => void process.stdout.write(text);

let passed = 0;
const times: string[] = [];
for (const step of chosen) {
  if (step.name === "relayer") {
    const results = await Promise.all([take(step, show), takeQuietly(beside)]);
    endIfFailed(results.find(({ ok }) => !ok));
  } else if (!beside.includes(step) || !chosen.some(({ name }) => name === "relayer")) {
    endIfFailed(await take(step, show));
  }
}
console.log(`\n${times.join("\n")}\n\n${passed} passed, 0 failed`);

type Taken = { name: string; ok: boolean };

async function take({ name, run }: Step, say: Say): Promise<Taken> {
  say(`\n── ${name}\n`);
  const begin = Date.now();
  const outcome = await run(say);
  passed += outcome.passed;
  times.push(`${((Date.now() - begin) / 1000).toFixed(1).padStart(7)} s  ${name}`);
  return { name, ok: outcome.ok };
}

/** Steps whose output waits, so that it does not stand in between another's; up to the first that fails. */
async function takeQuietly(quiet: readonly Step[]): Promise<Taken> {
  const text: string[] = [];
  let last: Taken = { name: "", ok: true };
  for (const step of quiet) {
    if (last.ok) last = await take(step, (more) => text.push(more));
  }
  show(text.join(""));
  return last;
}

function endIfFailed(taken: Taken | undefined): void {
  if (taken === undefined || taken.ok) return;
  console.log(`\n${times.join("\n")}\n\nThe step ${taken.name} failed.\n${passed} passed, 1 failed`);
  process.exit(1);
}

/** A step that is one command. */
function of(name: string, words: readonly string[], cwd = root): Step {
  return { name, run: (say) => command(words, cwd, say) };
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

/** Runs a command, shows what it prints, and counts the tests it says passed. */
function command(words: readonly string[], cwd: string, say: Say): Promise<Outcome> {
  const [program = "", ...rest] = words;
  if (!existsSync(cwd)) throw new Error(`${cwd} does not exist`);
  return new Promise((resolve) => {
    const child = spawn(program, rest, { cwd, stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      say(chunk.toString());
      text = (text + chunk.toString()).slice(-200_000);
    });
    child.once("error", (error) => {
      console.error(error);
      resolve({ ok: false, passed: 0 });
    });
    child.once("close", (code) => {
      const counts = [...text.matchAll(/(\d+) passing/g)].map((match) => Number(match[1]));
      resolve({ ok: code === 0, passed: counts.reduce((sum, count) => sum + count, 0) });
    });
  });
}
