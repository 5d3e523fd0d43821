import type { SeedTool } from "../types.ts";

/** The house's tools: one that is free, one that films, one that reads. */
export const stelai: readonly SeedTool[] = [
  {
    slug: "first-light",
    creator: "stelai",
    modality: "Image",
    name: "First Light",
    tagline: "Tell me a place and an hour. I paint it while you watch, and the first ones are on the house.",
    description:
      "A small painter of places: hills, water, streets, gardens and skies, in daylight colours. Name the season, the weather and what stands in the picture; it paints no faces and no letters. Free, in small sizes, so that a first picture needs nothing.",
    tags: ["landscape", "painting", "free", "first steps"],
    prices: { perInference: 0n, perUnit: 0n },
    tool: {
      sizes: ["512x512"],
      qualities: ["Standard", "Draft"],
      presets: [
        {
          name: "Harbour evening",
          prompt: "A harbour at sunset with three sailing boats and a lighthouse",
          settings: { seed: 4 },
        },
        {
          name: "Lake at dawn",
          prompt: "A lake between pine hills at dawn, mist on the water, one small boat",
          settings: { seed: 11 },
        },
        {
          name: "First snow",
          prompt: "A cabin in a snowy forest at night, warm lamp light, stars",
          settings: { seed: 21 },
        },
        { name: "Poppy field", prompt: "A summer meadow of red poppies under white clouds", settings: { seed: 8 } },
        {
          name: "Rain in town",
          prompt: "A quiet city street in the rain at dusk, lit windows",
          settings: { seed: 15 },
        },
        { name: "Ringed planet", prompt: "A ringed planet above a violet nebula, many stars", settings: { seed: 33 } },
      ],
    },
    style: {
      kind: "style",
      name: "First Light",
      instructions:
        "Paint a place, not a portrait: clear light, honest colours, one subject, room around it. No text, no logos, no people's faces.",
      look: { scene: "auto", line: "painted", grain: 0.15 },
    },
  },
  {
    slug: "moving-postcard",
    creator: "stelai",
    modality: "Video",
    name: "Moving Postcard",
    tagline: "A few seconds of somewhere else: the clouds go over, the water moves, nobody hurries.",
    description:
      "Short silent films of a place. Clouds pass, water moves, light changes, and the camera drifts along. Four seconds make a good postcard, ten a good breath. Say where, when and in what weather.",
    tags: ["video", "landscape", "calm", "loop"],
    prices: { perInference: 50_000n, perUnit: 500_000n },
    tool: {
      maxSeconds: 12,
      presets: [
        {
          name: "Tide coming in",
          prompt: "Waves rolling onto a beach at sunset, gulls in the sky",
          settings: { seconds: 4, seed: 5 },
        },
        {
          name: "Clouds over hills",
          prompt: "Green hills at noon in summer, clouds drifting",
          settings: { seconds: 4, seed: 12 },
        },
        {
          name: "Snow at night",
          prompt: "Snow falling on a forest cabin at night",
          settings: { seconds: 5, seed: 2 },
        },
        {
          name: "Northern lights",
          prompt: "Aurora above a frozen lake, stars",
          settings: { seconds: 6, quality: "High", seed: 9 },
        },
        {
          name: "Rain on the garden",
          prompt: "Rain over a garden of tulips in spring, grey morning",
          settings: { seconds: 4, seed: 17 },
        },
        {
          name: "Comet",
          prompt: "A comet passing a blue planet, slow stars",
          settings: { seconds: 5, seed: 30 },
        },
      ],
    },
    style: {
      kind: "style",
      name: "Moving Postcard",
      instructions:
        "A single continuous shot of a place. The camera drifts slowly and never cuts. Natural light, no text, no faces.",
      look: { scene: "auto", line: "painted", grain: 0.1 },
      motion: { camera: "drift", pace: 0.8 },
    },
  },
  {
    slug: "plain-reader",
    creator: "stelai",
    modality: "Voice",
    name: "Plain Reader",
    tagline: "I read what you wrote, as you wrote it. Twelve voices, no opinions.",
    description:
      "Reads a text aloud, clearly and without acting. All the voices that this operator has, from a calm narrator to a robot. For proof-listening, announcements, captions and first drafts of anything that will be spoken.",
    tags: ["voiceover", "reading", "clear", "announcement"],
    prices: { perInference: 10_000n, perUnit: 500_000n },
    tool: {
      presets: [
        {
          name: "Announcement",
          prompt: "Good morning. The ten fifteen to the coast leaves from platform two. Please mind the step.",
          settings: { seed: 1 },
        },
        {
          name: "Recipe step",
          prompt: "Melt the butter slowly. When it smells of hazelnuts, take it off the heat and stir in the flour.",
          settings: { voice: "warm", seed: 1 },
        },
        {
          name: "Welcome",
          prompt:
            "Welcome. You can start anywhere, and you cannot break anything. Press the button when you are ready.",
          settings: { voice: "lively", seed: 1 },
        },
        {
          name: "Shipping forecast",
          prompt: "North Utsire, southwesterly five or six, rain at times. Visibility moderate, occasionally poor.",
          settings: { voice: "radio", seed: 1 },
        },
        {
          name: "Robot",
          prompt: "I have counted all the spoons. There are eleven spoons. There were twelve spoons.",
          settings: { voice: "robot", seed: 1 },
        },
        {
          name: "Keep it quiet",
          prompt: "Come in, and close the door softly. They have only just fallen asleep.",
          settings: { voice: "whisper", speed: 0.9, seed: 1 },
        },
      ],
    },
    style: {
      kind: "style",
      name: "Plain Reader",
      instructions: "Read clearly and evenly, at an unhurried pace, without acting.",
    },
  },
];
