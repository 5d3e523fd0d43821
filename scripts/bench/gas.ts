/**
 * Gas of what people do most, from the receipts of an in-process chain: whole transactions, a batch's divided by its
 * rows, in repeat state (the accounts, tabs, characters and splits have been used before).
 */
import {
  AbiCoder,
  type BaseContract,
  type ContractTransactionResponse,
  concat,
  id,
  type Signer,
  Wallet,
  ZeroAddress,
  ZeroHash,
} from "ethers";
import hre from "hardhat";
import { meterDomain, packRow, signVoucher, voucherOf } from "../../test/metering/helpers/vouchers.ts";
import { deploy } from "../deploy/deploy.ts";
import { readParameters } from "../deploy/parameters.ts";

/** What DESIGN section 11 asks for, in gas. */
export const reach = {
  "settle.1line": 13_500,
  "settle.3lines": 15_000,
  "tab.open": 140_000,
  "access.subscribe": 150_000,
  "access.renew": 90_000,
  "package.buy": 130_000,
  "market.buy": 140_000,
  "market.release": 65_000,
  "payouts.earn10": 60_000,
  "payouts.claim": 75_000,
};

const ROWS = 100;
const CHARACTERS = 10;
const MICROCREDIT = 10n ** 12n;
const CAP = 5_000_000n;
const LONG = 2n ** 40n;

/** An ERC-3009 receiving authorization's fields. */
const RECEIVE = ["address from", "address to", "uint256 value", "uint256 validAfter", "uint256 validBefore"]
  .concat("bytes32 nonce")
  .map((field) => ({ type: field.split(" ")[0] ?? "", name: field.split(" ")[1] ?? "" }));

/** What is bought: the data of an ERC-1363 approval. */
const PURCHASE =
  "tuple(uint256 characterId,address account,uint8 plan,uint40 maxPrice,bool renews,bool replaces,bytes invite)";

/** Measures every key of {@link reach}. */
export async function run(): Promise<Record<string, number>> {
  const world = await start();
  try {
    return {
      ...(await settling(world)),
      ...(await opening(world)),
      ...(await subscribing(world)),
      ...(await buying(world)),
      ...(await trading(world)),
      ...(await payouts(world)),
    };
  } finally {
    await world.connection.close();
  }
}

type World = Awaited<ReturnType<typeof start>>;

/** Everything deployed; a payer with credits and standing allowances; ten characters. */
async function start() {
  const connection = await hre.network.create();
  const { ethers } = connection;
  const parameters = readParameters(new URL("../deploy/parameters/local.json", import.meta.url).pathname);
  const { contracts } = await deploy(connection, parameters);
  const [admin, payer, operator, creator] = await ethers.getSigners();
  if (!admin || !payer || !operator || !creator) throw new Error("The chain has too few accounts.");
  const world = {
    connection,
    admin,
    payer,
    operator,
    creator,
    stelai: await ethers.getContractAt("Stelai", contracts.Stelai),
    store: await ethers.getContractAt("CreditStore", contracts.CreditStore),
    payouts: await ethers.getContractAt("Payouts", contracts.Payouts),
    characters: await ethers.getContractAt("Characters", contracts.Characters),
    meter: await ethers.getContractAt("InferenceMeter", contracts.InferenceMeter),
    access: await ethers.getContractAt("CharacterAccess", contracts.CharacterAccess),
    works: await ethers.getContractAt("Works", contracts.Works),
    licenses: await ethers.getContractAt("Licenses", contracts.Licenses),
    usdc: await ethers.getContractAt("TestUSDC", contracts.Reserve),
  };
  await gas(world.usdc, admin, "mint", [payer.address, 10n ** 12n]);
  await gas(world.usdc, payer, "approve", [contracts.CreditStore, 2n ** 256n - 1n]);
  await buy(world, 3n, 10n);
  await gas(world.stelai, payer, "approve", [contracts.InferenceMeter, 2n ** 256n - 1n]);
  await gas(world.stelai, payer, "approve", [contracts.Payouts, 2n ** 256n - 1n]);
  for (let i = 0; i < CHARACTERS; i++) {
    const terms = { lifetime: 0n, monthly: 0n, annual: 0n, perInference: 1_000n, perUnit: 2_000n };
    const about = { modality: 0, visibility: 0, personaHash: ZeroHash, metadataURI: "ipfs://card", terms };
    await gas(world.characters, creator, "create", [
      { ...about, payee: BigInt(creator.address), operators: [operator.address], shares: [] },
    ]);
  }
  return world;
}

/** Sends a call and tells what its whole transaction cost. */
async function gas(contract: BaseContract, from: Signer, name: string, args: unknown[]): Promise<number> {
  const call = (contract.connect(from) as BaseContract).getFunction(name);
  const receipt = await ((await call(...args)) as ContractTransactionResponse).wait();
  if (!receipt) throw new Error(`${name} was not mined`);
  return Number(receipt.gasUsed);
}

