import { accessSync, chmodSync, constants, mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MEMORY = "/dev/shm";
const ENOUGH_BYTES = 4 * 2 ** 30;

/**
 * A folder for what tests write: in memory where the system has a large file system there, since hundreds of small
 * databases come and go, else where temporary files are.
 */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(isMemoryUsable() ? MEMORY : tmpdir(), "stelai-test-"));
  // Postgres, which refuses to be root, must find its folder in there.
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Programs are unpacked there, too: it must not be mounted without leave to run any. */
function isMemoryUsable(): boolean {
  try {
    accessSync(MEMORY, constants.W_OK);
    const mount = readFileSync("/proc/self/mounts", "utf8")
      .split("\n")
      .find((line) => line.split(" ")[1] === MEMORY);
    const { bavail, bsize } = statfsSync(MEMORY);
    return mount !== undefined && !/\bnoexec\b/.test(mount) && bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false;
  }
}
