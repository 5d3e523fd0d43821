import { globSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { type AbiFunction, type AbiParameter, type Address, type Hex, parseAbiItem, toFunctionSelector } from "viem";
import { clearSigner, type Screen } from "../../test/clearSigner.ts";
import { attest, withWork } from "../../test/market.ts";
import { startTestRelayer, type TestRelayer } from "../../test/relayer.ts";
import { stelaiInBrowser } from "../../test/wallets.ts";
import { newcomer, testChain, withCharacter } from "../../test/world.ts";
import { PUBLIC_NETWORKS } from "../generated/deployments.ts";
import * as fragments from "../generated/fragments.ts";
import { TERMS_HASHES } from "../index.ts";
import { descriptorsFor, encodedType, functionOf, signatureOf } from "./build.ts";
import { CALLS } from "./calls.ts";
import type { Field } from "./fields.ts";
import { MESSAGES } from "./messages.ts";
import { PAYLOADS } from "./payloads.ts";
import { descriptorSchema } from "./rules.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const generated = new Map(Object.entries(fragments) as unknown as [string, AbiFunction][]);

/** Every value in parameters, by its path. */
function leaves(parameters: readonly AbiParameter[], prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const parameter of parameters) {
    const depth = parameter.type.split("[").length - 1;
    const path = `${prefix}${parameter.name}${".[]".repeat(depth)}`;
    const components = "components" in parameter ? (parameter.components as readonly AbiParameter[]) : undefined;
    if (!components) found.set(path, parameter.type.replace(/\[\d*\]/g, ""));
    else for (const [inner, type] of leaves(components, `${path}.`)) found.set(inner, type);
  }
  return found;
}

/** Which types a format is for. */
const FITS: Record<string, RegExp> = {
  addressName: /^address$/,
  calldata: /^bytes$/,
  raw: /./,
  enum: /^uint8$/,
  ...Object.fromEntries(["tokenAmount", "unit", "date", "duration", "amount"].map((format) => [format, /^uint/])),
};

/** Every value is shown or left out on purpose, once, in a format for its type. */
function expectCovered(what: string, fields: readonly Field[], values: Map<string, string>): void {
  const paths = fields.map(({ path }) => path).filter((path) => !path.startsWith("@."));
  expect(paths.toSorted(), what).to.deep.equal([...values.keys()].toSorted());
  for (const { path, format, params } of fields) {
    const type = values.get(path) ?? "uint256";
    expect(type, `${what}: ${path} as ${format}`).to.match(FITS[format] ?? /^$/);
    const callee = (params as { calleePath?: string } | undefined)?.calleePath;
    if (callee) expect(values.get(callee), `${what}: ${callee}`).to.equal("address");
  }
}

