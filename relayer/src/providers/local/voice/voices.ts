/** How a voice is made: which of flite's, and what is changed about it. */
export type Voice = {
  id: string;
  /** Plain words on how it sounds, shown to people. */
  name: string;
  /** The name that flite has for the recordings it was made of. */
  flite: "slt" | "rms" | "awb" | "kal16";
  /** How much higher than the recordings, as a factor of the fundamental frequency. */
  pitch?: number;
  /** How much smaller the speaker is, as a factor of all resonances: above 1 a child, below 1 a giant. */
  size?: number;
  /** How much faster than the recordings. */
  pace?: number;
  effect?: "robot" | "radio" | "whisper";
};

/**
 * flite's own voices first (recorded for CMU ARCTIC, and `kal16`, diphones of 1999), then characters made of them. The
 * first is the standard. `kal` is `kal16` at half the rate and `awb_time` can only tell the time: neither is offered.
 */
export const VOICES: readonly Voice[] = [
  { id: "slt", name: "Clear, US English", flite: "slt" },
  { id: "rms", name: "Deep and calm, US English", flite: "rms" },
  { id: "awb", name: "Bright, Scottish English", flite: "awb" },
  { id: "kal16", name: "Early computer, US English", flite: "kal16" },
  { id: "narrator", name: "Narrator, low and unhurried", flite: "awb", pitch: 0.84, size: 0.93, pace: 0.92 },
  { id: "lively", name: "Lively and light", flite: "slt", pitch: 1.14, size: 1.04, pace: 1.1 },
  { id: "warm", name: "Warm and low", flite: "slt", pitch: 0.86, size: 0.95, pace: 0.95 },
  { id: "child", name: "Child", flite: "slt", pitch: 1.45, size: 1.17 },
  { id: "giant", name: "Giant", flite: "rms", size: 0.8, pace: 0.88 },
  { id: "robot", name: "Robot", flite: "kal16", pitch: 1.1, effect: "robot" },
  { id: "radio", name: "Over the radio", flite: "rms", pace: 1.05, effect: "radio" },
  { id: "whisper", name: "Whisper", flite: "slt", pace: 0.94, effect: "whisper" },
];

/**
 * The voices that OpenAI's clients ask for by name, and which of ours answers to each. They are ours under another
 * name, not OpenAI's: a client written for OpenAI works without changes, and sounds like flite.
 */
export const VOICE_ALIASES: Readonly<Record<string, string>> = {
  alloy: "slt",
  ash: "rms",
  ballad: "awb",
  cedar: "narrator",
  coral: "lively",
  echo: "rms",
  fable: "awb",
  marin: "slt",
  nova: "lively",
  onyx: "giant",
  sage: "warm",
  shimmer: "warm",
  verse: "narrator",
};

/** The voice of that id or alias; undefined when there is none. */
export function voiceOf(name: string): Voice | undefined {
  const wanted = name.toLowerCase();
  const id = Object.hasOwn(VOICE_ALIASES, wanted) ? VOICE_ALIASES[wanted] : wanted;
  return VOICES.find((voice) => voice.id === id);
}
