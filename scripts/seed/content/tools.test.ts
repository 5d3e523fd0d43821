import { mediaMilliunits, quoteMedia, sizeOf } from "@stelai/sdk";
import { cardSchema, type Preset, presetSchema, settingsSchema, styleSchema, toolCardSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { imageEngine } from "../../../relayer/src/providers/local/image/index.ts";
import { musicEngine } from "../../../relayer/src/providers/local/music/index.ts";
import { videoEngine } from "../../../relayer/src/providers/local/video/index.ts";
import { voiceEngine } from "../../../relayer/src/providers/local/voice/index.ts";
import { MODEL_CREATORS } from "../../dev/accounts.ts";
import { characters, creators, type SeedTool, tools } from "./index.ts";

const ENGINES = { Image: imageEngine, Video: videoEngine, Voice: voiceEngine, Music: musicEngine };
/** What 1,000 milliunits may cost here, in microcredits; more by what its maker adds. */
const USUAL = {
  Image: [500_000n, 2_000_000n],
  Video: [500_000n, 1_000_000n],
  Voice: [500_000n, 1_000_000n],
  Music: [50_000n, 200_000n],
} as const;
/** What the relayer takes as a prompt, unless told otherwise. */
const PROMPT_LIMIT = 4_000;

/** What is made when nothing but the preset is said. */
function settled({ modality, tool }: SeedTool, { quality, size, seconds }: Preset["settings"]) {
  const { abilities } = ENGINES[modality];
  return {
    quality: quality ?? tool.qualities?.[0] ?? abilities.qualities[0] ?? "Standard",
    size: size ?? tool.sizes?.[0] ?? abilities.sizes[0],
    seconds: seconds ?? abilities.seconds?.default,
  };
}

function priceOf(tool: SeedTool, index: number): bigint {
  const { prompt, settings } = tool.tool.presets[index] ?? { prompt: "", settings: {} };
  const made = settled(tool, settings);
  return quoteMedia({ ...made, modality: tool.modality, text: prompt, terms: tool.prices, feePerUnit: 0n }).total;
}

describe("the demo tools", () => {
  it("are two or more of each modality, of the treasury and of model creators, each with a known maker", () => {
    for (const modality of ["Image", "Video", "Voice", "Music"] as const) {
      expect(tools.filter((tool) => tool.modality === modality).length, modality).to.be.at.least(2);
    }
    const makers = new Set(tools.map(({ creator }) => creator));
    const publishers = creators.filter(({ handle }) => makers.has(handle));
    expect(publishers).to.have.length(makers.size);
    expect(publishers.filter(({ treasury }) => treasury)).to.have.length(1);
    expect(publishers.filter(({ treasury }) => !treasury)).to.have.length(MODEL_CREATORS.length);
    const slugs = [...characters, ...tools].map(({ slug }) => slug);
    expect(new Set(slugs).size).to.equal(slugs.length);
    expect(new Set(tools.map(({ name }) => name)).size).to.equal(tools.length);
  });

  it("are published after every character, so that those keep their numbers", () => {
    const order = creators.map(({ handle }) => handle);
    const places = (works: readonly { creator: string }[]) => works.map(({ creator }) => order.indexOf(creator));
    expect(Math.max(...places(characters))).to.be.lessThan(Math.min(...places(tools)));
  });

  it("offer one free image to whoever has no wallet, and cost something otherwise, as much as is usual", () => {
    const free = tools.filter(({ prices }) => prices.perInference === 0n && prices.perUnit === 0n);
    expect(free.map(({ modality }) => modality)).to.deep.equal(["Image"]);
    for (const { name, modality, prices } of tools.filter((tool) => !free.includes(tool))) {
      const [least, most] = USUAL[modality];
      expect(prices.perUnit >= least && prices.perUnit <= most, name).to.equal(true);
      expect(prices.perInference > 0n && prices.perInference <= 100_000n, name).to.equal(true);
    }
    for (const modality of ["Image", "Video", "Voice", "Music"] as const) {
      const prices = tools.filter((tool) => tool.modality === modality).map(({ prices }) => prices.perUnit);
      expect(new Set(prices).size, modality).to.equal(prices.length);
    }
  });

  it("sell some passes, which pay off with use and not at once", () => {
    const sold = tools.filter(({ prices }) => prices.monthly);
    expect(sold.length).to.be.at.least(2);
    for (const tool of sold) {
      const generations = Number((tool.prices.monthly ?? 0n) / priceOf(tool, 0));
      expect(generations, tool.name).to.be.within(5, 250);
    }
  });

  it("read out the answers of one character, by a voice that the tool has", () => {
    const spoken = characters.filter(({ voice }) => voice !== undefined);
    expect(spoken).to.have.length(1);
    for (const { voice } of spoken) {
      const tool = tools.find(({ slug }) => slug === voice?.tool);
      expect(tool?.modality).to.equal("Voice");
      expect(tool?.tool.voices).to.include(voice?.voice);
    }
  });

  for (const tool of tools) {
    describe(tool.name, () => {
      const { abilities } = ENGINES[tool.modality];

      it("has a card and a style that say nothing which no schema knows", () => {
        const { name, tagline, description, tags } = tool;
        const card = { name, tagline, description, tags, openers: [], tool: tool.tool };
        expect(cardSchema.strict().parse(card)).to.deep.equal(card);
        expect(toolCardSchema.strict().parse(tool.tool)).to.deep.equal(tool.tool);
        for (const preset of tool.tool.presets) {
          expect(presetSchema.strict().parse(preset)).to.deep.equal(preset);
          expect(settingsSchema.partial().strict().parse(preset.settings)).to.deep.equal(preset.settings);
        }
        expect(styleSchema.parse(tool.style)).to.deep.equal(tool.style);
        expect(tagline.length).to.be.within(10, 160);
        expect(description.length).to.be.within(40, 4_000);
        expect(tags.length).to.be.within(3, 12);
      });

      it("offers only what the engine can do", () => {
        const { sizes = [], qualities = [], voices = [], maxSeconds } = tool.tool;
        expect(abilities.sizes).to.include.members(sizes);
        expect(abilities.qualities).to.include.members(qualities);
        expect(abilities.voices.map(({ id }) => id)).to.include.members(voices);
        if (maxSeconds !== undefined) {
          expect(maxSeconds).to.be.within(abilities.seconds?.default ?? Infinity, abilities.seconds?.max ?? 0);
        }
      });

      it("begins with six different examples within its own limits, each with a price", () => {
        const { presets, sizes, qualities, voices, maxSeconds } = tool.tool;
        expect(presets).to.have.length(6);
        expect(new Set(presets.map(({ name }) => name)).size).to.equal(6);
        expect(new Set(presets.map(({ prompt }) => prompt)).size).to.equal(6);
        for (const { name, prompt, settings } of presets) {
          expect(prompt.length, name).to.be.at.most(abilities.maxPrompt ?? PROMPT_LIMIT);
          const { size, seconds, quality, voice } = settings;
          if (size !== undefined) expect(sizes ?? abilities.sizes, name).to.include(size);
          if (quality !== undefined) expect(qualities ?? abilities.qualities, name).to.include(quality);
          if (voice !== undefined) expect(voices ?? abilities.voices.map(({ id }) => id), name).to.include(voice);
          if (seconds !== undefined) {
            const { min, max, step } = abilities.seconds ?? { min: 1, max: 0, step: 1 };
            expect(seconds, name).to.be.within(min, Math.min(max, maxSeconds ?? max));
            expect((seconds - min) % step, name).to.equal(0);
          }
          const made = settled(tool, settings);
          expect(mediaMilliunits(tool.modality, { ...made, text: prompt }) > 0n, name).to.equal(true);
          if (made.size !== undefined) expect(sizeOf(made.size).width).to.be.greaterThan(0);
        }
      });
    });
  }
});