describe("What a wallet shows", () => {
  it("stands in files as it is generated, and keeps ERC-7730's rules", () => {
    const files = descriptorsFor(PUBLIC_NETWORKS);
    expect(readdirSync(here("../../erc7730")).toSorted()).to.deep.equal(Object.keys(files).toSorted());
    for (const [name, descriptor] of Object.entries(files)) {
      expect(JSON.parse(readFileSync(here(`../../erc7730/${name}`), "utf8")), name).to.deep.equal(descriptor);
      const { error } = descriptorSchema.safeParse(descriptor);
      expect(error, `${name}: ${error}`).to.equal(undefined);
    }
  });

  it("is for functions that the contracts have, and of each argument", () => {
    for (const [contract, calls] of Object.entries(CALLS)) {
      for (const [key, { fields }] of Object.entries(calls)) {
        const item = functionOf(contract, key);
        const read = parseAbiItem(`function ${signatureOf(item)}`) as AbiFunction;
        expect(toFunctionSelector(read)).to.equal(toFunctionSelector(item));
        expectCovered(`${contract}.${key}`, fields, leaves(item.inputs));
      }
    }
    for (const [contract, { signature, fields }] of Object.entries(PAYLOADS)) {
      const read = parseAbiItem(`function ${signature}`) as AbiFunction;
      expectCovered(`${contract}'s payload`, fields, leaves(read.inputs));
    }
  });

  it("is for messages whose types are signed, and of each field", () => {
    for (const { contract, types, shown } of MESSAGES) {
      for (const [name, { fields }] of Object.entries(shown)) {
        const type = types[name] ?? [];
        expect(type, `${contract}: ${name}`).to.not.have.length(0);
        expectCovered(encodedType(name, type), fields, leaves(type));
      }
    }
  });

  it("leaves out no call that an action has a wallet send", () => {
    const described = new Set(
      Object.entries(CALLS).flatMap(([contract, calls]) =>
        Object.keys(calls).map((key) => `${contract} ${toFunctionSelector(functionOf(contract, key))}`),
      ),
    );
    const contracts = Object.keys(CALLS).toSorted((a, b) => b.length - a.length);
    const sending = globSync("actions/**/*.ts", { cwd: here("..") }).filter((file) => {
      const isOne = /internal\/(send|sendBatch)\.ts|roles\/calls/.test(readFileSync(here(`../${file}`), "utf8"));
      return (isOne || file.endsWith("roles/calls.ts")) && !file.endsWith(".test.ts");
    });
    expect(sending.length).to.be.greaterThan(60);
    const missing: string[] = [];
    for (const file of sending) {
      const source = readFileSync(here(`../${file}`), "utf8");
      const [, imported = ""] = /import \{([^}]*)\} from "[./]*generated\/fragments\.ts"/.exec(source) ?? [];
      for (const name of imported.split(",").map((one) => one.trim())) {
        const item = generated.get(name);
        if (item?.type !== "function" || ["view", "pure"].includes(item.stateMutability)) continue;
        const contract = contracts.find((one) => name.toLowerCase().startsWith(one.toLowerCase()));
        if (!described.has(`${contract} ${toFunctionSelector(item)}`)) missing.push(`${file}: ${name}`);
      }
    }
    expect(missing).to.deep.equal([]);
  });

  it("leaves out no message that an action has a wallet sign", () => {
    const described = new Set(MESSAGES.flatMap(({ shown }) => Object.keys(shown)));
    const signing = globSync("{actions,internal,tab}/**/*.ts", { cwd: here("..") }).filter(
      (file) => !file.endsWith(".test.ts"),
    );
    const signed = signing.flatMap((file) => {
      const source = readFileSync(here(`../${file}`), "utf8");
      const asked = [...source.matchAll(/ signTypedData\(wallet,[\s\S]*?primaryType(?:: "(\w+)")?,/g)].map(
        ([, name]) => name,
      );
      // A payer's request has its type from who asks for it.
      const requests = [...source.matchAll(/signPayerRequest\(client, "(\w+)"/g)].map(([, name]) => name);
      return [...asked, ...requests].filter((name) => name !== undefined);
    });
    expect(signed.toSorted()).to.deep.equal(
      ["Extend", "Invite", "Permit", "ReceiveWithAuthorization", "RequestClose", "Rotate"].toSorted(),
    );
    for (const name of signed) expect(described.has(name), name).to.equal(true);
  });
});

describe("A wallet that reads ERC-7730", () => {
  let relayer: TestRelayer;
  before(async () => {
    relayer = await startTestRelayer();
  });
  after(() => relayer.stop());

  it("shows each request of a newcomer in words, with the amounts, on the deployment's own contracts", async () => {
    const { deployment } = await testChain();
    const { chainId, contracts } = deployment;
    const descriptors = descriptorsFor([deployment]);
    const signer = clearSigner(Object.values(descriptors), (address) =>
      address.toLowerCase() === contracts.Reserve.toLowerCase()
        ? { symbol: "USDC", decimals: 6 }
        : { symbol: "STELAI", decimals: 18 },
    );
    const screens: Screen[] = [];
    const watch = ({ method, params }: { method: string; params?: unknown }) => {
      const [first, second] = (params ?? []) as [{ to: Address; data: Hex }, string];
      if (method === "eth_sendTransaction") screens.push(signer.transaction(first, chainId));
      if (method === "eth_signTypedData_v4") screens.push(signer.message(JSON.parse(second)));
    };
    const person = await newcomer();
    const { stelai } = await stelaiInBrowser(person, { watch }, { relayerUrl: relayer.url });
    /** What was shown since it was last asked. */
    const shown = () => screens.splice(0);
    const me = `${person.address}`;

    const [{ packageId } = { packageId: 0n }] = await stelai.credits.getPackages();
    await (await stelai.credits.buyWithPermit({ packageId })).wait();
    const [permit, purchase] = shown();
    expect(permit?.intent).to.equal("Allow tokens to be taken");
    expect(permit?.lines.slice(0, 2)).to.deep.equal([`By: ${contracts.CreditStore}`, "At most: 10 USDC"]);
    expect(purchase).to.deep.include({ intent: "Buy credits" });
    expect(purchase?.lines).to.include.members(["Pay at most: 10 USDC", `Credits for: ${me}`]);

    await (await stelai.credits.buySponsored({ packageId })).wait();
    expect(shown()[0]?.lines[0]).to.match(/^Pay at most: 10(\.\d+)? USDC$/);

    const { session } = await (await stelai.tab.openSession({ cap: 3_000_000n })).wait();
    const [opening] = shown();
    expect(opening?.intent).to.equal("Pay with credits");
    expect(opening?.lines[1]).to.equal(`To: ${contracts.InferenceMeter}`);
    const { operator, tabId } = session;
    await (await stelai.tab.rotateSession({ operator, tabId })).wait();
    expect(shown()[0]?.lines.slice(0, 2)).to.deep.equal([`Operator: ${operator}`, `Tab: ${tabId}`]);
    await (await stelai.tab.openSession({ cap: 2_000_000n, by: "transfer" })).wait();
    expect(shown()).to.deep.equal([
      {
        intent: "Pay with credits",
        lines: [
          ...["Pay: 2 STELAI", `To: ${contracts.InferenceMeter}`, "For: Pay into a tab"],
          ...["What for: Open a tab", `Operator: ${operator}`],
        ],
      },
    ]);

    const { characterId } = await withCharacter({ monthly: 30_000_000n });
    await (
      await stelai.access.subscribe({ characterId, plan: "Monthly", renews: true, allowance: 60_000_000n })
    ).wait();
    expect(shown()).to.deep.equal([
      {
        intent: "Pay, and allow renewals",
        lines: [
          ...["Now and later, at most: 90 STELAI", `To: ${contracts.CharacterAccess}`, "For: Buy a pass"],
          ...[`Character: ${characterId}`, "Plan: Monthly", "Price at most: 30 credits", "Renews: true"],
          ...[`For: ${me}`, "Ends the running pass: false"],
        ],
      },
    ]);

    await (await stelai.plans.subscribe({ planId: 1n })).wait();
    const [approval, plan] = shown();
    expect(approval?.intent).to.equal("Allow dollars to be taken");
    expect(plan?.lines.slice(0, 3)).to.deep.equal([
      ...["Plan: 1", "Pay now at most: 9.5 USDC", "Each renewal at most: 9.5 USDC"],
    ]);

    const { first } = await withWork();
    const bought = await stelai.market.buy({ offerId: first, price: 2_000_000n, termsHash: TERMS_HASHES.Personal });
    const { licenceId } = await bought.wait();
    expect(shown()[0]?.lines).to.include.members(["Pay: 2 STELAI", "Dispute: false", `Offer, or licence: ${first}`]);
    await attest(licenceId);
    await (await stelai.market.dispute({ licenceId })).wait();
    expect(shown()[0]?.lines).to.include.members([
      "Pay: 0.1 STELAI",
      "Dispute: true",
      `Offer, or licence: ${licenceId}`,
    ]);

    const created = await stelai.characters.create({
      ...{ modality: "Image", metadataURI: "ipfs://card", visibility: "Private", operators: [operator as Address] },
      terms: { perInference: 100_000n },
    });
    const mine = (await created.wait()).characterId;
    expect(shown()[0]?.lines).to.include.members(["Makes: Image", "Visible: Private", "Each use: 0.1 credits"]);
    await stelai.characters.createInvite({ characterId: mine });
    expect(shown()[0]).to.deep.include({ intent: "Invite to a character" });

    await (await stelai.credits.redeem({ amount: 10n ** 18n })).wait();
    expect(shown().at(-1)?.lines[0]).to.equal("Give: 1 STELAI");
  });

  it("shows nothing for a contract of another chain or another address", async () => {
    const { deployment } = await testChain();
    const signer = clearSigner(Object.values(descriptorsFor([deployment])), () => ({ symbol: "?", decimals: 0 }));
    const data = `${toFunctionSelector("function cancel()")}` as Hex;
    const { CreditPlans, Stelai } = deployment.contracts;
    expect(signer.transaction({ to: CreditPlans, data }, deployment.chainId).intent).to.equal("Cancel the plan");
    expect(() => signer.transaction({ to: CreditPlans, data }, 1)).to.throw("Nothing describes");
    expect(() => signer.transaction({ to: Stelai, data }, deployment.chainId)).to.throw("Nothing describes");
  });
});
