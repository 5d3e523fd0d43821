import type { SeedTool } from "../types.ts";

/** The film makers' one film, which is a different one each time. */
export const slowFrames: readonly SeedTool[] = [
  {
    slug: "night-tram",
    creator: "slow-frames",
    modality: "Video",
    name: "Night Tram",
    tagline: "Sit by the window. The last tram goes round once more, and the city does the rest.",
    description:
      "Silent films of cities at night, as cut paper: lit windows, rain, a slow ride past roofs and water. The camera pans as if from a tram. Whatever you ask for happens in a city, after dark. At High it runs at thirty frames a second.",
    tags: ["video", "city", "night", "paper", "neon"],
    prices: { perInference: 100_000n, perUnit: 1_000_000n, monthly: 40_000_000n },
    tool: {
      maxSeconds: 20,
      presets: [
        {
          name: "Last round",
          prompt: "A city at night in the rain, lit windows, slow ride along a canal",
          settings: { seconds: 4, seed: 13 },
        },
        { name: "Neon", prompt: "Neon towers and wet roofs, violet fog", settings: { seconds: 4, seed: 44 } },
        {
          name: "Snow on roofs",
          prompt: "Old town roofs in falling snow, a cathedral",
          settings: { seconds: 5, seed: 6 },
        },
        {
          name: "Bridge",
          prompt: "A bridge over a river, city skyline, full moon",
          settings: { seconds: 6, size: "960x540", seed: 25 },
        },
        {
          name: "Thunder",
          prompt: "A storm over a downtown skyline, lightning",
          settings: { seconds: 4, quality: "High", seed: 31 },
        },
        {
          name: "Before dawn",
          prompt: "The first light behind quiet towers, gulls",
          settings: { seconds: 5, size: "480x480", seed: 3 },
        },
      ],
    },
    style: {
      kind: "style",
      name: "Night Tram",
      instructions:
        "A paper-cut animation of a city at night, layered card with soft shadows, seen from a slow tram window. One continuous pan, no cuts, no text, no faces.",
      look: {
        scene: "city",
        line: "paper",
        palette: ["#141B2D", "#2F3B63", "#7C5C8C", "#E0AC55", "#F4E3C1"],
        grain: 0.2,
      },
      motion: { camera: "pan", pace: 0.6 },
    },
  },
];
