import { expect } from "chai";
import { type Sealed, Vault, VaultError } from "./vault.ts";

const FIRST = `0x${"11".repeat(32)}` as const;
const SECOND = `0x${"22".repeat(32)}` as const;

describe("Vault", () => {
  it("returns what it sealed, in bytes that show nothing of it and never repeat", () => {
    const vault = new Vault("personas", [FIRST]);
    const one = vault.seal("You are a lighthouse keeper. ✨", "0xaa");
    const two = vault.seal("You are a lighthouse keeper. ✨", "0xaa");
    expect(Buffer.from(one.ciphertext).includes("lighthouse")).to.equal(false);
    expect(Buffer.from(one.ciphertext).equals(two.ciphertext)).to.equal(false);
    expect(vault.open(one, "0xaa")).to.equal("You are a lighthouse keeper. ✨");
  });

  it("gives each record a nonce of its own, also when those drawn at a time are used up", () => {
    const vault = new Vault("personas", [FIRST]);
    const other = new Vault("answers", [FIRST]);
    const records = Array.from({ length: 600 }, (_, index) => (index % 2 === 0 ? vault : other).seal("same", "0xaa"));
    expect(new Set(records.map(({ nonce }) => Buffer.from(nonce).toString("hex"))).size).to.equal(600);
    expect(records.every(({ nonce }) => nonce.length === 12 && nonce.some((byte) => byte !== 0))).to.equal(true);
    expect(vault.open(records[0] as Sealed, "0xaa")).to.equal("same");
  });

  it("refuses a record that was changed, cut or moved to another owner", () => {
    const vault = new Vault("personas", [FIRST]);
    const sealed = vault.seal("secret", "0xaa");
    const flipped = Uint8Array.from(sealed.ciphertext);
    flipped[0] = (flipped[0] ?? 0) ^ 1;
    expect(() => vault.open({ ...sealed, ciphertext: flipped }, "0xaa")).to.throw(VaultError);
    expect(() => vault.open({ ...sealed, ciphertext: sealed.ciphertext.subarray(0, 8) }, "0xaa")).to.throw(VaultError);
    expect(() => vault.open(sealed, "0xbb")).to.throw(VaultError);
  });

  it("opens old records after a new master key was put in front, and none without the old one", () => {
    const sealed = new Vault("personas", [FIRST]).seal("secret", "0xaa");
    const rotated = new Vault("personas", [SECOND, FIRST]);
    expect(rotated.open(sealed, "0xaa")).to.equal("secret");
    expect(rotated.seal("secret", "0xaa").keyId).not.to.equal(sealed.keyId);
    expect(() => new Vault("personas", [SECOND]).open(sealed, "0xaa")).to.throw(VaultError, /not configured/);
  });

  it("derives a key of its own for every purpose", () => {
    const sealed = new Vault("personas", [FIRST]).seal("secret", "0xaa");
    expect(() => new Vault("answers", [FIRST]).open(sealed, "0xaa")).to.throw(VaultError);
  });
});
