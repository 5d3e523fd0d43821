import type { Tool, ToolCard } from "@stelai/sdk/wire";
import { expect } from "chai";
import { InvalidRequestError } from "../errors.ts";
import type { MediaAbilities } from "../providers/media.ts";
import { type Asked, resolveSettings } from "./asked.ts";
import { type ToolLimits, toolOf } from "./tools.ts";

const LIMITS: ToolLimits = {
  PROMPT_LIMIT: 20,
  IMAGE_PIXELS_LIMIT: 1_048_576,
  VIDEO_PIXELS_LIMIT: 262_144,
  VIDEO_SECONDS_LIMIT: 10,
  MUSIC_SECONDS_LIMIT: 60,
};
const ABLE: MediaAbilities = {
  sizes: ["1024x1024", "512x512", "4096x4096", "256x256"],
  seconds: { min: 2, max: 12, step: 2, default: 8 },
  qualities: ["Standard", "Draft", "High", "Ultra"],
  voices: [
    { id: "slt", name: "Clear" },
    { id: "rms", name: "Deep" },
  ],
  formats: ["png", "webp"],
};
const card = (fields: Partial<ToolCard>): ToolCard => ({ presets: [], ...fields });
const preset = (settings: ToolCard["presets"][number]["settings"], prompt = "A pine") => ({
  ...{ name: "One", prompt, settings },
});

describe("What can be asked of a tool", () => {
  it("is what its engine can do within the operator's limits, when its card says nothing", () => {
    const image = toolOf("Image", ABLE, LIMITS, undefined);
    expect(image.sizes).to.deep.equal(["1024x1024", "512x512", "256x256"]);
    expect(image.maxPrompt).to.equal(20);
    const video = toolOf("Video", { ...ABLE, maxPrompt: 7 }, LIMITS, undefined);
    expect(video.sizes).to.deep.equal(["512x512", "256x256"]);
    expect(video.seconds).to.deep.equal({ min: 2, max: 10, step: 2, default: 8 });
    expect(video.maxPrompt).to.equal(7);
    expect(toolOf("Music", ABLE, LIMITS, undefined).seconds?.max).to.equal(12);
  });

  it("is narrowed and ordered by its card, and never widened", () => {
    const tool = toolOf(
      "Video",
      ABLE,
      LIMITS,
      card({
        sizes: ["256x256", "512x512", "4096x4096", "9999x9999"],
        maxSeconds: 7,
        qualities: ["Draft", "Standard"],
        voices: ["rms", "nobody"],
      }),
    );
    expect(tool.sizes).to.deep.equal(["256x256", "512x512"]);
    expect(tool.seconds).to.deep.equal({ min: 2, max: 6, step: 2, default: 6 });
    expect(tool.qualities).to.deep.equal(["Draft", "Standard"]);
    expect(tool.voices.map(({ id }) => id)).to.deep.equal(["rms"]);
    expect(toolOf("Video", ABLE, LIMITS, card({ maxSeconds: 3_600 })).seconds?.max).to.equal(10);
  });

  it("is as if the card said nothing, where it leaves nothing", () => {
    const wrong = card({ sizes: ["64x64"], maxSeconds: 1, voices: ["nobody"] });
    expect(toolOf("Video", ABLE, LIMITS, wrong)).to.deep.equal(toolOf("Video", ABLE, LIMITS, undefined));
  });

  it("is nothing of what the operator's limits leave nothing of, and says so to who asks", () => {
    const tight = { ...LIMITS, VIDEO_PIXELS_LIMIT: 100, VIDEO_SECONDS_LIMIT: 1 };
    const tool = toolOf("Video", ABLE, tight, card({ sizes: ["256x256"] }));
    expect([tool.sizes, tool.seconds]).to.deep.equal([[], null]);
    expect(refusal("Video", tool, { prompt: "A pine" })).to.deep.equal(["size", "this operator allows none"]);
  });

  it("has the presets that fit, and no other", () => {
    const fitting = [preset({ size: "512x512", quality: "High", format: "webp" }), preset({})];
    const others = [
      preset({ size: "4096x4096" }),
      preset({ seconds: 4 }),
      preset({ voice: "nobody" }),
      preset({ speed: 1 }),
      preset({ format: "gif" }),
      preset({}, "A pine that is far too long for this"),
      preset({}, "bell \u0007"),
    ];
    const able = { ...ABLE, seconds: null };
    const tool = toolOf("Image", able, LIMITS, card({ presets: [...others, ...fitting] }));
    expect(tool.presets).to.deep.equal(fitting);
    const drafts = toolOf("Image", able, LIMITS, card({ qualities: ["Draft"], presets: fitting }));
    expect(drafts.presets).to.deep.equal([fitting[1]]);
  });
});

