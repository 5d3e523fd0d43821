/**
 * What the tests of this folder and of `docs` share, each made by the first that asks: the packages, empty projects that
 * have them installed, and a chain with an operator's relayer, met as an integrator meets them, by their URLs.
 */
import { fileURLToPath } from "node:url";
import { MODALITIES } from "@stelai/sdk";
import { serveRelayer, startWorld } from "../../relayer/test/world.ts";
import { freePorts } from "../dev/ports.ts";
import { publishedModalities } from "../seed/content/index.ts";
import { buildPackages } from "./build.ts";
import { installPacked, type Project } from "./install.ts";
import { builtFile, readManifest } from "./manifest.ts";

const PEERS = [
  ...["viem", "react", "@types/react", "@tanstack/react-query", "wagmi", "ethers", "openai"],
  ...["@ai-sdk/openai-compatible", "@x402/evm", "@x402/fetch", "@types/node", "@openzeppelin/contracts"],
];

const OPTIONS = { strict: true, noEmit: true, skipLibCheck: true, types: ["node"], jsx: "react-jsx" };

async function build() {
  const manifest = readManifest(fileURLToPath(new URL("../../sdk/package.json", import.meta.url)));
  const packages = await buildPackages();
  const peers = new Set([...PEERS, ...Object.keys(manifest.peerDependencies ?? {})]);
  const project = await installPacked([packages.sdk, packages.contracts], [...peers]);
  const sources = Object.entries(manifest.exports ?? {});
  const types = Object.fromEntries(
    sources.map(([path, source]) => [`@stelai/sdk${path.slice(1)}`, builtFile(source, ".d.ts")]),
  );
  const files = Object.values(types).map((file) => `node_modules/@stelai/sdk/${file}`);
  const compilerOptions = { ...OPTIONS, target: "es2024", module: "nodenext" };
  project.write("tsconfig.json", JSON.stringify({ compilerOptions, files }));
  /** `types`: the declarations of the SDK's sub-paths, by the names that they are imported by, from its folder. */
  return { packages, project, types };
}

async function shell() {
  const { packages } = await installed();
  return installPacked([packages.sdk, packages.cli], []);
}

async function start() {
  const [world, ports] = [await startWorld(), await freePorts()];
  // Programs sign in to the address that the relayer goes by: it is known before.
  const settings = {
    PORT: String(ports.relayer),
    PROVIDER: "local",
    SETTLE_INTERVAL_MS: "200",
    DELIVERY_INTERVAL_MS: "200",
    FEE_PER_UNIT_CHAT: "20000",
    X402: "true",
  };
  const relayer = await serveRelayer(world, settings);
  // Models by the numbers that the local stack gives them: the documents name those.
  for (const modality of publishedModalities) {
    await world.publish({ perInference: 100_000n, perUnit: 50_000n }, { modality: MODALITIES.indexOf(modality) });
  }
  await relayer.watcher.look();
  return {
    ...{ world, relayer },
    /** What the examples read of their environment. */
    environment: { RPC_URL: world.chain.rpcUrl, RELAYER_URL: relayer.url },
    stop: async () => {
      await relayer.stop();
      await world.stop();
    },
  };
}

let built: ReturnType<typeof build> | undefined;
let withCommand: ReturnType<typeof shell> | undefined;
let started: ReturnType<typeof start> | undefined;

/** The packages, and the empty project they are installed in. */
export function installed(): ReturnType<typeof build> {
  built ??= build();
  return built;
}

/** Another project: it has the command line installed, beside the SDK and with nothing that npm did not bring. */
export function commandLine(): ReturnType<typeof shell> {
  withCommand ??= shell();
  return withCommand;
}

/** The chain and the relayer. */
export function stack(): ReturnType<typeof start> {
  started ??= start();
  return started;
}

export type Installed = Awaited<ReturnType<typeof build>>;
export type Stack = Awaited<ReturnType<typeof start>>;
export type { Project };

/** Root hooks of mocha: all of it ends after the last file. */
export const mochaHooks = {
  async afterAll() {
    (await built?.catch(() => undefined))?.project.remove();
    (await withCommand?.catch(() => undefined))?.remove();
    await (await started?.catch(() => undefined))?.stop();
  },
};
