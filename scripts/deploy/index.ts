/**
 * `npm run deploy -- --rpc <url> --parameters <file> [--output <file>]`
 *
 * Deploys with the key in DEPLOYER_KEY, or without one with the node's own first account, and records the addresses
 * in `sdk/deployments/<chainId>.json` or the given file.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import hre from "hardhat";
import { compileContracts } from "../dev/build.ts";
import { deploy } from "./deploy.ts";
import { writeDeployment } from "./deployment.ts";
import { readParameters } from "./parameters.ts";

const { values } = parseArgs({
  options: { rpc: { type: "string" }, parameters: { type: "string" }, output: { type: "string" } },
});
const key = process.env.DEPLOYER_KEY;
if (!values.rpc || !values.parameters) {
  console.error("Usage: npm run deploy -- --rpc <url> --parameters <file> [--output <file>]");
  process.exit(2);
}
if (key !== undefined && !/^0x[0-9a-fA-F]{64}$/.test(key)) {
  console.error("DEPLOYER_KEY must be a private key: 0x and 64 hexadecimal digits.");
  process.exit(2);
}

await compileContracts((text) => console.error(text));
const connection = await hre.network.create({
  network: "rpc",
  override: { url: values.rpc, ...(key === undefined ? {} : { accounts: [key] }) },
});
try {
  const deployment = await deploy(connection, readParameters(values.parameters), { displayUi: true });
  const output =
    values.output ?? fileURLToPath(new URL(`../../sdk/deployments/${deployment.chainId}.json`, import.meta.url));
  writeDeployment(deployment, output);
  console.log(`Deployed; the addresses are in ${output}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await connection.close();
}
