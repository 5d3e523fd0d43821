import { expect } from "chai";
import { Vault, VaultError } from "./vault.ts";

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
