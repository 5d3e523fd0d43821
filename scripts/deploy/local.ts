import { fileURLToPath } from "node:url";
import hre from "hardhat";
import { deploy } from "./deploy.ts";
import type { Deployment } from "./deployment.ts";
import { readParameters } from "./parameters.ts";

/** Deploys to the local chain behind `rpcUrl` with `parameters/local.json` and a test token as the reserve. */
export async function deployLocal(rpcUrl: string): Promise<Deployment> {
  const connection = await hre.network.create({ network: "rpc", override: { url: rpcUrl } });
  try {
    return await deploy(connection, readParameters(fileURLToPath(new URL("./parameters/local.json", import.meta.url))));
  } finally {
    await connection.close();
  }
}
