import { expect } from "chai";
import { briefOf } from "./brief.ts";
import { compose } from "./compose.ts";
import { GENRES, type GenreName } from "./genres.ts";
import { scaleOf } from "./harmony.ts";
import { perform } from "./perform.ts";
import type { Note, Score } from "./score.ts";
import { parallels } from "./voicing.ts";

const NAMES = Object.keys(GENRES) as GenreName[];
const SEEDS = [1, 2, 3, 4, 5, 6];
const SECONDS = [5, 13, 20, 47, 120];

const inGenre = (genre: GenreName) => ({ kind: "style", name: "A style", instructions: "", score: { genre } }) as const;
const piece = (genre: GenreName, seed = 1, seconds = 20, prompt = "two rivers"): Score =>
  compose(briefOf(prompt, inGenre(genre), seed), seconds);
const of = (score: Score, role: string): Note[] => score.notes.filter(({ part }) => score.parts[part]?.role === role);

/** Every piece of a genre that the tests look at. */
const all = (genre: GenreName) => SEEDS.flatMap((seed) => SECONDS.map((seconds) => piece(genre, seed, seconds)));
const share = <T>(list: readonly T[], holds: (one: T) => boolean) =>
  list.filter(holds).length / Math.max(1, list.length);

describe("composing", () => {
  for (const genre of NAMES) {
    describe(genre, () => {
      it("writes whole bars whose last harmony rings to exactly the seconds asked for", () => {
        for (const seconds of SECONDS) {
          const { bars, beatsPerBar, tempo, ring } = piece(genre, 3, seconds);
          expect((bars * beatsPerBar * 60) / tempo + ring).to.be.within(seconds - 1e-9, seconds + 1e-9);
          expect(ring).to.be.within(1, 11);
        }
      });

      it("keeps near its tempo where there is time for a few bars", () => {
        for (const seconds of [20, 47, 120]) {
          const brief = briefOf("two rivers", inGenre(genre), 1);
          expect(compose(brief, seconds).tempo / brief.tempo).to.be.within(0.85, 1.15);
        }
      });

      it("has sections without gaps, and begins and ends with its first subject and its tonic", () => {
        for (const score of all(genre)) {
          let bar = 0;
          for (const section of score.sections) {
            expect(section.bar).to.equal(bar);
            bar += section.bars;
          }
          expect(bar).to.equal(score.bars);
          expect(score.sections.at(-1)?.name).to.equal("A");
          const tonic = scaleOf(score.tonic, score.mode)[0];
          expect((score.harmonies.at(-1)?.bass ?? 0) % 12).to.equal(tonic);
          expect((of(score, "melody").at(-1)?.pitch ?? 0) % 12).to.equal(tonic);
        }
      });

      it("has a contrasting section, and comes back from it, where there is time", () => {
        const names = piece(genre, 2, 120).sections.map(({ name }) => name);
        expect(names).to.include("B");
        expect(names.lastIndexOf("A")).to.be.above(names.indexOf("B"));
      });

      it("leads its voices: small steps, and hardly ever parallel fifths or octaves", () => {
        let steps = 0;
        let motion = 0;
        let side = 0;
        for (const { harmonies } of all(genre)) {
          harmonies.forEach((harmony, index) => {
            const before = harmonies[index - 1];
            if (before === undefined || before.voicing.length !== harmony.voicing.length) return;
            harmony.voicing.forEach((pitch, voice) => {
              steps += 1;
              motion += Math.abs(pitch - (before.voicing[voice] ?? pitch));
            });
            side += parallels([before.bass, ...before.voicing], [harmony.bass, ...harmony.voicing]);
          });
        }
        expect(motion / steps).to.be.below(2.5);
        expect(side / steps).to.be.below(0.01);
      });

      it("sings in its key, mostly by step, on tones of the harmony where the beat is strong", () => {
        const strong: boolean[] = [];
        const leaps: number[] = [];
        for (const score of all(genre)) {
          const scale = scaleOf(score.tonic, score.mode);
          const melody = of(score, "melody");
          const harmonyAt = (at: number) => score.harmonies.findLast((one) => one.at <= at + 1e-6)?.pitches ?? [];
          for (const [index, { pitch, at }] of melody.entries()) {
            const isOwn = harmonyAt(at).includes(pitch % 12);
            expect(isOwn || scale.includes(pitch % 12)).to.equal(true);
            if (at % score.beatsPerBar === 0) strong.push(isOwn);
            leaps.push(Math.abs(pitch - (melody[index - 1]?.pitch ?? pitch)));
          }
        }
        expect(share(strong, (isOwn) => isOwn)).to.be.above(0.85);
        expect(share(leaps, (leap) => leap <= 4)).to.be.above(0.75);
        expect(Math.max(...leaps)).to.be.at.most(12);
      });

      it("lets a melody breathe and never hold two notes at once", () => {
        for (const score of all(genre)) {
          const melody = of(score, "melody");
          expect(melody.length).to.be.at.least(2);
          melody.forEach((note, index) => {
            const next = melody[index + 1];
            if (next !== undefined) expect(next.at).to.be.at.least(note.at + note.beats - 1e-9);
          });
        }
      });

      it("asks of every instrument what MIDI can say", () => {
        for (const score of all(genre)) {
          for (const { pitch, force, beats } of score.notes) {
            expect(pitch).to.be.within(24, 108);
            expect(force).to.be.within(0.05, 1.2);
            expect(beats).to.be.above(0);
          }
          expect(score.parts.filter(({ role }) => role !== "drums").length).to.be.at.most(15);
        }
      });
    });
  }

  it("writes another piece for another prompt, seed and genre, and the same for the same", () => {
    const melody = (score: Score) =>
      of(score, "melody")
        .map(({ at, pitch }) => `${at}:${pitch}`)
        .join();
    const different = [
      piece("piano", 1),
      piece("piano", 2),
      piece("folk", 1),
      piece("piano", 1, 20, "an old house"),
      piece("jazz", 1),
    ].map(melody);
    expect(new Set(different).size).to.equal(different.length);
    expect(piece("piano", 1)).to.deep.equal(piece("piano", 1));
  });

  it("brings a subject back as it was, or decorated", () => {
    const score = piece("piano", 1, 47);
    const [first, second] = score.sections.filter(({ name }) => name === "A");
    const bar = (index: number) =>
      of(score, "melody")
        .filter(({ at }) => Math.floor(at / score.beatsPerBar) === index)
        .map(({ pitch }) => pitch);
    const [stated, again] = [bar(first?.bar ?? 0), bar(second?.bar ?? 0)];
    expect(again.slice(0, 1)).to.deep.equal(stated.slice(0, 1));
    expect(again.length).to.be.at.least(stated.length);
  });

  it("plays like people: off the beat by a few milliseconds, slower at the end, every key let go", () => {
    const score = piece("folk", 1);
    const events = perform(score, GENRES.folk.loose, 1, 3);
    const on = events.filter(({ kind }) => kind === "on");
    expect(on).to.have.lengthOf(score.notes.length);
    expect(new Set(on.map((event) => ("velocity" in event ? event.velocity : 0))).size).to.be.above(10);
    for (const event of events) if (event.kind === "on") expect(event.velocity).to.be.within(1, 127);
    const sounding = new Map<string, number>();
    for (const event of events) {
      if (event.kind === "expression") continue;
      const key = `${event.part}:${event.pitch}`;
      sounding.set(key, event.kind === "on" ? 1 : 0);
    }
    expect([...sounding.values()].every((count) => count === 0)).to.equal(true);
    const end = Math.max(...on.map(({ at }) => at));
    expect(end).to.be.below(20 - score.ring + 0.6);
  });
});