async function buy({ store, payer }: World, packageId: bigint, quantity: bigint): Promise<number> {
  const [price]: [bigint] = await store.getFunction("quote")(packageId, quantity);
  const order = { packageId, quantity, recipient: payer.address, referrer: ZeroAddress, maxPrice: price };
  return gas(store, payer, "buy", [order]);
}

/** The second purchase of the same buyer. */
async function buying(world: World) {
  return { "package.buy": await buy(world, 1n, 1n) };
}

/** Batches of 100 tabs; each tab and character has been settled before. */
async function settling({ connection, meter, payer, operator }: World) {
  const { chainId } = await connection.ethers.provider.getNetwork();
  const domain = meterDomain(await meter.getAddress(), chainId);
  const now = BigInt((await connection.ethers.provider.getBlock("latest"))?.timestamp ?? 0);
  const keys = Array.from({ length: ROWS }, (_, i) => new Wallet(id(`session ${i}`)));
  for (const key of keys) {
    await gas(meter, payer, "open", [
      { operator: operator.address, sessionKey: key.address, cap: CAP, expiry: now + 86_400n },
    ]);
  }

  const spent = keys.map(() => 0n);
  const settle = async (lineCount: number) => {
    const rows = await Promise.all(
      keys.map(async (key, i) => {
        const lines = Array.from({ length: lineCount }, (_, line) => ({
          character: BigInt(1 + ((i + 3 * line) % CHARACTERS)),
          amount: BigInt(12_000 + 37 * i + line),
          inferences: BigInt(1 + (i % 9)),
          milliunits: BigInt(2_400 + 91 * i),
        }));
        const voucher = voucherOf({
          operator: operator.address,
          tabId: BigInt(i + 1),
          base: spent[i] ?? 0n,
          lines,
          receipts: id(`receipts ${i} ${spent[i]}`),
        });
        spent[i] = voucher.cumulative;
        return packRow(voucher, await signVoucher(domain, key, voucher));
      }),
    );
    return (await gas(meter, operator, "settle", [concat(rows)])) / ROWS;
  };

  await settle(1);
  return { "settle.1line": await settle(1), "settle.3lines": await settle(3) };
}

/** The payer's second sponsored tab with an operator that has been paid fees before. */
async function opening({ connection, stelai, meter, payer, operator }: World) {
  const { chainId } = await connection.ethers.provider.getNetwork();
  const now = BigInt((await connection.ethers.provider.getBlock("latest"))?.timestamp ?? 0);
  const verifyingContract = await stelai.getAddress();
  const open = async (turn: number) => {
    const sessionKey = new Wallet(id(`sponsored ${turn}`)).address;
    const agreed = { operator: operator.address, sessionKey, cap: CAP, expiry: now + 30n * 86_400n };
    const sponsorship = { fee: 20_000n * MICROCREDIT, recipient: operator.address, salt: id(`salt ${turn}`) };
    const nonce: string = await meter.getFunction("openNonce")(agreed, sponsorship);
    const value = CAP * MICROCREDIT + sponsorship.fee;
    const terms = { from: payer.address, value, validAfter: 0n, validBefore: LONG };
    const signature = await payer.signTypedData(
      { name: "Stelai", version: "1", chainId, verifyingContract },
      { ReceiveWithAuthorization: RECEIVE },
      { ...terms, to: await meter.getAddress(), nonce },
    );
    return gas(meter, operator, "openWithAuthorization", [agreed, { ...terms, signature }, sponsorship]);
  };
  await open(1);
  return { "tab.open": await open(2) };
}

/** Renewals in a row: one of so many changes two slots of the book instead of one. */
const RENEWALS = 4;

/**
 * A month's pass that renews, of an account and a character that had one before and harvested it, nobody else's: the
 * dearer way of two, the approval in the same transaction or one that stands. Then its renewals, each in a transaction
 * of its own as soon as it is due: their mean, since what one costs depends on the date.
 */
