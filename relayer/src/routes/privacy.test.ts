import { expect } from "chai";
import { Hono } from "hono";
import { Workshop } from "../generations/workshop/index.ts";
import { operatorFrom } from "../operator.ts";
import type { PrivacyFacts } from "../people/privacy.ts";
import { LocalProvider } from "../providers/local/chat/index.ts";
import { mediaProvidersFrom } from "../providers/mediaProviders.ts";
import type { Services } from "../services.ts";
import { privacyRoutes } from "./privacy.ts";

const operator = operatorFrom(`0x${"11".repeat(32)}`);

function app(config: Partial<Services["config"]> = {}) {
  const settings = {
    ANSWER_RETENTION_SECONDS: 7_200,
    REPORT_RETENTION_DAYS: 30,
    PROVIDER: "local",
    TRUST_PROXY: false,
    ...{ UNOWNED_RETENTION_SECONDS: 3_600, FILE_URL_SECONDS: 1_800 },
    ...{ IMAGE_PROVIDER: "local", VIDEO_PROVIDER: "local", VOICE_PROVIDER: "local", MUSIC_PROVIDER: "local" },
    ...config,
  } as Services["config"];
  const provider = new LocalProvider();
  const media = mediaProvidersFrom(settings, new Workshop(1));
  return new Hono().route("/", privacyRoutes({ config: settings, operator, provider, media }));
}

async function facts(config: Partial<Services["config"]> = {}): Promise<PrivacyFacts> {
  return (await (await app(config).request("/v1/privacy")).json()) as PrivacyFacts;
}

function keptOf({ sections }: PrivacyFacts, what: string): string | undefined {
  return sections.flatMap((section) => section.facts).find((fact) => fact.what === what)?.kept;
}

describe("privacy", () => {
  it("states the retention times that are configured", async () => {
    expect(keptOf(await facts(), "Answers you paid for")).to.equal("2 hours");
    expect(keptOf(await facts({ ANSWER_RETENTION_SECONDS: 86_400 }), "Answers you paid for")).to.equal("1 day");
    expect(keptOf(await facts({ ANSWER_RETENTION_SECONDS: 90 }), "Answers you paid for")).to.equal("90 seconds");
    expect(keptOf(await facts(), "Reports")).to.equal("30 days");
  });

  it("says where messages go when another service answers, and when none does", async () => {
    const local = JSON.stringify(await facts());
    expect(local).to.include("go to nobody else").and.include(new LocalProvider().label);
    const [answers] = (await facts({ PROVIDER: "openai", OPENAI_MODEL: "some-model" })).sections;
    const upstream = answers?.facts.find(({ what }) => what === "Who answers")?.detail;
    expect(upstream).to.include("another service that runs the model some-model").and.not.include("nobody else");
  });

  it("says of images, videos, voices and music who makes them, and for how long what is kept", async () => {
    const local = await facts({ OPENAI_IMAGE_MODEL: "not-used" });
    for (const what of ["Who makes images", "Who makes videos", "Who speaks", "Who makes music"]) {
      const fact = local.sections[0]?.facts.find((one) => one.what === what);
      expect(fact?.detail, what).to.include("goes to nobody else").and.not.include("not-used");
    }
    const config = { OPENAI_IMAGE_MODEL: "painter-1", OPENAI_BASE_URL: "http://127.0.0.1:1/v1" };
    const upstream = await facts({ ...config, IMAGE_PROVIDER: "openai" });
    const [painter] = upstream.sections[0]?.facts.filter(({ what }) => what === "Who makes images") ?? [];
    expect(painter?.detail).to.include("another service that runs the model painter-1");
    const made = "Images, videos, voiceovers and music that you had made";
    expect(keptOf(local, made)).to.include("until you delete it").and.include("1 hour");
    expect(JSON.stringify(local)).to.include("can fetch it for 30 minutes");
  });

  it("says when files are shared with the IPFS network", async () => {
    expect(JSON.stringify(await facts())).not.to.include("IPFS network");
    expect(JSON.stringify(await facts({ IPFS_API_URL: "http://127.0.0.1:5001" }))).to.include("IPFS network");
  });

  it("shows every fact on a page that runs nothing, loads nothing and escapes what is configured", async () => {
    const contact = '<script>alert("x")</script>@operator.example';
    const response = await app({ OPERATOR_CONTACT: contact }).request("/privacy");
    const page = await response.text();
    expect(response.headers.get("Content-Type")).to.equal("text/html; charset=utf-8");
    expect(response.headers.get("Content-Security-Policy")).to.include("default-src 'none'").and.not.include("unsafe");
    expect(page).not.to.include("<script>");
    expect(page).to.include("&lt;script&gt;").and.include(operator.address);
    for (const { what } of (await facts()).sections.flatMap((section) => section.facts)) expect(page).to.include(what);
  });
});
