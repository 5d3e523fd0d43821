import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { refusedStart } from "../test/process.ts";
import { ConfigError, loadConfig } from "./config.ts";

const ADDRESS = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

describe("The environment", () => {
  const folder = mkdtempSync(join(tmpdir(), "stelai-config-"));
  const deployment = join(folder, "deployment.json");
  const names = [
    "Stelai",
    "CreditStore",
    "Payouts",
    "Characters",
    "InferenceMeter",
    "CharacterAccess",
    "Reviews",
    "Works",
    "Licenses",
    "Resale",
    "WorkReviews",
    "CreditPlans",
    "Rewards",
    "OperatorReceivers",
    "AccessManager",
    "Reserve",
  ];
  const contracts = Object.fromEntries(names.map((name) => [name, ADDRESS]));
  const genesisHash = `0x${"ab".repeat(32)}`;
  writeFileSync(
    deployment,
    JSON.stringify({ chainId: 31337, genesisHash, startBlock: "7", finalityBlocks: 2, contracts }),
  );
  after(() => rmSync(folder, { recursive: true }));

  const good = {
    RPC_URL: "http://127.0.0.1:8545",
    DEPLOYMENT: deployment,
    OPERATOR_PRIVATE_KEY: `0x${"11".repeat(32)}`,
    MASTER_KEY: "22".repeat(32),
  };
  const messageOf = (environment: Record<string, string | undefined>): string => {
    try {
      loadConfig(environment);
    } catch (error) {
      expect(error).to.be.instanceOf(ConfigError);
      return (error as Error).message;
    }
    throw new Error("it was accepted");
  };

  it("with what is needed is complete by defaults", () => {
    const config = loadConfig(good);
    expect(config).to.include({ PORT: 8787, HOST: "127.0.0.1", PROVIDER: "local", BODY_LIMIT: 1_048_576 });
    expect(config.MASTER_KEY).to.equal(`0x${"22".repeat(32)}`);
    expect(config.deployment).to.include({ chainId: 31337, startBlock: 7n, finalityBlocks: 2 });
    expect(config.publicUrl).to.equal("http://127.0.0.1:8787");
    // Anybody may make an operator's receiver: that alone must not have it sell.
    expect(loadConfig(good).X402).to.equal("false");
  });

  for (const name of Object.keys(good)) {
    it(`without ${name} is refused with its name`, () => {
      expect(messageOf({ ...good, [name]: undefined })).to.contain(`${name} is missing`);
      expect(messageOf({ ...good, [name]: "" })).to.contain(`${name} is missing`);
    });
  }

  const wrong: [string, string, string][] = [
    ["PORT", "eighty", "whole number from 0 to 65535"],
    ["PORT", "70000", "whole number from 0 to 65535"],
    ["RPC_URL", "localhost", "http(s) URL"],
    ["RPC_URL", "ftp://localhost", "http(s) URL"],
    ["OPERATOR_PRIVATE_KEY", "0x1234", "32 bytes in hex"],
    ["MASTER_KEY", "correct horse battery staple", "32 bytes in hex"],
    ["DATABASE_URL", "mysql://localhost/x", "postgres:// URL"],
    ["PROVIDER", "mainframe", "local or openai"],
    ["FEE_PER_UNIT_CHAT", "1.5", "whole number of microcredits"],
    ["FEE_PER_UNIT_CHAT", "1099511627776", "fit 40 bits"],
    ["SPONSOR", "yes", "true or false"],
    ["DEFAULT_TOKENS", "5000", "not be above MAXIMUM_TOKENS"],
    ["WEB_ORIGIN", "localhost", "WEB_ORIGIN must be origins"],
    ["OPENAI_BASE_URL", "https://user:password@llm.example/v1", "OPENAI_API_KEY"],
    ["ADMIN_TOKEN", "short", "16 characters"],
    ["DEPLOYMENT", join(folder, "none.json"), "cannot be read"],
  ];
  for (const [name, value, meaning] of wrong) {
    it(`with ${name}=${value.replace(folder, "…")} is refused with the name and what it must be`, () => {
      expect(messageOf({ ...good, [name]: value }))
        .to.contain(name)
        .and.to.contain(meaning);
    });
  }

  it("with PROVIDER=openai needs its URL and model", () => {
    const message = messageOf({ ...good, PROVIDER: "openai" });
    expect(message).to.contain("OPENAI_BASE_URL is needed").and.to.contain("OPENAI_MODEL is needed");
  });

  it("with a deployment that lacks a contract is refused with the contract's name", () => {
    const path = join(folder, "partial.json");
    const { Payouts: _, ...rest } = contracts;
    writeFileSync(
      path,
      JSON.stringify({ chainId: 31337, genesisHash, startBlock: 7, finalityBlocks: 2, contracts: rest }),
    );
    expect(messageOf({ ...good, DEPLOYMENT: path }))
      .to.contain("DEPLOYMENT")
      .and.to.contain("contracts.Payouts");
  });

  it("that is wrong ends the process with the names and no trace", async () => {
    const { code, said } = await refusedStart({ ...good, PORT: "eighty", MASTER_KEY: "" });
    expect(code).to.equal(1);
    expect(said).to.contain("PORT must be").and.to.contain("MASTER_KEY is missing");
    expect(said).not.to.contain("    at ");
  });
});