async function subscribing({ connection, stelai, characters, access, payer, creator }: World) {
  const monthly = 5_000_003n;
  const terms = { lifetime: 0n, monthly, annual: 48_000_000n, perInference: 1_000n, perUnit: 2_000n };
  const about = { modality: 0, visibility: 0, personaHash: ZeroHash, metadataURI: "ipfs://card", terms };
  const target = await access.getAddress();
  const account = payer.address;
  const days = (count: number) => connection.networkHelpers.time.increase(count * 86_400);

  const way = async (isOneTransaction: boolean) => {
    const creation = { ...about, payee: BigInt(creator.address), operators: [], shares: [] };
    await gas(characters, creator, "create", [creation]);
    const characterId: bigint = await characters.getFunction("count")();
    const data = AbiCoder.defaultAbiCoder().encode([PURCHASE], [[characterId, account, 1, monthly, true, false, "0x"]]);
    const allowance = 13n * monthly * MICROCREDIT;
    const subscribe = () =>
      isOneTransaction
        ? gas(stelai, payer, "approveAndCall(address,uint256,bytes)", [target, allowance, data])
        : gas(access, payer, "subscribe", [characterId, 1, monthly, true, "0x"]);
    if (!isOneTransaction) await gas(stelai, payer, "approve", [target, 2n * allowance]);

    await subscribe();
    await days(31);
    await gas(access, payer, "cancelNow", [characterId, 0n]);
    await gas(access, creator, "harvest", [characterId, 100]);
    await days(5);
    const subscribed = await subscribe();
    let renewed = 0;
    for (let i = 0; i < RENEWALS; i++) {
      await days(30);
      renewed += await gas(access, creator, "renew", [[{ characterId, account }]]);
    }
    return { subscribed, renewed: renewed / RENEWALS };
  };

  const ways = [await way(true), await way(false)];
  return {
    "access.subscribe": Math.max(...ways.map(({ subscribed }) => subscribed)),
    "access.renew": Math.max(...ways.map(({ renewed }) => renewed)),
  };
}

/**
 * A commercial licence of a work that has sold before, by an account that has one already: the dearer way of two, the
 * credits in the same transaction or an allowance that stands. Then its acceptance, by a seller who has earned before.
 */
async function trading({ stelai, works, licenses, payer, operator, creator }: World) {
  const target = await licenses.getAddress();
  const price = 5_000_003n;
  const none = {
    ...{ operator: ZeroAddress, tabId: 0n, sequence: 0n, request: ZeroHash, response: ZeroHash, characterId: 0n },
    ...{ termsVersion: 0n, milliunits: 0n, quality: 0, amount: 0n, fee: 0n, servedAt: 0n, previous: ZeroHash },
  };
  const work = {
    ...{ modality: 1, metadataURI: "ipfs://work", contentHash: id("file") },
    shares: [{ recipient: BigInt(creator.address), bps: 10_000 }],
    ...{ royaltyBps: 500, allowsDerivatives: true, derivativeBps: 1_000, maxParentsBps: 0, parents: [] },
  };
  const terms = { supply: 0, duration: 0, attestor: operator.address, termsHash: id("terms") };
  const offers = [{ tier: 1, price, ...terms }];
  await gas(works, creator, "create", [work, { receipt: none, signature: "0x" }, offers]);
  await gas(stelai, payer, "approve", [target, 2n ** 256n - 1n]);

  let licenceId = 0n;
  const way = async (isOneTransaction: boolean) => {
    const payment = AbiCoder.defaultAbiCoder().encode(
      ["tuple(bool isDispute,uint256 id,address recipient,string evidenceURI)"],
      [[false, 1n, payer.address, ""]],
    );
    const bought = isOneTransaction
      ? await gas(stelai, payer, "transferAndCall(address,uint256,bytes)", [target, price * MICROCREDIT, payment])
      : await gas(licenses, payer, "buy", [1n, payer.address]);
    await gas(licenses, operator, "attest", [[++licenceId]]);
    return { bought, released: await gas(licenses, payer, "accept", [licenceId]) };
  };
  // An order that stays open: the escrow is as seldom empty as a market's.
  await gas(licenses, payer, "buy", [1n, payer.address]);
  await gas(licenses, operator, "attest", [[++licenceId]]);
  await way(false);
  const ways = [await way(true), await way(false)];
  return {
    "market.buy": Math.max(...ways.map(({ bought }) => bought)),
    "market.release": Math.max(...ways.map(({ released }) => released)),
  };
}

/** A split of ten that has earned before, from a source with a commission, and a recipient that has claimed before. */
async function payouts({ connection, payouts, admin, payer }: World) {
  const recipients = (await connection.ethers.getSigners()).slice(5, 5 + 10);
  const shares = recipients
    .map(({ address }) => ({ recipient: BigInt(address), bps: 1_000n }))
    .sort((a, b) => (a.recipient < b.recipient ? -1 : 1));
  const split: bigint = await payouts.getFunction("splitOf")(shares);
  await gas(payouts, payer, "registerSplit", [shares]);
  await gas(payouts, admin, "setCommission", [payer.address, 1_000]);
  const earn = () => gas(payouts, payer, "earn", [split, 10n ** 18n, id("work")]);

  const claimer = recipients[0];
  if (!claimer) throw new Error("The chain has too few accounts.");
  const index = shares.findIndex(({ recipient }) => recipient === BigInt(claimer.address));
  const claim = () => gas(payouts, claimer, "claim", [[{ shares, index }], claimer.address]);

  await earn();
  await claim();
  return { "payouts.earn10": await earn(), "payouts.claim": await claim() };
}
