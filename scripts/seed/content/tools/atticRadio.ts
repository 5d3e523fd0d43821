import type { SeedTool } from "../types.ts";

/** The attic's one voice and two shelves of music. */
export const atticRadio: readonly SeedTool[] = [
  {
    slug: "hearthside",
    creator: "attic-radio",
    modality: "Voice",
    name: "Hearthside",
    tagline: "Put another log on. I have the page, and I am in no hurry at all.",
    description:
      "A low, unhurried storyteller for bedtime pages, openings of chapters and things said by the fire. Slower than talk, with the pauses left in. Two voices: the narrator, and a warm one for letters.",
    tags: ["voiceover", "story", "narrator", "slow", "warm"],
    prices: { perInference: 20_000n, perUnit: 900_000n, monthly: 20_000_000n },
    tool: {
      voices: ["narrator", "warm"],
      qualities: ["Standard", "High", "Ultra"],
      presets: [
        {
          name: "Once",
          prompt:
            "There was a house at the end of the lane, and in the house a clock, and the clock had stopped on purpose.",
          settings: { seed: 1 },
        },
        {
          name: "The keeper",
          prompt:
            "Every evening she climbed the hundred and twelve steps, and every evening the sea pretended not to look.",
          settings: { seed: 1 },
        },
        {
          name: "A letter",
          prompt: "Dear you. The garden has forgiven us. There are beans on the north wall, which I did not plant.",
          settings: { voice: "warm", seed: 1 },
        },
        {
          name: "Chapter one",
          prompt: "Chapter one. In which a kettle boils, a stranger knocks, and nobody is surprised but the cat.",
          settings: { quality: "High", seed: 1 },
        },
        {
          name: "Goodnight",
          prompt: "That is all for tonight. The fire will see to itself. Mind the third stair on your way up.",
          settings: { voice: "warm", speed: 0.9, seed: 1 },
        },
        {
          name: "The mason",
          prompt: "Find the grain, and cut with it. What is not yours to lift, leave where it lies.",
          settings: { seed: 1 },
        },
      ],
    },
    style: {
      kind: "style",
      name: "Hearthside",
      instructions:
        "Read like a storyteller by a fire: low, warm, slow, with real pauses at commas and longer ones at full stops. Never act out the characters.",
      speech: { pitch: 0.97, pace: 0.92 },
    },
  },
  {
    slug: "third-shelf",
    creator: "attic-radio",
    modality: "Music",
    name: "Third Shelf",
    tagline: "Dusty keys, a brushed drum, rain on the skylight. Leave it on.",
    description:
      "Lo-fi pieces to work, read or wash up to: slow swing, warm chords, nothing that asks to be listened to. From ten seconds for a clip to two minutes for a page. Say a mood, an hour or the weather.",
    tags: ["music", "lo-fi", "study", "calm", "loop"],
    prices: { perInference: 20_000n, perUnit: 50_000n },
    tool: {
      presets: [
        {
          name: "Rainy desk",
          prompt: "Rain on the window, late afternoon, gentle",
          settings: { seconds: 30, seed: 5 },
        },
        { name: "Second coffee", prompt: "A sunny morning, light and hopeful", settings: { seconds: 20, seed: 12 } },
        { name: "Night bus", prompt: "Going home at night, a little sad", settings: { seconds: 30, seed: 8 } },
        { name: "Sunday", prompt: "A slow Sunday, warm and lazy", settings: { seconds: 20, seed: 21 } },
        { name: "Snow day", prompt: "Quiet snow, soft and dreamy", settings: { seconds: 30, seed: 34 } },
        { name: "Closing credits", prompt: "The end of a good day, calm", settings: { seconds: 10, seed: 2 } },
      ],
    },
    style: {
      kind: "style",
      name: "Third Shelf",
      instructions: "Lo-fi, slow swing, warm electric piano, brushed drums, upright bass. No vocals.",
      score: { genre: "lofi", tempo: 76, mode: "dorian" },
    },
  },
  {
    slug: "nave",
    creator: "attic-radio",
    modality: "Music",
    name: "Nave",
    tagline: "Strings from far down the stone. I begin quietly; be there when I don't.",
    description:
      "Cinematic pieces with a long breath: strings, horns and drums that come in late. For titles, trailers and the moment when the door opens. Say what happens, not which instruments.",
    tags: ["music", "cinematic", "strings", "dramatic", "trailer"],
    prices: { perInference: 50_000n, perUnit: 200_000n, monthly: 60_000_000n },
    tool: {
      maxSeconds: 60,
      qualities: ["Standard", "High", "Ultra", "Draft"],
      presets: [
        {
          name: "The door opens",
          prompt: "A great door opens on darkness, dramatic",
          settings: { seconds: 20, seed: 7 },
        },
        { name: "Departure", prompt: "Ships leave the harbour at dawn, hopeful", settings: { seconds: 30, seed: 16 } },
        { name: "Elegy", prompt: "Sad and slow, an empty cathedral", settings: { seconds: 30, seed: 3 } },
        { name: "The climb", prompt: "A long climb, growing, epic", settings: { seconds: 30, seed: 28 } },
        {
          name: "Chase",
          prompt: "Fast and tense, running through a city at night",
          settings: { seconds: 20, seed: 40 },
        },
        { name: "Home", prompt: "Coming home after years, calm and warm", settings: { seconds: 20, seed: 11 } },
      ],
    },
    style: {
      kind: "style",
      name: "Nave",
      instructions: "Cinematic orchestral, strings and horns in a large stone hall, slow build, no vocals.",
      score: { genre: "cinematic", mode: "minor" },
    },
  },
];
