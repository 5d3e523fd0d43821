import { expect } from "chai";
import { hear, partAbove } from "../../../../test/sound.ts";
import type { MediaRequest } from "../../media.ts";
import { GENRES, type GenreName } from "./genres.ts";
import { musicEngine } from "./index.ts";

type MusicRequest = Extract<MediaRequest, { modality: "Music" }>;

const inGenre = (genre: GenreName) => ({ kind: "style", name: "A style", instructions: "", score: { genre } }) as const;
const make = (changes: Partial<MusicRequest> = {}) =>
  musicEngine.make(
    {
      modality: "Music",
      prompt: "two rivers",
      style: inGenre("folk"),
      quality: "Standard",
      seed: 3,
      format: "wav",
      seconds: 5,
      ...changes,
    },
    () => {},
  );

describe("the embedded composer", () => {
  for (const genre of Object.keys(GENRES) as GenreName[]) {
    it(`plays ${genre}: as long as asked, in stereo, audible throughout, not clipped, ending in silence`, async () => {
      const heard = hear(await make({ style: inGenre(genre), seconds: 8 }));
      expect(heard).to.include({ seconds: 8, sampleRate: 44_100, channels: 2, bits: 16 });
      expect(heard.loudness).to.be.within(0.04, 0.3);
      expect(heard.peak).to.be.within(0.2, 0.95);
      expect(heard.silence).to.be.below(0.8);
      const last = heard.samples.subarray(-441);
      expect(Math.max(...last.map(Math.abs))).to.be.below(0.02);
      expect(partAbove(heard, 60)).to.be.above(0.5);
    });
  }

  it("makes the same bytes of the same request, noise and all", async () => {
    const request = { prompt: "rain", quality: "Ultra" } as const;
    expect(await make(request)).to.deep.equal(await make(request));
  });

  it("makes other sound of another seed, prompt and style", async () => {
    const files = [
      await make(),
      await make({ seed: 4 }),
      await make({ prompt: "three rivers" }),
      await make({ style: inGenre("jazz") }),
      await make({ style: undefined }),
    ];
    expect(new Set(files.map((bytes) => Buffer.from(bytes).toString("base64"))).size).to.equal(files.length);
  });

  it("differs by quality: in rate, resolution, room and players", async () => {
    const [draft, high, ultra] = [
      hear(await make({ quality: "Draft" })),
      hear(await make({ quality: "High" })),
      hear(await make({ quality: "Ultra" })),
    ];
    expect(draft).to.include({ seconds: 5, sampleRate: 22_050, bits: 16 });
    expect(high).to.include({ seconds: 5, sampleRate: 44_100, bits: 16 });
    expect(ultra).to.include({ seconds: 5, sampleRate: 48_000, bits: 24 });
  });

  it("tells how far it is, ever further", async () => {
    const told: number[] = [];
    await musicEngine.make(
      { modality: "Music", prompt: "x", style: undefined, quality: "Draft", seed: 1, format: "wav", seconds: 6 },
      (done) => told.push(done),
    );
    expect(told.length).to.be.above(10);
    expect(told).to.deep.equal([...told].sort((one, other) => one - other));
    expect(told.at(-1)).to.be.at.most(1);
  });
});
