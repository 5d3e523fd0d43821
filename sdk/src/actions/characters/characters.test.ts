import { expect } from "chai";
import { zeroHash } from "viem";
import { newcomer, people, stelaiOf, withCharacter } from "../../../test/world.ts";
import {
  ERC721NonexistentTokenError,
  InvalidMetadataURIError,
  NotCharacterOwnerError,
  PrivateCardError,
  payeeOf,
  personaHash,
  RelayerProtocolError,
  sortShares,
  splitOf,
  UnknownPayeeError,
} from "../../index.ts";

/** The error that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );
}

describe("A character", () => {
  it("is published in one call, with all that was said about it", async () => {
    const creator = await newcomer();
    const { operator } = await people();
    const stelai = await stelaiOf(creator);
    const hash = personaHash(zeroHash, { name: "Ferryman" });
    const { wait } = await stelai.characters.create({
      modality: "Voice",
      visibility: "Unlisted",
      metadataURI: "ipfs://card",
      personaHash: hash,
      terms: { perInference: 3n, perUnit: 2n ** 40n - 1n },
      operators: [operator.address],
    });
    const { characterId } = await wait();
    expect(await stelai.characters.getCharacter({ characterId })).to.deep.equal({
      characterId,
      owner: creator.address,
      modality: "Voice",
      visibility: "Unlisted",
      suspended: false,
      termsVersion: 1n,
      terms: { lifetime: 0n, monthly: 0n, annual: 0n, perInference: 3n, perUnit: 2n ** 40n - 1n },
      payee: payeeOf(creator.address),
      personaHash: hash,
      metadataURI: "ipfs://card",
    });
  });

  it("may pay a split that is registered with it", async () => {
    const creator = await newcomer();
    const { ann } = await people();
    const stelai = await stelaiOf(creator);
    const shares = sortShares([
      { recipient: payeeOf(creator.address), bps: 6_000 },
      { recipient: payeeOf(ann.address), bps: 4_000 },
    ]);
    const { wait } = await stelai.characters.create({
      modality: "Chat",
      metadataURI: "ipfs://card",
      terms: {},
      shares,
    });
    expect((await wait()).payee).to.equal(splitOf(shares));
  });

  it("is changed by its owner, and every version of its terms stays readable", async () => {
    const { creator, characterId } = await withCharacter();
    const stelai = await stelaiOf(creator);
    const { ann } = await people();
    await (await stelai.characters.setTerms({ characterId, terms: { monthly: 9n, perUnit: 8n } })).wait();
    await (await stelai.characters.setMetadata({ characterId, metadataURI: "ipfs://other" })).wait();
    await (await stelai.characters.setPersona({ characterId, personaHash: `0x${"05".repeat(32)}` })).wait();
    await (await stelai.characters.setVisibility({ characterId, visibility: "Unlisted" })).wait();
    await (await stelai.characters.setPayee({ characterId, payee: payeeOf(ann.address) })).wait();
    await (await stelai.characters.setOperator({ characterId, operator: ann.address, listed: true })).wait();
    const found = await stelai.characters.getCharacter({ characterId });
    expect(found).to.include({ termsVersion: 2n, metadataURI: "ipfs://other", visibility: "Unlisted" });
    expect(found.payee).to.equal(payeeOf(ann.address));
    const history = await stelai.characters.getTermsHistory({ characterId });
    expect(history.map(({ termsVersion }) => termsVersion)).to.deep.equal([1n, 2n]);
    expect(history.map(({ terms }) => terms.perUnit)).to.deep.equal([50_000n, 8n]);
    expect(await stelai.characters.getTerms({ characterId })).to.deep.equal({
      terms: history[1]?.terms,
      termsVersion: 2n,
    });
    expect(await stelai.characters.getAccrued({ characterId })).to.equal(0n);
    const { amount } = await (await stelai.characters.collect({ characterId })).wait();
    expect(amount).to.equal(0n);
  });

  it("refuses with a typed error what is not its owner's or not possible", async () => {
    const { characterId, creator } = await withCharacter();
    const other = await stelaiOf(await newcomer());
    const stelai = await stelaiOf(creator);
    expect(await failure(other.characters.setTerms({ characterId, terms: {} }))).to.be.instanceOf(
      NotCharacterOwnerError,
    );
    const unknown = await failure(other.characters.getCharacter({ characterId: 10n ** 9n }));
    expect(unknown).to.be.instanceOf(ERC721NonexistentTokenError);
    const nameless = await failure(stelai.characters.setMetadata({ characterId, metadataURI: "" }));
    expect(nameless).to.be.instanceOf(InvalidMetadataURIError);
    const nobody = await failure(stelai.characters.setPayee({ characterId, payee: 2n ** 200n }));
    expect(nobody).to.be.instanceOf(UnknownPayeeError);
  });

  it("has a card that is read through the relayer's gateway", async () => {
    const asked: string[] = [];
    const answer =
      (body: BodyInit, status = 200) =>
      async (input: RequestInfo | URL) => {
        asked.push(String(input));
        return new Response(body, { status });
      };
    const stelai = await stelaiOf(undefined, {
      relayerUrl: "http://relayer.test/",
      fetch: answer('{"name":"Ferryman","tags":["river"]}'),
    });
    const card = await stelai.characters.fetchCard({ metadataURI: "ipfs://bafy" });
    expect(asked).to.deep.equal(["http://relayer.test/ipfs/bafy"]);
    expect(card).to.deep.equal({ name: "Ferryman", tagline: "", description: "", tags: ["river"], openers: [] });
    for (const wrong of [answer("<html>"), answer("{}"), answer("", 404)]) {
      const broken = await stelaiOf(undefined, { relayerUrl: "http://relayer.test", fetch: wrong });
      const error = await failure(broken.characters.fetchCard({ metadataURI: "ipfs://bafy" }));
      expect(error).to.be.instanceOf(RelayerProtocolError);
    }
  });

  it("of a private character is said to be private, and asked of nobody", async () => {
    const asked: string[] = [];
    const fetch = async (input: RequestInfo | URL) => {
      asked.push(String(input));
      return new Response("{}");
    };
    const stelai = await stelaiOf(undefined, { relayerUrl: "http://relayer.test", fetch });
    const error = await failure(stelai.characters.fetchCard({ metadataURI: "stelai:card:0c" }));
    expect(error).to.be.instanceOf(PrivateCardError);
    expect(error).to.have.property("message").that.includes("characters.getModel");
    expect(asked).to.deep.equal([]);
  });
});
