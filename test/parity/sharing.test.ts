import {
  charactersDomain,
  charactersTypes,
  hashReceipt,
  type MeterReference,
  meterDigest,
  type Receipt,
  signMeter,
} from "@stelai/sdk";
import { expect } from "chai";
import { AbiCoder, concat, keccak256, toUtf8Bytes } from "ethers";
import fc from "fast-check";
import { hashStruct, hashTypedData } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { creationOf, networkHelpers, payeeOf, type World, withCredits } from "../fixtures.ts";
import { address, bytes32, compareAll, uint } from "./random.ts";

/** Characters and tabs that a receipt can name. */
const COUNT = 3;

describe("Solidity and the SDK agree, whatever the values, on what is signed about access:", () => {
  const operator = privateKeyToAccount(generatePrivateKey());
  let w: World;
  let meter: MeterReference;
  before(async () => {
    w = await networkHelpers.loadFixture(withServed);
    const { chainId, contracts } = w.deployment;
    meter = { chainId, inferenceMeter: contracts.InferenceMeter };
  });

  /** Three characters of Bob's that the operator serves, and three tabs of Alice's with it. */
  async function withServed() {
    const world = await networkHelpers.loadFixture(withCredits);
    const expiry = BigInt(await networkHelpers.time.latest()) + 86_400n;
    await world.stelai.connect(world.alice).approve(world.meter.target, 10n ** 18n);
    for (let i = 0; i < COUNT; i++) {
      const creation = creationOf({ payee: payeeOf(world.bob), operators: [operator.address] });
      await world.characters.connect(world.bob).create(creation);
      const opening = { operator: operator.address, sessionKey: operator.address, cap: 1n, expiry };
      await world.meter.connect(world.alice).open(opening);
    }
    return world;
  }

  const invite = fc.record({
    characterId: uint(256),
    account: address,
    key: address,
    generation: uint(64),
    expiry: uint(64),
    salt: bytes32,
  });

  it("an invite's digest", async () => {
    const domain = charactersDomain(meter.chainId, w.deployment.contracts.Characters);
    await compareAll(invite, async (message) => {
      const theirs = await w.characters.inviteDigest(message);
      expect(hashTypedData({ domain, types: charactersTypes, primaryType: "Invite", message })).to.equal(theirs);
    });
  });

  it("the digest of its redemption", async () => {
    const domain = charactersDomain(meter.chainId, w.deployment.contracts.Characters);
    await compareAll(fc.tuple(invite, address), async ([data, account]) => {
      const message = { invite: hashStruct({ types: charactersTypes, primaryType: "Invite", data }), account };
      const theirs = await w.characters.redemptionDigest(data, account);
      expect(hashTypedData({ domain, types: charactersTypes, primaryType: "Redemption", message })).to.equal(theirs);
    });
  });

  it("a receipt, which Reviews takes for a proof exactly when it is the one that was signed", async () => {
    const receipt = fc.record({
      operator: fc.constant(operator.address),
      tabId: fc.bigInt({ min: 1n, max: BigInt(COUNT) }),
      sequence: uint(64),
      request: bytes32,
      response: bytes32,
      characterId: fc.bigInt({ min: 1n, max: BigInt(COUNT) }),
      termsVersion: uint(40),
      milliunits: uint(48),
      quality: fc.nat({ max: 255 }),
      amount: fc.bigInt({ min: 1n, max: 2n ** 40n - 1n }),
      fee: uint(40),
      servedAt: uint(64),
      previous: bytes32,
    });
    const by = w.reviews.connect(w.alice);
    const isTaken = async (item: Receipt, signature: string) => {
      try {
        await by.reviewWithReceipt.staticCall(item.characterId, 5, "", item, signature);
        return true;
      } catch (error) {
        expect(String(error)).to.include("InvalidReceiptSignature");
        return false;
      }
    };
    await compareAll(fc.tuple(receipt, receipt), async ([item, other]) => {
      const signature = await signMeter(operator, meter, "Receipt", item);
      expect(await isTaken(item, signature), hashReceipt(item)).to.equal(true);
      expect(await isTaken(other, signature)).to.equal(hashReceipt(item) === hashReceipt(other));
    });
  });
});

describe("The SDK encodes, as EIP-712 says, what only clients and operators read:", () => {
  const coder = AbiCoder.defaultAbiCoder();
  const hashText = (text: string) => keccak256(toUtf8Bytes(text));
  const domainType = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";

  it("an account's word to an operator", async () => {
    const word = fc.record({ operator: address, account: address, deadline: uint(64) });
    await compareAll(fc.tuple(word, uint(32), address), async ([message, chain, inferenceMeter]) => {
      const chainId = Number(chain);
      const domain = keccak256(
        coder.encode(
          ["bytes32", "bytes32", "bytes32", "uint256", "address"],
          [hashText(domainType), hashText("Stelai InferenceMeter"), hashText("1"), chainId, inferenceMeter],
        ),
      );
      const struct = keccak256(
        coder.encode(
          ["bytes32", "address", "address", "uint64"],
          [
            hashText("Account(address operator,address account,uint64 deadline)"),
            message.operator,
            message.account,
            message.deadline,
          ],
        ),
      );
      const digest = keccak256(concat(["0x1901", domain, struct]));
      expect(meterDigest({ chainId, inferenceMeter }, "Account", message)).to.equal(digest);
    });
  });
});
