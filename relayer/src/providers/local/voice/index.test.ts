import { expect } from "chai";
import { hear, partAbove, pitchOf } from "../../../../test/sound.ts";
import type { MediaRequest } from "../../media.ts";
import { UnspeakableTextError } from "./errors.ts";
import { voiceEngine } from "./index.ts";
import { VOICE_ALIASES, VOICES, voiceOf } from "./voices.ts";

type VoiceRequest = Extract<MediaRequest, { modality: "Voice" }>;

const request = (changes: Partial<VoiceRequest> = {}): VoiceRequest => ({
  modality: "Voice",
  prompt: "She sells sea shells by the shore.",
  style: undefined,
  quality: "Standard",
  seed: 7,
  format: "wav",
  voice: "slt",
  speed: 1,
  ...changes,
});
const speak = (changes: Partial<VoiceRequest> = {}) => voiceEngine.make(request(changes), () => {});
const said = async (changes: Partial<VoiceRequest> = {}) => hear(await speak(changes));
const styled = (pitch: number, pace: number) =>
  ({ style: { kind: "style", name: "A style", instructions: "", speech: { pitch, pace } } }) as const;

describe("the embedded voice", () => {
  it("says a sentence as a WAV that is neither silent nor clipped", async () => {
    const heard = await said();
    expect(heard).to.include({ sampleRate: 16_000, channels: 1, bits: 16 });
    expect(heard.seconds).to.be.within(1.5, 4);
    expect(heard.loudness).to.be.above(0.05);
    expect(heard.peak).to.be.below(0.95);
    expect(heard.silence).to.be.below(0.5);
  });

  for (const { id } of VOICES) {
    it(`speaks as ${id}`, async () => {
      const heard = await said({ voice: id });
      expect(heard.loudness).to.be.above(0.05);
      expect(heard.peak).to.be.below(0.95);
    });
  }

  it("sounds different in every voice", async () => {
    const files = await Promise.all(VOICES.map(({ id }) => speak({ voice: id, prompt: "Good day." })));
    expect(new Set(files.map((bytes) => Buffer.from(bytes).toString("base64"))).size).to.equal(VOICES.length);
  });

  it("makes the same bytes of the same request", async () => {
    for (const voice of ["slt", "whisper"]) expect(await speak({ voice })).to.deep.equal(await speak({ voice }));
  });

  it("reads the same text another time with another seed, a little differently", async () => {
    const [one, other] = [await said({ seed: 1 }), await said({ seed: 2 })];
    expect(one.seconds).to.not.equal(other.seconds);
    expect(one.seconds / other.seconds).to.be.within(0.9, 1.1);
  });

  it("says the prompt: a longer one takes longer", async () => {
    const [short, long] = [await said({ prompt: "Hello." }), await said({ prompt: "Hello. ".repeat(6) })];
    expect(long.seconds).to.be.above(short.seconds * 3);
  });

  it("takes as much longer or shorter as speed and the style's pace say", async () => {
    const { seconds } = await said();
    expect((await said({ speed: 2 })).seconds / seconds).to.be.within(0.42, 0.58);
    expect((await said({ speed: 0.5 })).seconds / seconds).to.be.within(1.85, 2.15);
    expect((await said(styled(1, 2))).seconds / seconds).to.be.within(0.42, 0.58);
    expect((await said({ speed: 4 })).seconds / seconds).to.be.within(0.17, 0.33);
    expect((await said({ speed: 0.25, prompt: "Hi there." })).seconds).to.be.above(1.5);
  });

  for (const voice of ["slt", "awb", "rms", "kal16"]) {
    it(`speaks higher with a style of a higher pitch, in the same time, as ${voice}`, async () => {
      const [plain, high] = [await said({ voice }), await said({ voice, ...styled(1.4, 1) })];
      expect(pitchOf(high) / pitchOf(plain)).to.be.within(1.2, 1.6);
      expect(high.seconds / plain.seconds).to.be.within(0.9, 1.1);
    });
  }

  it("differs by quality: in rate, resolution, and what is heard above 8 kHz", async () => {
    const [draft, standard, high, ultra] = await Promise.all(
      (["Draft", "Standard", "High", "Ultra"] as const).map((quality) => said({ quality })),
    );
    expect(draft?.sampleRate).to.equal(8_000);
    expect(standard?.sampleRate).to.equal(16_000);
    expect(high).to.include({ sampleRate: 24_000, bits: 16 });
    expect(ultra).to.include({ sampleRate: 48_000, bits: 24 });
    for (const heard of [high, ultra]) expect(heard && partAbove(heard, 8_200)).to.be.within(0.0002, 0.1);
  });

  it("answers to the voices that OpenAI's clients ask for, in any case", async () => {
    for (const alias of [
      "alloy",
      "ash",
      "ballad",
      "coral",
      "echo",
      "fable",
      "nova",
      "onyx",
      "sage",
      "shimmer",
      "verse",
      "marin",
      "cedar",
    ]) {
      expect(voiceOf(alias)?.id, alias).to.equal(VOICE_ALIASES[alias]);
    }
    expect(await speak({ voice: "Alloy" })).to.deep.equal(await speak({ voice: "slt" }));
  });

  it("has no voice for a name that it does not know, or that every object has", async () => {
    for (const voice of ["nobody", "constructor", "__proto__", "../slt"])
      expect(voiceOf(voice), voice).to.equal(undefined);
    let failure: unknown;
    await speak({ voice: "nobody" }).catch((error: unknown) => {
      failure = error;
    });
    expect(failure).to.be.instanceOf(UnspeakableTextError).and.have.property("retryable", false);
  });

  for (const prompt of [
    "-voice rms",
    "--help",
    '"; rm -rf / #',
    "/etc/passwd",
    "$(id) `id` %s%n",
    "\\0 text",
    "-o /wav",
  ]) {
    it(`reads ${JSON.stringify(prompt)} aloud, and does nothing else with it`, async () => {
      const heard = await said({ prompt });
      expect(heard.loudness).to.be.above(0.03);
      expect(heard.seconds).to.be.below(12);
    });
  }

  it("says 4,000 characters, and how far it is", async () => {
    const told: number[] = [];
    const prompt = "The river ran on through the night, past mills and sleeping towns. ".repeat(60).slice(0, 4_000);
    const bytes = await voiceEngine.make(request({ prompt, voice: "kal16" }), (done) => told.push(done));
    const heard = hear(bytes);
    expect(heard.seconds).to.be.within(120, 400);
    expect(heard.silence).to.be.below(1.5);
    expect(told.length).to.be.above(8);
    expect(told).to.deep.equal([...told].sort((one, other) => one - other));
    expect(told.at(-1)).to.be.at.most(1);
  });
});
