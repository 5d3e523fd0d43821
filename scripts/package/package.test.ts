import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { build } from "esbuild";
import { encryptKeystoreJson, HDNodeWallet } from "ethers";
import { blocksOf } from "../docs/blocks.ts";
import { readManifest } from "./manifest.ts";
import { node } from "./run.ts";
import { compileSolidity } from "./solidity.ts";
import { commandLine, type Installed, installed, type Project, stack } from "./world.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const QUICK_START = "A paid answer in five minutes";
/** Whose account the quick start takes. */
const PHRASE = "test test test test test test test test test test test junk";

describe("The packages, packed and installed into an empty folder", () => {
  let packages: Installed["packages"];
  let project: Project;
  const sources = readManifest(join(root, "sdk/package.json")).exports ?? {};

  before(async () => {
    ({ packages, project } = await installed());
  });

  it("import in Node.js from plain JavaScript, by every sub-path, with all that the sources export", async () => {
    const names = ["@stelai/contracts", ...Object.keys(sources).map((path) => `@stelai/sdk${path.slice(1)}`)];
    project.write(
      "imports.mjs",
      `const found = {};
       for (const name of ${JSON.stringify(names)}) found[name] = Object.keys(await import(name)).sort();
       console.log(JSON.stringify(found));`,
    );
    const found = JSON.parse(await node(["imports.mjs"], { cwd: project.folder }));
    for (const [path, source] of Object.entries(sources)) {
      const names = Object.keys(await import(join(root, "sdk", source))).sort();
      expect(found[`@stelai/sdk${path.slice(1)}`], path).to.deep.equal(names).and.not.be.empty;
    }
    const abis = Object.keys(await import(join(root, "sdk/src/generated/abis.ts")));
    expect(found["@stelai/contracts"]).to.have.members(["PUBLIC_NETWORKS", ...abis]);
  });

  for (const moduleResolution of ["nodenext", "bundler"]) {
    it(`have types that a strict project sees with moduleResolution ${moduleResolution}`, async () => {
      const text = readFileSync(new URL("./consumer.mts", import.meta.url), "utf8");
      const file = project.write(`typed-${moduleResolution}.mts`, text);
      await typeCheck(project, file, moduleResolution);
    });
  }

  it("have types that no sub-path loses, in every file that a compiler would read", () => {
    const types = globSync("**/*.d.ts", { cwd: join(packages.sdk.folder, "dist") });
    expect(types.length).to.be.greaterThan(100);
    for (const file of types) {
      const path = join(packages.sdk.folder, "dist", file);
      for (const [, specifier = ""] of readFileSync(path, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
        expect(existsSync(join(path, "..", specifier)), `${specifier} of ${file}`).to.equal(true);
      }
    }
  });

  it("bring a browser no more than it uses", async () => {
    const bundle = async (contents: string) => {
      const { outputFiles } = await build({
        ...{ stdin: { contents, resolveDir: project.folder }, bundle: true, minify: true, write: false },
        ...{ format: "esm", platform: "browser", external: ["viem", "viem/*"] },
      });
      return outputFiles[0]?.text ?? "";
    };
    const one = await bundle('export { getBalance } from "@stelai/sdk";');
    expect(one.length).to.be.within(200, 2_048);
    const all = await bundle('export * from "@stelai/sdk";');
    expect(all.length).to.be.greaterThan(100 * 1024);
    expect(await bundle('import * as sdk from "@stelai/sdk"; void sdk;')).to.equal("");
  });

  it("hold what was built and where it comes from, and nothing else of the repository", () => {
    const listed = (folder: string) => globSync("**", { cwd: join(project.folder, "node_modules", folder) });
    const sdk = listed("@stelai/sdk");
    expect(sdk).to.include.members(["README.md", "LICENSE", "CHANGELOG.md", "dist/index.js", "dist/index.d.ts"]);
    expect(sdk.filter((file) => /\.test\.|node_modules|tsconfig/.test(file))).to.deep.equal([]);
    const maps = sdk.filter((file) => file.endsWith(".map"));
    expect(maps).to.not.be.empty;
    for (const file of maps) {
      const map = JSON.parse(readFileSync(join(packages.sdk.folder, file), "utf8")) as { sources: string[] };
      for (const source of map.sources) {
        expect(existsSync(join(packages.sdk.folder, file, "..", source)), `${source} of ${file}`).to.equal(true);
      }
    }
    const contracts = listed("@stelai/contracts");
    expect(contracts).to.include.members([
      "README.md",
      "LICENSE",
      "abis/Stelai.json",
      "interfaces/IInferenceMeter.sol",
    ]);
    expect(contracts.filter((file) => /mocks|artifacts/.test(file))).to.deep.equal([]);
  });

  it("compile in another's Solidity: interfaces that it calls, and the libraries that hash what is signed", () => {
    const source = `// SPDX-License-Identifier: MIT
      pragma solidity ^0.8.26;
      import {IInferenceMeter} from "@stelai/contracts/interfaces/IInferenceMeter.sol";
      import {IOperatorReceivers} from "@stelai/contracts/interfaces/IOperatorReceivers.sol";
      import {Splits} from "@stelai/contracts/libraries/Splits.sol";
      import {Vouchers} from "@stelai/contracts/libraries/Vouchers.sol";
      contract Integrator {
        IInferenceMeter private immutable METER;
        constructor(IInferenceMeter meter) { METER = meter; }
        function seal(bytes32 voucher) external pure returns (bytes32) { return Vouchers.hashSeal(voucher); }
        function payee(address account) external pure returns (uint256) { return Splits.payeeOf(account); }
        function reclaim(address operator, uint64 tabId) external { METER.reclaim(operator, tabId); }
        function receiver(IOperatorReceivers all) external view returns (address) { return all.receiverOf(msg.sender); }
      }`;
    const { errors, bytecode } = compileSolidity(project.folder, source, "Integrator");
    expect(errors).to.deep.equal([]);
    expect(bytecode.length).to.be.greaterThan(100);
  });

  it("compile in Solidity as the README shows it", () => {
    const readme = readFileSync(join(project.folder, "node_modules/@stelai/contracts/README.md"), "utf8");
    const examples = blocksOf(readme).filter(({ language }) => language === "solidity");
    expect(examples).to.not.be.empty;
    for (const { code } of examples) {
      const [, contract = ""] = /contract (\w+)/.exec(code) ?? [];
      const { errors, bytecode } = compileSolidity(project.folder, code, contract);
      expect(errors).to.deep.equal([]);
      expect(bytecode).to.not.equal("");
    }
  });

  it("compile whole: every interface and library that is published", () => {
    const folder = join(project.folder, "node_modules/@stelai/contracts");
    const files = globSync("{interfaces,libraries}/*.sol", { cwd: folder });
    const source = `// SPDX-License-Identifier: MIT
      pragma solidity ^0.8.26;
      ${files.map((file) => `import "@stelai/contracts/${file}";`).join("\n")}
      contract Everything {}`;
    expect(files.length).to.be.greaterThan(20);
    expect(compileSolidity(project.folder, source, "Everything").errors).to.deep.equal([]);
  });

  it("pay for an answer by the README's quick start, as it stands", async () => {
    const printed = await quickStart();
    const [, cost] = /It cost (\d+) microcredits/.exec(printed) ?? [];
    expect(Number(cost)).to.be.greaterThan(100_000);
    expect(printed).to.match(/\d+(\.\d+)? credits are yours\./);
  });

  it("bring a command that tells its version and its help", async () => {
    const { command, folder } = await commandLine();
    const { version } = readManifest(join(root, "cli/package.json"));
    expect(await command("stelai", ["--version"])).to.equal(`${version}\n`);
    expect(await command("stelai", ["--help"])).to.contain("Usage: stelai");
    const licences = readFileSync(join(folder, "node_modules/stelai/LICENSES.txt"), "utf8");
    for (const name of ["viem", "commander", "yaml", "zod", "ox"])
      expect(licences).to.match(new RegExp(`^${name} \\d`, "m"));
  });

  it("bring a command that reads the chain, and audits with an encrypted key what the quick start paid", async () => {
    await quickStart();
    const { command, write } = await commandLine();
    const { environment } = await stack();
    const { address, privateKey } = HDNodeWallet.fromPhrase(PHRASE, "", "m/44'/60'/0'/0/18");
    const where = { STELAI_RPC: environment.RPC_URL, STELAI_RELAYER: environment.RELAYER_URL };
    const held = JSON.parse(await command("stelai", ["balance", "--account", address, "--json"], where));
    expect(held.account).to.equal(address);
    expect(BigInt(held.creditsWei))
      .to.be.greaterThan(990n * 10n ** 18n)
      .and.lessThan(1_000n * 10n ** 18n);
    const keystore = write(
      "key.json",
      await encryptKeystoreJson({ address, privateKey }, "a password", { scrypt: { N: 1_024, r: 8, p: 1 } }),
    );
    const key = { STELAI_KEYSTORE: keystore, STELAI_PASSWORD: "a password" };
    const { ok, tabs } = JSON.parse(await command("stelai", ["audit", "--json"], { ...where, ...key }));
    expect(ok).to.equal(true);
    expect(tabs).to.have.length(1);
    expect(BigInt(tabs[0].settledMicro)).to.be.greaterThan(100_000n);
  });

  let answered: Promise<string> | undefined;
  /** Runs the README's quick start once, and gives what it printed. */
  function quickStart(): Promise<string> {
    answered ??= (async () => {
      const readme = readFileSync(join(project.folder, "node_modules/@stelai/sdk/README.md"), "utf8");
      const found = blocksOf(readme).find(({ heading, language }) => heading === QUICK_START && language === "ts");
      expect(found?.code).to.contain("createStelai");
      const { environment } = await stack();
      project.write("quickstart.mjs", found?.code ?? "");
      return node(["quickstart.mjs"], { cwd: project.folder, environment });
    })();
    return answered;
  }
});

/** Fails with what the compiler says. */
async function typeCheck(project: Project, file: string, moduleResolution: string): Promise<void> {
  const module = moduleResolution === "nodenext" ? "nodenext" : "esnext";
  const options = "--ignoreConfig --noEmit --strict --skipLibCheck --target es2022 --types node --jsx react-jsx".split(
    " ",
  );
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  await node([tsc, ...options, "--module", module, "--moduleResolution", moduleResolution, file], {
    cwd: project.folder,
  });
}
