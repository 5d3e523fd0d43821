import { expect } from "chai";
import type { Hex } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { nameOf, open, seal } from "./cipher.ts";
import { askForKey, deriveKey, keyMessage, SignatureNotRepeatableError } from "./key.ts";

const account = privateKeyToAccount(`0x${"11".repeat(32)}`);
const sign = (message: string) => account.signMessage({ message });
const keyOf = () => askForKey(account.address, sign, true);

/** What a promise fails with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("key of the conversations", () => {
  it("asks for words that never change", () => {
    expect(keyMessage("0xABcdEFABcdEFabcdEfAbCdefabcdeFABcDEFabCD")).to.equal(
      "Stelai: the key of my conversations\n\nThis signature makes the key that encrypts my conversations with characters, so that I can read them on my other devices.\nWhoever has it can read them. Sign it only on a page that you trust with them.\nIt costs nothing and moves nothing.\n\nAccount: 0xabcdefabcdefabcdefabcdefabcdefabcdefabcd\nVersion: 1",
    );
  });

  it("opens on another device what was sealed on this one", async () => {
    const [here, there] = await Promise.all([keyOf(), keyOf()]);
    const sealed = await seal(here, "a", "The tide turns at nine. 潮");
    expect(await open(there, "a", sealed)).to.equal("The tide turns at nine. 潮");
    expect(await nameOf(here, "7")).to.equal(await nameOf(there, "7"));
  });

  it("opens a text longer than any call takes arguments", async () => {
    const key = await keyOf();
    const long = "stone ".repeat(60_000);
    expect(await open(key, "a", await seal(key, "a", long))).to.equal(long);
  });

  it("seals the same text differently each time", async () => {
    const key = await keyOf();
    expect(await seal(key, "a", "same")).not.to.equal(await seal(key, "a", "same"));
  });

  it("is another one for another account, even of the same signature", async () => {
    const signature = await sign(keyMessage(account.address));
    const other = privateKeyToAccount(generatePrivateKey());
    const [mine, theirs] = [await deriveKey(account.address, signature), await deriveKey(other.address, signature)];
    expect(await failure(open(theirs, "a", await seal(mine, "a", "secret")))).to.be.instanceOf(DOMException);
  });

  it("opens nothing that was changed, or that stands under another name", async () => {
    const key = await keyOf();
    const sealed = await seal(key, "a", "secret");
    const bytes = Buffer.from(sealed, "base64");
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    expect(await failure(open(key, "a", bytes.toString("base64")))).to.be.instanceOf(DOMException);
    expect(await failure(open(key, "b", sealed))).to.be.instanceOf(DOMException);
  });

  it("cannot be read out by a script", async () => {
    const key = await keyOf();
    expect(await failure(crypto.subtle.exportKey("raw", key.cipher))).to.be.instanceOf(DOMException);
    expect(await failure(crypto.subtle.exportKey("raw", key.names))).to.be.instanceOf(DOMException);
  });

  it("names conversations so that neither character nor account shows, as the protocol takes names", async () => {
    const name = await nameOf(await keyOf(), "7");
    expect(name).to.match(/^[A-Za-z0-9_-]{43}$/);
    expect(name).not.to.equal(await nameOf(await keyOf(), "8"));
  });

  it("is the same whichever way a wallet writes the last byte of its signature", async () => {
    const otherEnd = async (message: string): Promise<Hex> => {
      const signature = await sign(message);
      return `${signature.slice(0, -2)}${signature.endsWith("1b") ? "00" : "01"}` as Hex;
    };
    const key = await askForKey(account.address, otherEnd, true);
    expect(await open(await keyOf(), "a", await seal(key, "a", "same"))).to.equal("same");
  });

  it("is refused when the wallet signs differently the second time", async () => {
    // As good as the first and by the same key: of the two that share a nonce, the other one.
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const twin = (signature: Hex): Hex => {
      const s = (order - BigInt(`0x${signature.slice(66, 130)}`)).toString(16).padStart(64, "0");
      return `${signature.slice(0, 66)}${s}${signature.endsWith("1b") ? "1c" : "1b"}` as Hex;
    };
    let asked = 0;
    const differently = async (message: string) => (asked++ === 0 ? sign(message) : twin(await sign(message)));
    expect(await failure(askForKey(account.address, differently, true))).to.be.instanceOf(SignatureNotRepeatableError);
    expect(asked).to.equal(2);
  });

  it("is refused when a contract's wallet signs, whose signatures say nothing of the next one", async () => {
    const contract = async (): Promise<Hex> => `0x${"ab".repeat(200)}`;
    expect(await failure(askForKey(account.address, contract, false))).to.be.instanceOf(SignatureNotRepeatableError);
    const owner = privateKeyToAccount(generatePrivateKey());
    const byOwner = (message: string) => owner.signMessage({ message });
    expect(await failure(askForKey(account.address, byOwner, false))).to.be.instanceOf(SignatureNotRepeatableError);
  });

  it("asks once where something is kept already that shows a wrong key", async () => {
    let asked = 0;
    const counting = (message: string) => {
      asked++;
      return sign(message);
    };
    await askForKey(account.address, counting, false);
    expect(asked).to.equal(1);
    await askForKey(account.address, counting, true);
    expect(asked).to.equal(3);
  });
});
