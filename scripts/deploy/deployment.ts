import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { DeploymentFile } from "@stelai/sdk";

/** The form of `sdk/deployments/<chainId>.json`; `startBlock` is written as a number. */
export type Deployment = DeploymentFile & { startBlock: number };

/** Writes the deployment as JSON; makes the folder. */
export function writeDeployment(deployment: Deployment, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(deployment, null, 2)}\n`);
}