describe("What is asked of a tool", () => {
  const image = toolOf("Image", ABLE, LIMITS, undefined);
  const video = toolOf("Video", ABLE, LIMITS, undefined);
  const asked = (fields: Partial<Asked> = {}): Asked => ({ prompt: "A pine", ...fields });

  it("is the first of each where nothing is said, with a seed of its own", () => {
    const settings = resolveSettings("Image", image, asked());
    expect(settings).to.include({ quality: "Standard", size: "1024x1024", format: "png" });
    expect(settings).not.to.have.any.keys("seconds", "voice", "speed");
    const seeds = new Set(Array.from({ length: 8 }, () => resolveSettings("Image", image, asked()).seed));
    expect(seeds.size).to.be.greaterThan(1);
    for (const seed of seeds) expect(seed).to.be.within(0, 0xffff_ffff);
    expect(resolveSettings("Video", video, asked({ seed: 0, size: "auto" }))).to.deep.equal({
      ...{ quality: "Standard", size: "512x512", seconds: 8, format: "png", seed: 0 },
    });
  });

  it("takes OpenAI's words for a quality and its names of voices", () => {
    const quality = (word: string) => resolveSettings("Image", image, asked({ quality: word })).quality;
    expect(["low", "MEDIUM", "auto", "standard", "hd", "high", "Ultra", "draft"].map(quality)).to.deep.equal([
      ...["Draft", "Standard", "Standard", "Standard", "High", "High", "Ultra", "Draft"],
    ]);
    const onlyHigh = { ...image, qualities: ["High" as const] };
    expect(resolveSettings("Image", onlyHigh, asked({ quality: "auto" })).quality).to.equal("High");
    const voice = (name: string, tool: Tool = image) =>
      resolveSettings("Voice", tool, asked({ voice: name }), {
        meansVoice: (one) => ({ onyx: "rms", nova: "gone" })[one],
      }).voice;
    expect(["slt", "rms", "onyx", "Onyx", "nova"].map((name) => voice(name))).to.deep.equal([
      ...["slt", "rms", "rms", "rms", "slt"],
    ]);
    expect(() => voice("nobody")).to.throw(InvalidRequestError, "slt, rms");
  });

  it("counts a prompt's code points, and takes newlines, tabs and every script", () => {
    const twenty = `${"😀".repeat(10)}\n\té中कع𝒳 <b`;
    expect([...twenty]).to.have.length(20);
    expect(() => resolveSettings("Image", image, asked({ prompt: twenty }))).not.to.throw();
    expect(refusal("Image", image, asked({ prompt: `${twenty}.` }))).to.deep.equal(["prompt", "21 characters"]);
  });

  it("is refused by the field that is wrong, with what it may be", () => {
    const cases: [Partial<Asked>, string, string][] = [
      [{ prompt: "" }, "prompt", "empty"],
      [{ prompt: " \n\t" }, "prompt", "empty"],
      [{ prompt: "a\u0000b" }, "prompt", "U+0000"],
      [{ prompt: "a\r\nb" }, "prompt", "U+000D"],
      [{ prompt: "a\u001b[2J" }, "prompt", "U+001B"],
      [{ prompt: "a\u0085b" }, "prompt", "U+0085"],
      [{ prompt: "a\ud800b" }, "prompt", "surrogate"],
      [{ size: "1024X1024" }, "size", "1024x1024, 512x512"],
      [{ size: "4096x4096" }, "size", "1024x1024, 512x512"],
      [{ quality: "best" }, "quality", "Standard"],
      [{ quality: "__proto__" }, "quality", "Standard"],
      [{ format: "svg" }, "format", "png, webp"],
    ];
    for (const [fields, param, words] of cases) {
      expect(refusal("Image", image, asked(fields)), JSON.stringify(fields)).to.deep.equal([param, words]);
    }
    for (const seconds of [0, 1, 3, 4.5, 12, -2, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(refusal("Video", video, asked({ seconds }), "from 2 to 10 in steps of 2")[0], `${seconds}`).to.equal(
        "seconds",
      );
    }
    for (const speed of [0, 0.2, 4.1, Number.NaN]) {
      expect(refusal("Voice", image, asked({ speed }), "0.25 to 4")[0]).to.equal("speed");
    }
    const names = { prompt: "input", format: "response_format" };
    expect(() => resolveSettings("Voice", image, asked({ prompt: "" }), { names })).to.throw(
      InvalidRequestError,
      "input",
    );
  });
});

const WORDS = [
  ...["this operator allows none", "empty", "surrogate", "21 characters", "1024x1024, 512x512"],
  ...["png, webp", "Standard", "U+0000", "U+000D", "U+001B", "U+0085"],
];

/** The field that a refusal names, and the words that its message has. */
function refusal(modality: "Image" | "Video" | "Voice", tool: Tool, fields: Asked, words?: string) {
  try {
    resolveSettings(modality, tool, fields);
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    const { message, param } = error;
    return [param, (words === undefined ? WORDS : [words]).find((one) => message.includes(one)) ?? message];
  }
  return [null, "it was taken"];
}
