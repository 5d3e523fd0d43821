import { expect } from "chai";
import { InvalidConfigError, parseConfig } from "./schema.ts";

const ADDRESS = `0x${"ab".repeat(20)}`;

function valid() {
  return {
    chain: {
      id: 31337,
      name: "Local",
      rpcUrl: "http://127.0.0.1:8545/",
      genesisHash: `0x${"01".repeat(32)}`,
      startBlock: 3,
      finalityBlocks: 2,
      isLocal: true,
      demoAccounts: [{ name: "Visitor", privateKey: `0x${"02".repeat(32)}` }],
    },
    contracts: {
      Stelai: ADDRESS,
      CreditStore: ADDRESS,
      Reserve: ADDRESS,
      Payouts: ADDRESS,
      Characters: ADDRESS,
      InferenceMeter: ADDRESS,
      CharacterAccess: ADDRESS,
      Reviews: ADDRESS,
      Works: ADDRESS,
      Licenses: ADDRESS,
      Resale: ADDRESS,
      WorkReviews: ADDRESS,
      CreditPlans: ADDRESS,
      Rewards: ADDRESS,
      OperatorReceivers: ADDRESS,
      AccessManager: ADDRESS,
    },
    relayerUrl: "http://127.0.0.1:4000",
    indexerUrl: "http://127.0.0.1:4001",
  };
}

/** The path that the error names when `change` is made to a valid configuration. */
function refusedPath(change: (config: ReturnType<typeof valid>) => unknown): string | undefined {
  const config = valid();
  const replaced = change(config);
  try {
    parseConfig(replaced ?? config);
  } catch (error) {
    if (error instanceof InvalidConfigError) return error.path;
    throw error;
  }
  return undefined;
}

describe("runtime configuration", () => {
  it("reads a complete file, without trailing slashes on addresses", () => {
    const config = parseConfig(valid());
    expect(config.chain.rpcUrl).to.equal("http://127.0.0.1:8545");
    expect(config.chain.startBlock).to.equal(3n);
    expect(config.chain.demoAccounts[0]?.name).to.equal("Visitor");
    expect(config.walletConnectProjectId).to.equal(undefined);
  });

  it("reads a contract that not every chain has where it is named, and leaves it out where it is not", () => {
    expect(parseConfig(valid()).contracts).not.to.have.property("EthCheckout");
    const config = valid();
    Object.assign(config.contracts, { EthCheckout: ADDRESS });
    expect(parseConfig(config).contracts.EthCheckout).to.equal(ADDRESS);
    expect(refusedPath((c) => Object.assign(c.contracts, { EthCheckout: "0x1" }) && c)).to.equal(
      "contracts.EthCheckout",
    );
  });

  it("names the field that is wrong", () => {
    expect(refusedPath(() => "text")).to.equal("the file");
    expect(refusedPath((c) => Object.assign(c, { relayerUrl: "ftp://x" }))).to.equal("relayerUrl");
    expect(refusedPath((c) => Object.assign(c.chain, { id: "31337" }) && c)).to.equal("chain.id");
    expect(refusedPath((c) => Object.assign(c.chain, { finalityBlocks: -1 }) && c)).to.equal("chain.finalityBlocks");
    expect(refusedPath((c) => Object.assign(c.chain, { genesisHash: "0x1" }) && c)).to.equal("chain.genesisHash");
    expect(refusedPath((c) => Object.assign(c.contracts, { Payouts: undefined }) && c)).to.equal("contracts.Payouts");
  });

  it("refuses published keys on a chain that is not local", () => {
    expect(refusedPath((c) => Object.assign(c.chain, { isLocal: false }) && c)).to.equal("chain.demoAccounts");
  });
});
