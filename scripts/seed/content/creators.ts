import type { SeedCreator } from "./types.ts";

/** Who publishes the demo characters, and then the tools, in this order. */
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
  {
    handle: "stelai",
    name: "Stelai",
    about: "The house's own tools: plain, quick, and there to begin with.",
    treasury: true,
  },
  {
    handle: "ochre-and-tin",
    name: "Ochre & Tin",
    about: "Printmakers. Two inks, one press, no more lines than a picture needs.",
  },
  {
    handle: "slow-frames",
    name: "Slow Frames",
    about: "Short films in which very little happens, and happens well.",
  },
  {
    handle: "attic-radio",
    name: "Attic Radio",
    about: "Voices and tunes for under the roof, when it rains on the slates.",
  },
];
