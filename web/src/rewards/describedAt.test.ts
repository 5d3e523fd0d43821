import { expect } from "chai";
import { describedAt } from "./describedAt.ts";

const gateway = (uri: string) => uri.replace("ipfs://", "https://gateway.example/ipfs/");

describe("where a campaign describes itself", () => {
  it("is a page of the web, or of IPFS by the gateway", () => {
    expect(describedAt("https://stelai.example/spring", gateway)).to.equal("https://stelai.example/spring");
    expect(describedAt("ipfs://bafyabc", gateway)).to.equal("https://gateway.example/ipfs/bafyabc");
  });

  it("is no link where it would run, read or lead nowhere", () => {
    const others = [
      "",
      "javascript:alert(1)",
      "data:text/html,hi",
      "http://plain.example",
      "https://",
      "ipfs://",
      "x y",
    ];
    for (const uri of [...others, " https://spaced.example", "file:///etc/passwd"]) {
      expect(describedAt(uri, gateway), uri).to.equal(undefined);
    }
  });
});
