import { expect } from "chai";
import { type Early, fetchWithEarly, takeEarlyConfig } from "./early.ts";

/** An address that really answers, with "asked now". */
const url = "data:text/plain,asked%20now/v1/models";
const now = "asked now/v1/models";

describe("What was asked for early", () => {
  const windows = globalThis as { window?: { stelaiEarly?: Early } };
  const models = (of: string, response = new Response("early")) => {
    windows.window = { stelaiEarly: { models: Promise.resolve({ url: of, response }) } };
  };
  const text = async () => (await fetchWithEarly(url)).text();

  afterEach(() => {
    delete windows.window;
  });

  it("serves the catalogue once; the next is asked for anew", async () => {
    models(url);
    expect([await text(), await text()]).to.deep.equal(["early", now]);
  });

  it("is left alone when it is another relayer's", async () => {
    models("https://other.example/v1/models");
    expect(await text()).to.equal(now);
  });

  it("is left alone when it failed", async () => {
    models(url, new Response("no", { status: 503 }));
    expect(await text()).to.equal(now);
  });

  it("is not missed where nothing was", async () => {
    windows.window = {};
    expect(await text()).to.equal(now);
    expect(takeEarlyConfig({})).to.equal(undefined);
  });

  it("gives the configuration once", async () => {
    const early: Early = { config: Promise.resolve(new Response("{}")) };
    expect(await (await takeEarlyConfig(early))?.text()).to.equal("{}");
    expect(takeEarlyConfig(early)).to.equal(undefined);
  });
});
