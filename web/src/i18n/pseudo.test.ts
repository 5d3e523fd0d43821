import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import { expect } from "chai";
import { en } from "../locales/en/index.ts";
import { bypassesCatalogue, pseudo } from "./pseudo.ts";

/** Every text piece of a compiled message, inside plural choices too; never argument names. */
function texts(compiled: unknown): string[] {
  if (typeof compiled === "string") return [compiled];
  if (!Array.isArray(compiled)) return [];
  return compiled.flatMap((token: unknown) => {
    if (typeof token === "string") return [token];
    if (!Array.isArray(token)) return [];
    const choices: unknown = token[2];
    return choices && typeof choices === "object" ? Object.values(choices).flatMap(texts) : [];
  });
}

const withoutTags = (text: string) => text.replace(/<\/?[a-zA-Z0-9]+\/?>/g, "");

describe("message catalogue", () => {
  it("parses as ICU, every message", () => {
    for (const [id, message] of Object.entries(en)) {
      expect(() => compileMessageOrThrow(message), id).not.to.throw();
    }
  });

  it("holds no empty and no padded message", () => {
    for (const [id, message] of Object.entries(en)) expect(message.trim(), id).to.equal(message).and.not.equal("");
  });

  it("names every message by area and thing", () => {
    for (const id of Object.keys(en)) expect(id).to.match(/^[a-z][A-Za-z]*(\.[a-zA-Z0-9]+)+$/);
  });

  it("keeps no plain letter in the pseudo-locale, so that any other string on a page stands out", () => {
    for (const [id, message] of Object.entries(en)) {
      for (const text of texts(compileMessageOrThrow(message, pseudo))) {
        expect(bypassesCatalogue(withoutTags(text)), `${id}: ${text}`).to.equal(false);
      }
    }
  });

  it("keeps arguments and rich-text tags in the pseudo-locale", () => {
    expect(compileMessageOrThrow("Hi <b>you</b>, {name}", pseudo)).to.deep.equal(["Ĥí <b>ýóú</b>, ", ["name"]]);
  });
});
