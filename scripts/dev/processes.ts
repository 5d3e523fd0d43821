import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A service that was started: its process, and where it writes. */
export type Running = { name: string; child: ChildProcess; log: string };

/** Thrown when a service ends before it should. */
export class ServiceEndedError extends Error {
  override readonly name = "ServiceEndedError";
  constructor(service: Running, how: string) {
    super(`The ${service.name} ended (${how}). The end of its log, ${service.log}:\n${tail(service.log)}`);
  }
}

/** Starts a service in its own process group, its output in a log file. */
export function startService(
  name: string,
  words: readonly string[],
  options: { cwd: string; environment: Record<string, string>; logs: string },
): Running {
  mkdirSync(options.logs, { recursive: true });
  const log = join(options.logs, `${name}.log`);
  const output = openSync(log, "w");
  const child = spawn(process.execPath, [...words], {
    cwd: options.cwd,
    env: { ...process.env, ...options.environment },
    stdio: ["ignore", output, output],
    detached: process.platform !== "win32",
  });
  closeSync(output);
  return { name, child, log };
}

/** Waits until `ready` says yes; gives up when the service ends or the time is over. */
export async function untilReady(
  service: Running,
  ready: () => Promise<boolean>,
  seconds: number,
  pauseMs = 200,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    assertAlive(service);
    if (await ready().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  throw new Error(
    `The ${service.name} was not ready after ${seconds} s. The end of its log, ${service.log}:\n${tail(service.log)}`,
  );
}

/** Throws when the service has ended. */
export function assertAlive(service: Running): void {
  const { exitCode, signalCode } = service.child;
  if (exitCode === null && signalCode === null) return;
  throw new ServiceEndedError(service, signalCode ?? `exit code ${exitCode}`);
}

/** Asks a service to stop, and ends it when it does not within ten seconds. */
export async function stopService(service: Running): Promise<void> {
  const { child } = service;
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  signalGroup(child, "SIGTERM");
  const patience = setTimeout(() => signalGroup(child, "SIGKILL"), 10_000);
  await ended;
  clearTimeout(patience);
}

/** Signals a process that leads a group of its own, and with it what it started, even when it has ended itself. */
export function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, name);
  } catch {
    child.kill(name);
  }
}

function tail(file: string): string {
  try {
    return readFileSync(file, "utf8").trimEnd().split("\n").slice(-20).join("\n");
  } catch {
    return `(${dirname(file)} has no such log)`;
  }
}