describe("what a prompt asks a composer for", () => {
  const brief = (prompt: string) => briefOf(prompt, undefined, 1);
  const bright = ["major", "lydian", "mixolydian"];

  it("chooses genre, metre, instrument and texture by its words", () => {
    expect(brief("a smoky jazz club").genre).to.equal("jazz");
    expect(brief("epic battle").genre).to.equal("cinematic");
    expect(brief("a waltz in the snow").beatsPerBar).to.equal(3);
    expect(brief("a folk song with flute").lead).to.equal(73);
    expect(brief("rain on the roof").texture).to.equal("rain");
  });

  it("chooses the mode by its mood, and the tempo by its pace", () => {
    for (const genre of ["piano", "folk", "cinematic"]) {
      expect(bright, genre).to.not.include(brief(`a sad ${genre} piece`).mode);
      expect(bright, genre).to.include(brief(`a happy ${genre} piece`).mode);
    }
    expect(brief("slow and calm piano").tempo).to.be.below(brief("fast and energetic piano").tempo - 15);
    expect(brief("piano at 140 bpm").tempo).to.equal(140);
  });

  it("leaves out what it says it does not want", () => {
    expect(brief("lofi with drums").hasDrums).to.equal(true);
    expect(brief("lofi with no drums").hasDrums).to.equal(false);
  });

  it("does not find a word inside another", () => {
    expect(brief("a warning from the warehouse").genre).to.equal("ambient");
    expect(brief("research in Essex").lead).to.equal(undefined);
  });

  it("leaves genre, tempo and mode to the style that states them", () => {
    const style = {
      ...inGenre("folk"),
      score: { genre: "folk", tempo: 111, mode: "dorian" },
    } as const;
    expect(briefOf("happy slow jazz at 60 bpm", style, 1)).to.include({ genre: "folk", tempo: 111, mode: "dorian" });
  });

  for (const prompt of [
    "🎵",
    "🎹".repeat(2_000),
    "<script>",
    "你好",
    "bpm ".repeat(1_000),
    "\\0 %s",
    "no no no without",
  ]) {
    it(`makes something of ${JSON.stringify(prompt.slice(0, 20))}`, () => {
      expect(compose(brief(prompt), 10).notes.length).to.be.above(10);
    });
  }
});
