/**
 * Writes the descriptors by which hardware wallets show readable requests (ERC-7730), to `sdk/erc7730/`. They name the networks
 * of `sdk/deployments/`: run after `scripts/generate.ts`.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { descriptorsFor } from "../sdk/src/erc7730/build.ts";
import { PUBLIC_NETWORKS } from "../sdk/src/generated/deployments.ts";

const folder = fileURLToPath(new URL("../sdk/erc7730/", import.meta.url));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, descriptor] of Object.entries(descriptorsFor(PUBLIC_NETWORKS))) {
  writeFileSync(`${folder}${name}`, `${JSON.stringify(descriptor, null, 2)}\n`);
}
