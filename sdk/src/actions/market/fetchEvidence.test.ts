import { expect } from "chai";
import type { StelaiClient } from "../../client.ts";
import { ContentUnavailableError } from "../../errors/marketClient.ts";
import { RelayerProtocolError } from "../../errors/relayer.ts";
import { cidOf } from "../../internal/cid.ts";
import { fetchEvidence } from "./fetchEvidence.ts";

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const reader = (answers: Record<string, Uint8Array>) =>
  ({
    relayerUrl: "http://relayer",
    fetch: async (url: string) => {
      const found = answers[new URL(url).host];
      return found ? new Response(new Uint8Array(found)) : new Response(null, { status: 404 });
    },
  }) as unknown as StelaiClient;
const failed = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("evidence of a dispute", () => {
  it("is taken from the first gateway that has what its CID names", async () => {
    const [words, lie] = [bytesOf({ text: "It is <b>another</b> file." }), bytesOf({ text: "All is well." })];
    const client = reader({ liar: lie, honest: words });
    const textURI = `ipfs://${await cidOf(words)}`;
    const gateways = ["http://gone", "http://liar", "http://honest"];
    expect(await fetchEvidence(client, { textURI, gateways })).to.equal("It is <b>another</b> file.");
    const error = await failed(fetchEvidence(client, { textURI, gateways: gateways.slice(0, 2) }));
    expect(error).to.be.instanceOf(ContentUnavailableError);
  });

  it("is refused when it is no text, or stands elsewhere than on IPFS", async () => {
    const picture = Uint8Array.from([0xff, 0xd8, 0xff]);
    const client = reader({ relayer: picture });
    for (const textURI of [`ipfs://${await cidOf(picture)}`, "https://relayer/picture"]) {
      expect(await failed(fetchEvidence(client, { textURI }))).to.be.instanceOf(RelayerProtocolError);
    }
  });
});
