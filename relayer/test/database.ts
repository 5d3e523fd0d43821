import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPglite } from "../src/store/pglite.ts";

let template: Promise<string> | undefined;

/** Puts an empty, migrated database into `folder`: making one anew takes seconds, copying it does not. */
export async function freshDatabase(folder: string): Promise<void> {
  template ??= makeTemplate();
  mkdirSync(folder, { recursive: true });
  cpSync(join(await template, "database"), join(folder, "database"), { recursive: true });
}

async function makeTemplate(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "stelai-database-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await (await openPglite(folder)).close();
  return folder;
}
