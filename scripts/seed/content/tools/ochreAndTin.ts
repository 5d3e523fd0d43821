import type { SeedTool } from "../types.ts";

/** The printmakers' two presses. */
export const ochreAndTin: readonly SeedTool[] = [
  {
    slug: "linocut-press",
    creator: "ochre-and-tin",
    modality: "Image",
    name: "Linocut Press",
    tagline: "Two inks and a knife. If a line isn't needed, I don't cut it.",
    description:
      "Pictures as if cut in lino and pulled by hand: flat colours, hard edges, a little noise where the press was uneven. Ochre, rust and dark teal on cream. Good for covers, posters and anything that must be read from across a room.",
    tags: ["linocut", "print", "poster", "two colours"],
    prices: { perInference: 20_000n, perUnit: 1_000_000n, monthly: 30_000_000n },
    tool: {
      presets: [
        { name: "Lighthouse", prompt: "A lighthouse on a cliff in a storm, high waves", settings: { seed: 6 } },
        { name: "Crows", prompt: "Crows over a bare winter tree at dusk", settings: { seed: 14 } },
        {
          name: "Mountain poster",
          prompt: "Three mountain peaks, a red sun, pine forest",
          settings: { size: "768x1024", seed: 3 },
        },
        { name: "Old bridge", prompt: "A stone bridge over a river in a small town", settings: { seed: 19 } },
        {
          name: "Sunflowers",
          prompt: "Sunflowers in a vase, bold shapes",
          settings: { size: "768x1024", seed: 27 },
        },
        {
          name: "Night train",
          prompt: "City skyline at night with a full moon",
          settings: { quality: "High", seed: 10 },
        },
      ],
    },
    style: {
      kind: "style",
      name: "Linocut Press",
      instructions:
        "A hand-pulled linocut print: flat areas of two or three inks on cream paper, bold carved contours, visible gouge marks, no gradients, no text.",
      look: {
        scene: "auto",
        line: "print",
        palette: ["#F3E7CF", "#C98A2B", "#A8432A", "#1F4A4D", "#1E1B16"],
        grain: 0.55,
      },
    },
  },
  {
    slug: "coldwater",
    creator: "ochre-and-tin",
    modality: "Image",
    name: "Coldwater",
    tagline: "I only draw the sea. It has never once sat still for me.",
    description:
      "Ink drawings of the sea and what stands at its edge, washed in cold greens and greys. Whatever is asked for, there is water in it. Dear, slow and particular; best at High, where the hatching shows.",
    tags: ["ink", "sea", "drawing", "monochrome"],
    prices: { perInference: 100_000n, perUnit: 2_000_000n },
    tool: {
      sizes: ["1280x720", "1024x1024", "1024x768"],
      qualities: ["High", "Standard", "Ultra"],
      presets: [
        { name: "Winter swell", prompt: "A heavy winter swell before a dark cliff", settings: { seed: 41 } },
        { name: "Two boats", prompt: "Two small boats on a calm bay in fog", settings: { seed: 7 } },
        { name: "Moon path", prompt: "The moon and its path on the open sea", settings: { seed: 18 } },
        { name: "Far island", prompt: "A far island under a clearing sky after rain", settings: { seed: 23 } },
        {
          name: "Gulls",
          prompt: "Gulls above the surf at dawn",
          settings: { size: "1024x1024", quality: "Standard", seed: 36 },
        },
        { name: "Lamp", prompt: "A lighthouse at night in a snow storm", settings: { seed: 52 } },
      ],
    },
    style: {
      kind: "style",
      name: "Coldwater",
      instructions:
        "A pen-and-ink drawing of the sea with cold grey-green washes on white paper, fine hatching, much empty space, no colour beyond the washes, no text.",
      look: { scene: "seascape", line: "ink", palette: ["#EEF1EE", "#8FA6A3", "#3F5F63", "#1B2A2F"], grain: 0.3 },
    },
  },
];
