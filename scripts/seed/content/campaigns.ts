/** The campaigns of a local chain: a code that anyone may type, and what contributions bring. */
export const WELCOME = {
  code: "WELC-0MET-0STE-1A1A",
  rules: "A welcome to everyone who tries Stelai on a chain of their own: 50 bonus credits, once an account.",
  contributions:
    "The first review of what one bought, a paid creation shared with everyone, and feedback that was taken up are worth bonus credits.",
} as const;
