import { expect } from "chai";
import { isWritable, oneLine } from "./text.ts";

describe("somebody’s words on a certificate", () => {
  it("stay in one line and in their direction", () => {
    expect(oneLine("Lantern\r\nCertificate of\tthe moon")).to.equal("Lantern Certificate of the moon");
    expect(oneLine("safe\u202Egnp.exe")).to.equal("safe gnp.exe");
    expect(oneLine("\u2066a\u2069 \u200Bb\0")).to.equal("a b");
  });

  it("keep what scripts and emoji are joined with", () => {
    expect(oneLine("क\u094D\u200Dष 👩\u200D🚀")).to.equal("क\u094D\u200Dष 👩\u200D🚀");
  });

  it("are written where our faces can, and drawn where they cannot", () => {
    for (const text of ["Lantern at dusk", "Überfahrt – “Nº 5”…", "12 €"])
      expect(isWritable(text), text).to.equal(true);
    for (const text of ["灯籠", "Фонарь", "فانوس", "🏮", "a\u202eb", "→"])
      expect(isWritable(text), text).to.equal(false);
  });
});
