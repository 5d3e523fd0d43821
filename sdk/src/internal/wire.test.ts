import { expect } from "chai";
import type * as z from "zod";
import { decodePayment, encodePayment } from "../payment.ts";
import * as wire from "../wire.ts";
import { fromBase64Url, toBase64Url } from "./base64url.ts";
import { parseWire, toJson } from "./json.ts";
import { eventParser, readEvents } from "./sse.ts";

/** The names of all bigint fields in the relayer's answers, from its schemas. */
function integers(schema: unknown, found = new Set<string>(), name = ""): Set<string> {
  const { def } = (schema as { _zod: { def: Record<string, unknown> } })._zod;
  if (def.type === "object") {
    for (const [key, value] of Object.entries(def.shape as object)) {
      // What x402 paid is for its clients, who read it by its schema; no action of the SDK is answered with it.
      if (key !== "payment") integers(value, found, key);
    }
  } else if (def.type === "array") integers(def.element, found, name);
  else if (def.type === "nullable" || def.type === "optional" || def.type === "default")
    integers(def.innerType, found, name);
  else if (def.type === "pipe" && def.out) {
    const input = def.in as z.ZodType;
    const parsed = input.safeParse("7").success ? (schema as z.ZodType).safeParse("7") : undefined;
    if (typeof parsed?.data === "bigint") found.add(name);
  }
  return found;
}

describe("What travels", () => {
  it("becomes bigint wherever the schemas say so", () => {
    const names = new Set<string>();
    for (const [name, schema] of Object.entries(wire)) {
      if (name.endsWith("Schema") && !/^(sponsored|x402)/.test(name)) integers(schema, names);
    }
    expect([...names]).to.include.members(["characterId", "cumulative", "maxCost", "next", "Chat"]);
    const sent = JSON.stringify(Object.fromEntries([...names].map((name) => [name, "7"])));
    const missed = Object.entries(parseWire<Record<string, unknown>>(sent)).filter(([, value]) => value !== 7n);
    expect(missed.map(([name]) => name)).to.deep.equal([]);
  });

  it("leaves text alone that only looks like a number, and odd numbers", () => {
    expect(parseWire('{"name":"7","amount":"07","tabId":"-1","fee":"1e3","quality":1}')).to.deep.equal({
      name: "7",
      amount: "07",
      tabId: "-1",
      fee: "1e3",
      quality: 1,
    });
  });

  it("is the same after a round trip", () => {
    const value = { amount: 2n ** 64n, lines: [{ characterId: 1n }], next: null };
    expect(parseWire(toJson(value))).to.deep.equal(value);
  });

  it("fits a header, whatever text it holds", () => {
    for (const text of ["", "a", "ab", "abc", "né→😀", "?>~"]) {
      const encoded = toBase64Url(text);
      expect(encoded).to.match(/^[A-Za-z0-9_-]*$/);
      expect(fromBase64Url(encoded)).to.equal(text);
    }
  });

  it("carries a payment to the relayer's schema", () => {
    const hash = `0x${"0a".repeat(32)}` as const;
    const payment = {
      operator: "0x00000000000000000000000000000000000000a1",
      tabId: 3n,
      id: hash,
      characterId: 1n,
      termsVersion: 2n,
      maxCost: 5n,
      deadline: 9n,
      signature: `0x${"0b".repeat(65)}`,
    } as const;
    const header = encodePayment(payment);
    expect(decodePayment(header)).to.deep.equal(payment);
    expect(wire.paymentSchema.parse(JSON.parse(fromBase64Url(header)))).to.deep.equal(payment);
  });
});

describe("Server-sent events", () => {
  it("are read alike however their bytes are cut", () => {
    const bytes = new TextEncoder().encode(': hi\ndata: {"a":"é"}\n\ndata:one\r\ndata: two\r\n\r\ndata: [DONE]\n\n');
    for (let size = 1; size <= bytes.length; size++) {
      const parse = eventParser();
      const events: string[] = [];
      for (let at = 0; at < bytes.length; at += size) events.push(...parse(bytes.subarray(at, at + size)));
      expect(events).to.deep.equal(['{"a":"é"}', "one\ntwo", "[DONE]"]);
    }
  });

  it("cancel their stream when they are left", async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode("data: x\n\n")),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const _event of readEvents(body)) break;
    expect(cancelled).to.equal(true);
  });
});
