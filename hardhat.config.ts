import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import hardhatEthers from "@nomicfoundation/hardhat-ethers";
import hardhatChaiMatchers from "@nomicfoundation/hardhat-ethers-chai-matchers";
import hardhatIgnition from "@nomicfoundation/hardhat-ignition-ethers";
import hardhatMocha from "@nomicfoundation/hardhat-mocha";
import hardhatNetworkHelpers from "@nomicfoundation/hardhat-network-helpers";
import { defineConfig } from "hardhat/config";

// The compiler is the npm package: nothing is downloaded.
const compiler = (settings: Record<string, unknown>) => ({
  version: "0.8.37",
  path: fileURLToPath(import.meta.resolve("solc/soljson.js")),
  settings: { evmVersion: "cancun", ...settings },
});
/** Sequences of calls are twice as long at night. */
const DEPTH = process.env.NIGHTLY === undefined ? 64 : 128;
const QUICK = { viaIR: false, optimizer: { enabled: true, runs: 200 } };

export default defineConfig({
  plugins: [hardhatEthers, hardhatChaiMatchers, hardhatIgnition, hardhatMocha, hardhatNetworkHelpers],
  solidity: {
    npmFilesToBuild: ["@openzeppelin/contracts/access/manager/AccessManager.sol"],
    compilers: [compiler({ viaIR: true, optimizer: { enabled: true, runs: 1_000_000 } })],
    // Code that only tests run is worth no minute of optimising.
    overrides: Object.fromEntries(
      globSync("test/invariants/*.t.sol", { cwd: import.meta.dirname }).map((file) => [file, compiler(QUICK)]),
    ),
  },
  networks: {
    default: { type: "edr-simulated", chainType: "l1" },
    // Any chain behind a URL: `scripts/deploy` overrides both the URL and the accounts.
    rpc: { type: "http", url: "http://127.0.0.1:8545" },
    // What tests of the other packages run on: mines each transaction at once, and nothing by itself.
    test: { type: "edr-simulated", chainType: "l1", chainId: 31337, allowBlocksWithSameTimestamp: true },
    // The local chain of `npm start`: mines each transaction at once and a block every second.
    node: {
      type: "edr-simulated",
      chainType: "l1",
      chainId: 31337,
      allowBlocksWithSameTimestamp: true,
      mining: { auto: true, interval: 1000 },
    },
  },
  paths: { tests: { mocha: "test", solidity: "test/invariants" } },
  test: {
    mocha: { timeout: 120_000 },
    solidity: { fuzz: { runs: 256 }, invariant: { runs: 256, depth: DEPTH, failOnRevert: false } },
  },
});
