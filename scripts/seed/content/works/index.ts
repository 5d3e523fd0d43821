import type { SeedOrder, SeedWork } from "./types.ts";

export type { SeedGeneration, SeedOrder, SeedWork } from "./types.ts";

const DAY = 86_400n;

/** The demo works, in the order in which they are created: one whose parent is another stands after it. */
export const works: readonly SeedWork[] = [
  {
    slug: "keepers-storm",
    creator: "ochre-and-tin",
    title: "The Keeper's Storm",
    description:
      "A lighthouse holding its ground on the cliff, cut in rust and teal and pulled once. The white is the paper. Large shapes, so it still reads as a cover the size of a stamp.",
    tags: ["lighthouse", "storm", "linocut", "sea", "cover"],
    generation: {
      tool: "linocut-press",
      prompt: "A lighthouse on a cliff in a storm, high waves",
      size: "512x512",
      seed: 6,
    },
    offers: [
      { tier: "Personal", price: 3_000_000n },
      { tier: "Commercial", price: 25_000_000n },
    ],
    royaltyBps: 500,
    derivativeBps: 1_000,
  },
  {
    slug: "crows-in-december",
    creator: "ochre-and-tin",
    title: "Crows in December",
    description:
      "Bare branches and the last light behind them. Licensed by the season: the commercial licence runs ninety days, long enough for a winter programme or a tour.",
    tags: ["crows", "winter", "linocut", "dusk", "poster"],
    generation: { tool: "linocut-press", prompt: "Crows over a bare winter tree at dusk", size: "512x512", seed: 14 },
    offers: [
      { tier: "Personal", price: 2_000_000n },
      { tier: "Commercial", price: 12_000_000n, duration: 90n * DAY },
    ],
    royaltyBps: 500,
  },
  {
    slug: "three-peaks",
    creator: "ochre-and-tin",
    title: "Three Peaks, One Sun",
    description:
      "A poster for whoever needs a mountain to be theirs. Offered to one buyer only: while that licence lives, no other is sold.",
    tags: ["mountain", "poster", "sun", "linocut"],
    generation: {
      tool: "linocut-press",
      prompt: "Three mountain peaks, a red sun, pine forest",
      size: "512x512",
      seed: 3,
    },
    offers: [{ tier: "Exclusive", price: 140_000_000n, supply: 1 }],
    royaltyBps: 1_000,
  },
  {
    slug: "second-coffee",
    creator: "two-kettles",
    title: "Second Coffee",
    description:
      "Ten seconds of a morning that is going well: warm keys, brushed drum, a bass that has had its breakfast. Loops without a seam worth mentioning.",
    tags: ["lo-fi", "morning", "loop", "calm", "jingle"],
    generation: {
      tool: "third-shelf",
      prompt: "A sunny morning, light and hopeful",
      seconds: 10,
      quality: "Draft",
      seed: 12,
    },
    offers: [
      { tier: "Personal", price: 1_500_000n },
      { tier: "Commercial", price: 15_000_000n },
    ],
    royaltyBps: 500,
  },
  {
    slug: "stopped-clock",
    creator: "attic-radio",
    title: "The Clock That Stopped on Purpose",
    description:
      "The opening of a story, read by the fire. For the first minute of a podcast, the back of a trailer, or anyone who needs to be told that there was once a house.",
    tags: ["story", "narrator", "opening", "podcast", "voiceover"],
    generation: {
      tool: "hearthside",
      prompt:
        "There was a house at the end of the lane, and in the house a clock, and the clock had stopped on purpose.",
      voice: "narrator",
      seed: 1,
    },
    offers: [
      { tier: "Personal", price: 1_000_000n },
      { tier: "Commercial", price: 10_000_000n },
    ],
    royaltyBps: 250,
  },
  {
    slug: "ships-at-dawn",
    creator: "attic-radio",
    title: "Ships at Dawn",
    description:
      "Strings first, horns once the harbour is behind you. A cue for departures. Five licences for use in films and games, and no sixth.",
    tags: ["cinematic", "strings", "departure", "film", "game"],
    generation: {
      tool: "nave",
      prompt: "Ships leave the harbour at dawn, hopeful",
      seconds: 10,
      quality: "Draft",
      seed: 16,
    },
    offers: [{ tier: "Commercial", price: 40_000_000n, supply: 5 }],
    royaltyBps: 1_000,
    derivativeBps: 2_000,
  },
  {
    slug: "tide-in",
    creator: "slow-frames",
    title: "Tide, Coming In",
    description:
      "Two seconds of a beach that does not know it is being filmed. For title cards, waiting rooms and the pause between two thoughts.",
    tags: ["sea", "beach", "sunset", "loop", "calm"],
    generation: {
      tool: "moving-postcard",
      prompt: "Waves rolling onto a beach at sunset, gulls in the sky",
      ...{ size: "480x480", seconds: 2, quality: "Draft", seed: 5 },
    },
    offers: [
      { tier: "Personal", price: 4_000_000n },
      { tier: "Commercial", price: 30_000_000n },
    ],
    royaltyBps: 500,
  },
  {
    slug: "harbour-lamp",
    creator: "lantern-studio",
    title: "A Lamp for the Keeper",
    description:
      "The same coast a night later, calm, with boats: made after The Keeper's Storm, whose makers share in what it earns.",
    tags: ["harbour", "lighthouse", "evening", "boats"],
    generation: {
      tool: "first-light",
      prompt: "A harbour at sunset with three sailing boats and a lighthouse",
      quality: "Draft",
      seed: 4,
    },
    offers: [
      { tier: "Personal", price: 1_000_000n },
      { tier: "Commercial", price: 8_000_000n },
    ],
    royaltyBps: 250,
    parents: ["keepers-storm"],
  },
  {
    slug: "ringed-planet",
    creator: "plumbline-works",
    title: "Somewhere with Rings",
    description:
      "A planet for slide backgrounds, tabletop maps and the lock screen of someone who is nearly finished. Cheap to keep, and good at small sizes.",
    tags: ["space", "planet", "stars", "violet", "background"],
    generation: {
      tool: "first-light",
      prompt: "A ringed planet above a violet nebula, many stars",
      quality: "Draft",
      seed: 33,
    },
    offers: [{ tier: "Personal", price: 500_000n }],
  },
];

/** What was bought before one arrives. */
export const orders: readonly SeedOrder[] = [
  {
    buyer: "Regular",
    work: "stopped-clock",
    tier: "Personal",
    review: {
      rating: 5,
      text: "I play it to my class before every dictation. They have stopped asking what happened to the clock, and started writing it.",
      reply: "Tell them the clock would like to know, too.",
    },
  },
  {
    buyer: "Regular",
    work: "keepers-storm",
    tier: "Commercial",
    resale: { price: 22_000_000n, days: 30 },
  },
  {
    buyer: "attic-radio",
    work: "keepers-storm",
    tier: "Personal",
    review: {
      rating: 5,
      text: "Hung above the mixing desk. When the rain comes on, it looks as if the picture started it.",
    },
  },
  {
    buyer: "ochre-and-tin",
    work: "second-coffee",
    tier: "Commercial",
    review: {
      rating: 4,
      text: "Runs under our press videos. One more variation of the ending, and it would be five stars.",
    },
  },
];
