import { contentKeySchema, errorSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { keccak256 } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { pngOf } from "../../test/generations.ts";
import { buy, createWork, encrypted, fund, mine, type TestOffer } from "../../test/market.ts";
import { signInAt } from "../../test/signIn.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { decryptFile } from "../generations/files.ts";

const DAY = 86_400;

describe("Keys of deposited files", () => {
  let world: World;
  let relayer: ServedRelayer;
  let people = 0;

  before(async () => {
    world = await startWorld();
    relayer = await serveRelayer(world, { RATE_WRITES_PER_MINUTE: "100000" });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });

  const finality = () => relayer.services.chain.finalityBlocks;
  const makeFinal = () => mine(world, finality());

  async function newcomer() {
    people += 1;
    const account = world.account(people);
    await fund(world, account);
    return { account, headers: await signInAt(relayer, account) };
  }
  type Person = Awaited<ReturnType<typeof newcomer>>;

  async function deposit({ headers }: Pick<Person, "headers">, bytes: Uint8Array) {
    const file = encrypted(bytes);
    const sent = await fetch(`${relayer.url}/v1/deposits`, {
      ...{ method: "POST", headers: { ...headers, ...file.headers }, body: file.body },
    });
    expect(sent.status).to.equal(200);
    return keccak256(bytes);
  }

  /** A deposited file, the work of it, its offers; and who buys the first. */
  async function sale(offer: TestOffer = {}) {
    const [seller, buyer] = [await newcomer(), await newcomer()];
    const bytes = pngOf(100 + people, 20);
    const contentHash = await deposit(seller, bytes);
    const { workId, offerIds } = await createWork(world, seller.account, contentHash, [offer]);
    const licenceId = await buy(world, buyer.account, offerIds[0] ?? 0n);
    return { seller, buyer, bytes, contentHash, workId, licenceId };
  }

  const attest = (seller: Person, licenceId: bigint) =>
    world.write(seller.account, "Licenses", "attest", [[licenceId]]);

  /** A sale that was attested, and that is final. */
  async function delivered(offer: TestOffer = {}) {
    const sold = await sale(offer);
    await attest(sold.seller, sold.licenceId);
    await makeFinal();
    return sold;
  }

  const ask = (what: "licences" | "works", id: bigint, headers: Record<string, string> = {}) =>
    fetch(`${relayer.url}/v1/${what}/${id}/key`, { headers });
  const keyOf = async (response: Response) => {
    expect(response.status, await response.clone().text()).to.equal(200);
    expect(response.headers.get("Cache-Control")).to.equal("private, no-store");
    return contentKeySchema.parse(await response.json());
  };
  /** Status, code, and what of it a program goes by. */
  const refusal = async (response: Response) => {
    const { error } = errorSchema.parse(await response.json());
    return [response.status, error.code, ...Object.values(error.stelai ?? {})];
  };

  it("are the holder's once the delivery is final, and open the file that the chain names", async () => {
    const { buyer, bytes, contentHash, workId, licenceId } = await delivered();
    const released = await keyOf(await ask("licences", licenceId, buyer.headers));
    expect(released).to.include({ workId, licenceId, contentHash, mediaType: "image/png", bytes: bytes.length });
    const stored = await fetch(`${relayer.url}/ipfs/${released.cid}`);
    const opened = decryptFile(Buffer.from(released.key, "base64url"), new Uint8Array(await stored.arrayBuffer()));
    expect(keccak256(opened)).to.equal(contentHash);
    await world.write(buyer.account, "Licenses", "accept", [licenceId]);
    expect(await keyOf(await ask("licences", licenceId, buyer.headers))).to.deep.equal(released);
  });

  it("are nobody else's: not the seller's by the licence, not a stranger's, not without a sign-in", async () => {
    const { seller, licenceId } = await delivered();
    const stranger = await newcomer();
    for (const { headers } of [seller, stranger]) {
      expect(await refusal(await ask("licences", licenceId, headers))).to.deep.equal([
        403,
        "not_licensed",
        "Delivered",
      ]);
    }
    expect(await refusal(await ask("licences", licenceId))).to.deep.equal([401, "not_signed_in"]);
    expect(await refusal(await ask("licences", 999_999n, stranger.headers))).to.deep.equal([404, "not_found"]);
    expect((await ask("licences", 2n ** 60n, stranger.headers)).status).to.equal(400);
  });

  it("wait for the delivery, and then for each block until it is final", async () => {
    const { seller, buyer, licenceId } = await sale();
    await makeFinal();
    expect(await refusal(await ask("licences", licenceId, buyer.headers))).to.deep.equal([
      403,
      "not_licensed",
      "Escrowed",
    ]);
    await attest(seller, licenceId);
    for (let left = finality(); left > 0; left -= 1) {
      const early = await ask("licences", licenceId, buyer.headers);
      expect(Number(early.headers.get("Retry-After"))).to.be.above(0);
      expect(await refusal(early)).to.deep.equal([409, "not_final", left]);
      await mine(world, 1);
    }
    await keyOf(await ask("licences", licenceId, buyer.headers));
  });

  it("are not released for what a reorganisation took back, however final it had looked before", async () => {
    const { seller, buyer, licenceId } = await sale();
    await makeFinal();
    const snapshot = await world.chain.request("evm_snapshot");
    await attest(seller, licenceId);
    await makeFinal();
    await keyOf(await ask("licences", licenceId, buyer.headers));
    await world.chain.request("evm_revert", [snapshot]);
    expect(await refusal(await ask("licences", licenceId, buyer.headers))).to.deep.equal([
      403,
      "not_licensed",
      "Escrowed",
    ]);
  });

  it("are refused when the newest block says otherwise than the final one: disputed, refunded", async () => {
    const { buyer, licenceId } = await delivered();
    await world.write(buyer.account, "Licenses", "dispute", [licenceId, "ipfs://evidence"]);
    expect(await refusal(await ask("licences", licenceId, buyer.headers))).to.deep.equal([
      403,
      "not_licensed",
      "Disputed",
    ]);
    await world.pass(7 * DAY + 1);
    await world.write(buyer.account, "Licenses", "conclude", [[licenceId]]);
    expect(await refusal(await ask("licences", licenceId, buyer.headers))).to.deep.equal([
      403,
      "not_licensed",
      "Refunded",
    ]);
    await makeFinal();
    expect(await refusal(await ask("licences", licenceId, buyer.headers))).to.deep.equal([
      403,
      "not_licensed",
      "Refunded",
    ]);
  });

  it("end with the licence's time", async () => {
    const { buyer, licenceId } = await delivered({ duration: 2 * DAY });
    await keyOf(await ask("licences", licenceId, buyer.headers));
    await world.pass(2 * DAY);
    expect(await refusal(await ask("licences", licenceId, buyer.headers))).to.deep.equal([
      403,
      "not_licensed",
      "Delivered",
    ]);
  });

  it("follow a licence that moves: at once gone from who gave it, later there for who has it", async () => {
    const { buyer, licenceId } = await delivered();
    const next = await newcomer();
    await world.write(buyer.account, "Licenses", "accept", [licenceId]);
    await makeFinal();
    const addresses = [buyer.account.address, next.account.address, licenceId];
    await world.write(buyer.account, "Licenses", "transferFrom", addresses);
    expect(await refusal(await ask("licences", licenceId, buyer.headers))).to.deep.equal([
      403,
      "not_licensed",
      "Released",
    ]);
    expect(await refusal(await ask("licences", licenceId, next.headers))).to.deep.equal([409, "not_final", finality()]);
    await makeFinal();
    await keyOf(await ask("licences", licenceId, next.headers));
    expect(await refusal(await ask("licences", licenceId, buyer.headers))).to.deep.equal([
      403,
      "not_licensed",
      "Released",
    ]);
  });

  it("are the work's owner's, and follow it", async () => {
    const { seller, contentHash, workId } = await delivered();
    const next = await newcomer();
    expect(await keyOf(await ask("works", workId, seller.headers))).to.include({
      workId,
      licenceId: null,
      contentHash,
    });
    await world.write(seller.account, "Works", "transferFrom", [seller.account.address, next.account.address, workId]);
    expect(await refusal(await ask("works", workId, seller.headers))).to.deep.equal([403, "not_licensed", "None"]);
    expect(await refusal(await ask("works", workId, next.headers))).to.deep.equal([409, "not_final", finality()]);
    await makeFinal();
    // The deposit is the creator's still.
    expect(await keyOf(await ask("works", workId, next.headers))).to.include({ contentHash });
    expect(await refusal(await ask("works", 999_999n, next.headers))).to.deep.equal([404, "not_found"]);
  });

  it("stay with holders of a work that a moderator suspended, and with those whom this operator refuses", async () => {
    const { buyer, workId, licenceId } = await delivered();
    const deployer = privateKeyToAccount(world.chain.accounts[0]?.privateKey ?? "0x");
    await world.write(deployer, "Works", "setSuspended", [workId, true]);
    await relayer.services.people.blocklist.blockAccount(buyer.account.address, "spam");
    await makeFinal();
    await keyOf(await ask("licences", licenceId, buyer.headers));
  });

  it("are nothing that a copied hash leads to: of the copier's own work, there is no deposit", async () => {
    const { contentHash, seller, buyer: accomplice } = await delivered();
    const thief = await newcomer();
    const copy = await createWork(world, thief.account, contentHash, [{}]);
    await makeFinal();
    expect(await refusal(await ask("works", copy.workId, thief.headers))).to.deep.equal([404, "not_deposited"]);
    const { deposits } = relayer.services.market;
    expect(await deposits.verify(contentHash, thief.account.address)).to.have.property("problem");

    const licenceId = await buy(world, accomplice.account, copy.offerIds[0] ?? 0n);
    await attest(thief, licenceId);
    await makeFinal();
    expect(await refusal(await ask("licences", licenceId, accomplice.headers))).to.deep.equal([404, "not_deposited"]);
    // Owning the file is what makes a deposit, and the public ciphertext is not the file.
    const cid = (await deposits.find(contentHash, seller.account.address))?.file.cid;
    const ciphertext = new Uint8Array(await (await fetch(`${relayer.url}/ipfs/${cid}`)).arrayBuffer());
    const headers = { ...thief.headers, ...encrypted(pngOf(3, 3)).headers, "Stelai-Content-Hash": contentHash };
    const sent = await fetch(`${relayer.url}/v1/deposits`, { method: "POST", headers, body: ciphertext });
    expect((await refusal(sent)).slice(0, 2)).to.deep.equal([422, "unfit_file"]);
  });

  it("answer 503 while the chain is out of reach", async () => {
    const { buyer, licenceId } = await delivered();
    const { chain } = relayer.services;
    const { refresh } = chain;
    Object.assign(chain, { refresh: () => Promise.reject(new Error("no route to the chain")) });
    try {
      expect((await refusal(await ask("licences", licenceId, buyer.headers))).slice(0, 2)).to.deep.equal([
        503,
        "unavailable",
      ]);
    } finally {
      Object.assign(chain, { refresh });
    }
  });
});
