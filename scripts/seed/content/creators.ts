import type { SeedCreator } from "./types.ts";

/** Who publishes the demo characters. */
export const creators: readonly SeedCreator[] = [
  {
    handle: "lantern-studio",
    name: "Lantern Studio",
    about: "Voices for the late hours: stories, company, and a light left on.",
  },
  {
    handle: "plumbline-works",
    name: "Plumbline Works",
    about: "Characters that hold straight: craft, code and clear thinking.",
  },
  {
    handle: "two-kettles",
    name: "Two Kettles",
    about: "A studio of two: one writes, one tastes. Teachers of small pleasures.",
    members: [
      { handle: "two-kettles-leaf", name: "Two Kettles (leaf)", bps: 6_000 },
      { handle: "two-kettles-steam", name: "Two Kettles (steam)", bps: 4_000 },
    ],
  },
];
