import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { publishedManifest, readManifest } from "./manifest.ts";

/** Ours are compiled by one version. Who only calls them may use any that understands the sources. */
const PRAGMA = { ours: "pragma solidity 0.8.37;", published: "pragma solidity ^0.8.26;" };

const INDEX = `/** ABIs of Stelai's contracts, typed, and where they are on public networks. */
export * from "./abis.js";
export * from "./networks.js";
`;

const NETWORKS_TYPES = `/** Where Stelai is on one public network. */
export type PublicNetwork = {
  readonly chainId: number;
  /** Hash of block 0. */
  readonly genesisHash: \`0x\${string}\`;
  /** The first block that can hold an event of Stelai's. */
  readonly startBlock: number;
  /** After how many blocks something counts as final there. */
  readonly finalityBlocks: number;
  /** Addresses by the contract's name; \`Reserve\` is the stablecoin that credits are bought with. */
  readonly contracts: Readonly<Record<string, \`0x\${string}\`>>;
};
/** The public networks that Stelai is deployed on. */
export declare const PUBLIC_NETWORKS: readonly PublicNetwork[];
`;

/**
 * `@stelai/contracts` as it is published: interfaces and libraries for Solidity, ABIs for TypeScript and as JSON,
 * addresses of the public networks. `contracts/package.json` says which sources; `dist` is the SDK's, where the ABIs
 * are compiled.
 */
export async function stageContracts(root: string, dist: string, folder: string): Promise<void> {
  const contracts = join(root, "contracts");
  const manifest = readManifest(join(contracts, "package.json"));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };

  for (const source of sourcesOf(contracts, manifest.files as readonly string[])) {
    const text = readFileSync(join(contracts, source), "utf8");
    if (!text.includes(PRAGMA.ours)) throw new Error(`${source} is for another compiler than the rest.`);
    write(source, text.replace(PRAGMA.ours, PRAGMA.published));
  }
  const abis: Record<string, unknown> = await import(join(root, "sdk/src/generated/abis.ts"));
  for (const [name, abi] of Object.entries(abis)) {
    const contract = name.charAt(0).toUpperCase() + name.slice(1, -"Abi".length);
    write(`abis/${contract}.json`, `${JSON.stringify(abi, null, 2)}\n`);
  }
  for (const network of globSync("*.json", { cwd: join(root, "sdk/deployments") })) {
    cpSync(join(root, "sdk/deployments", network), join(folder, "deployments", network));
  }
  const { PUBLIC_NETWORKS } = await import(join(root, "sdk/src/generated/deployments.ts"));
  write("networks.js", `export const PUBLIC_NETWORKS = ${JSON.stringify(PUBLIC_NETWORKS, null, 2)};\n`);
  write("networks.d.ts", NETWORKS_TYPES);
  for (const file of ["abis.js", "abis.d.ts"]) {
    write(file, withoutMap(readFileSync(join(dist, "generated", file), "utf8")));
  }
  write("index.js", INDEX);
  write("index.d.ts", INDEX);
  for (const file of ["README.md", "CHANGELOG.md"]) cpSync(join(contracts, file), join(folder, file));
  cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));

  const text = publishedManifest(manifest, {
    main: "./index.js",
    types: "./index.d.ts",
    exports: {
      ".": { types: "./index.d.ts", default: "./index.js" },
      ...Object.fromEntries(
        ["abis/*.json", "deployments/*.json", "interfaces/*.sol", "libraries/*.sol", "package.json"].map((path) => [
          `./${path}`,
          `./${path}`,
        ]),
      ),
    },
    files: ["*.js", "*.d.ts", "abis", "deployments", "interfaces", "libraries", "CHANGELOG.md"],
  });
  write("package.json", text);
}

function sourcesOf(contracts: string, wanted: readonly string[]): string[] {
  return wanted.flatMap((path) => {
    const found = path.endsWith(".sol") ? [path] : globSync(`${path}/*.sol`, { cwd: contracts });
    if (found.length === 0 || !found.every((file) => existsSync(join(contracts, file)))) {
      throw new Error(`contracts/package.json publishes ${path}, and there is no such source.`);
    }
    return found;
  });
}

function withoutMap(text: string): string {
  return text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
}
