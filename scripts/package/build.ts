import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stageContracts } from "./contracts.ts";
import { stageProgram } from "./program.ts";
import { npm } from "./run.ts";
import { stageTypeScript } from "./typescript.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A package that stands ready: the folder as it is published, and the archive that npm makes of it. */
export type Packed = { name: string; folder: string; tarball: string };

/**
 * Builds what is published into `.stelai/packages/<name>`, one folder a package with a manifest of its own, and packs it.
 * In the repository the packages' manifests lead to the TypeScript sources, so that nothing has to be built to work on them;
 * npm publishes a manifest as it stands, which is why what is published has another.
 */
export async function buildPackages(): Promise<Record<"sdk" | "cli" | "contracts", Packed>> {
  const packages = join(root, ".stelai/packages");
  rmSync(packages, { recursive: true, force: true });
  mkdirSync(packages, { recursive: true });
  const [sdk, cli, contracts] = [join(packages, "sdk"), join(packages, "cli"), join(packages, "contracts")];
  await Promise.all([stageTypeScript(root, "sdk", sdk), stageProgram(root, cli)]);
  await stageContracts(root, join(sdk, "dist"), contracts);
  const pack = async (folder: string): Promise<Packed> => {
    const output = await npm(["pack", "--json", "--pack-destination", packages], { cwd: folder });
    const listed = JSON.parse(output) as Record<string, { name: string; filename: string }>;
    const [packed] = Object.values(listed);
    if (packed === undefined) throw new Error(`npm packed nothing: ${output}`);
    return { name: packed.name, folder, tarball: join(packages, packed.filename) };
  };
  const packed = await Promise.all([pack(sdk), pack(cli), pack(contracts)]);
  return { sdk: packed[0], cli: packed[1], contracts: packed[2] };
}
