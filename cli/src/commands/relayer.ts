import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { toWire } from "@stelai/sdk/wire";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { credits, ether } from "../amounts.ts";
import type { Context } from "../context.ts";
import { CommandError, UsageError } from "../failures.ts";
import { loadKey } from "../keys.ts";
import { facts } from "../output.ts";

export const SETTINGS = "relayer.env";

/** `stelai relayer init`: settings of a new operator, with keys of its own, in a file that nobody else may read. */
export async function init(context: Context, file: string = SETTINGS): Promise<void> {
  const { deployment } = await context.network();
  const deploymentFile = join(dirname(resolve(file)), "deployment.json");
  for (const path of [file, deploymentFile]) {
    if (existsSync(path))
      throw new UsageError(`${path} is there already, and is not written over: it may hold keys in use.`);
  }
  const operatorKey = generatePrivateKey();
  const { address } = privateKeyToAccount(operatorKey);
  writeFileSync(deploymentFile, `${JSON.stringify(JSON.parse(toWire(deployment)), null, 2)}\n`);
  writeFileSync(file, settingsOf(context.rpcUrl, deploymentFile, operatorKey), { mode: 0o600, flag: "wx" });
  context.print({ settings: resolve(file), deployment: deploymentFile, operator: address }, () =>
    [
      facts([
        ["settings", `${file} (keys: keep it, and nobody else)`],
        ["deployment", deploymentFile],
        ["operator", address],
      ]),
      "",
      `Send ${address} some of the chain's coin: it pays the gas of settling. Then: stelai relayer run --settings ${file}`,
    ].join("\n"),
  );
}

function settingsOf(rpcUrl: string, deploymentFile: string, operatorKey: string): string {
  return `# The settings of a Stelai relayer; all of them are in its README. Keys: never show this file to anybody.
RPC_URL=${rpcUrl}
DEPLOYMENT=${deploymentFile}
OPERATOR_PRIVATE_KEY=${operatorKey}
MASTER_KEY=0x${randomBytes(32).toString("hex")}
DATA_DIR=${join(dirname(deploymentFile), "relayer-data")}

HOST=127.0.0.1
PORT=8787
# How others reach it. Behind a proxy with TLS: https://relayer.example
# PUBLIC_URL=http://127.0.0.1:8787

# What answers: the embedded scripted responder, or any OpenAI-compatible upstream.
PROVIDER=local
# PROVIDER=openai
# OPENAI_BASE_URL=http://127.0.0.1:11434/v1
# OPENAI_MODEL=llama3.2

# Your own price per unit, in microcredits, on top of the character's.
FEE_PER_UNIT_CHAT=0
`;
}

export type RunOptions = { settings?: string };

/**
 * `stelai relayer run`: the operator's relayer as a process of its own, until it ends or is told to.
 * @returns its exit code.
 */
export async function run(context: Context, options: RunOptions): Promise<number> {
  const file = options.settings ?? (existsSync(SETTINGS) ? SETTINGS : undefined);
  const settings = file === undefined ? {} : readSettings(file);
  // What the environment says goes before what the file says.
  const environment: Record<string, string> = { ...settings, ...(process.env as Record<string, string>) };
  if (!environment.OPERATOR_PRIVATE_KEY) environment.OPERATOR_PRIVATE_KEY = await loadKey(context.keySource);
  delete environment.STELAI_PRIVATE_KEY;
  delete environment.STELAI_PASSWORD;
  const child = spawn(process.execPath, [relayerProgram()], { env: environment, stdio: "inherit" });
  // Ctrl-C reaches the child by the terminal; what is sent to this process alone is passed on.
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  process.on("SIGTERM", pass);
  process.on("SIGINT", () => {});
  return new Promise((done, fail) => {
    child.once("error", (cause) =>
      fail(new CommandError(`The relayer could not be started: ${cause.message}`, { cause })),
    );
    child.once("exit", (code, signal) => done(code ?? (signal === "SIGINT" ? 0 : 1)));
  });
}

function readSettings(file: string): Record<string, string> {
  try {
    return parseEnv(readFileSync(file, "utf8")) as Record<string, string>;
  } catch (cause) {
    throw new UsageError(`The settings ${file} cannot be read. Write them with: stelai relayer init ${file}`, {
      cause,
    });
  }
}

/** Where the relayer's program is: installed beside this one, or in the folder that the command is run in. */
export function relayerProgram(
  from: readonly string[] = [import.meta.url, join(process.cwd(), "package.json")],
): string {
  for (const place of from) {
    try {
      const manifest = createRequire(place).resolve("@stelai/relayer/package.json");
      const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin?: Record<string, string> };
      const program = bin?.["stelai-relayer"];
      if (program !== undefined) return join(dirname(manifest), program);
    } catch {
      // Not here.
    }
  }
  throw new CommandError(
    "The relayer is not installed here. It comes with Stelai's repository: clone that, run `npm install`, and use " +
      "`npx stelai relayer run` in it. Everything else of this command line works without.",
  );
}

/** `stelai relayer status`: whether an operator's relayer serves, who it is, and what its key holds. */
export async function status(context: Context): Promise<void> {
  const stelai = await context.reader();
  const { client } = await context.network();
  const info = await stelai.relayer.getOperator();
  const [ready, models, wei, feesMicro] = await Promise.all([
    readiness(context.relayerUrl),
    stelai.characters.listModels(),
    client.getBalance({ address: info.operator }),
    stelai.payouts.getAccruedFee({ operator: info.operator }),
  ]);
  const { operator, fees, sponsor, exposureLimit } = info;
  const data = { relayer: context.relayerUrl, operator, ...ready, characters: models.length, gasWei: wei, feesMicro };
  const priced = Object.entries(fees).filter(([, fee]) => fee > 0n);
  context.print({ ...data, feesPerUnitMicro: fees, sponsors: sponsor.enabled }, () =>
    facts([
      ["relayer", context.relayerUrl],
      ["operator", operator],
      ["state", ready.isReady ? `ready, at block ${ready.block}` : `not ready: ${ready.failing.join(", ")}`],
      ["serves", `${models.length} public characters`],
      [
        "its fees",
        priced.length === 0 ? "none" : priced.map(([what, fee]) => `${what} ${credits(fee)} a unit`).join(", "),
      ],
      ["fees to collect", `${credits(feesMicro)} credits`],
      ["serves unsigned", `${credits(exposureLimit)} credits a new tab`],
      ["sponsors", sponsor.enabled ? "yes" : "no"],
      ["gas left", ether(wei)],
    ]),
  );
}

async function readiness(relayerUrl: string) {
  const response = await fetch(`${relayerUrl}/ready`, { signal: AbortSignal.timeout(10_000) });
  const { checks = {}, block } = (await response.json()) as { checks?: Record<string, boolean>; block?: string };
  const failing = Object.entries(checks).flatMap(([name, isFine]) => (isFine ? [] : [name]));
  return { isReady: response.ok, block: block ?? null, failing };
}
