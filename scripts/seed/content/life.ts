/** What happened before one arrives: a demo account subscribed to a character, reviewed it, and was answered. */
export const life = {
  /** Name of the demo account. */
  account: "Regular",
  /** Slug of the character. */
  character: "ottavia",
  plan: "Monthly",
  rating: 5,
  review:
    "I used to point at things in cafes. Now I ask, and am understood, and am corrected for my double consonants before I have finished the word.",
  reply: "Bravo! Next the market: bring a bag, and the numbers up to twenty.",
} as const;
