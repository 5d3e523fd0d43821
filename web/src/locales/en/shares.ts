/** Links to send around: of what was made, of works and of characters, and how any link is handed on. */
export const shares = {
  "shares.share": "Share",
  "shares.title.generation": "Share what you made",
  "shares.title.work": "Share this work",
  "shares.title.character": "Share this character",
  "shares.what.generation":
    "A page that anyone with its link can open: a small picture, or of a film or a sound a card; the tool that made it; your name or address.",
  "shares.what.work":
    "A page with the work’s preview, title and creator, as the market shows them. Nothing else becomes public.",
  "shares.what.character":
    "A page with the character’s picture, name and creator, as anyone can see them. Nothing else becomes public.",
  "shares.public.generation":
    "The small picture becomes public, and others can save it. The file itself, your prompt and your other pieces do not.",
  "shares.undo": "Removing the link ends the page. What others saved of it stays with them.",
  "shares.earns": "Sharing a piece that you paid for can earn bonus credits.",
  "shares.made": "Made with Stelai",
  "shares.toContributions": "See what it earned",
  "shares.make": "Make the link",
  "shares.making": "Making the link",
  "shares.not": "Not now",
  "shares.signInWhy":
    "The link is kept under your account, so that only you can remove it. The operator wants to know that it is you.",
  "shares.linkWhat": "link",
  "shares.native": "Share…",
  "shares.code": "QR code",
  "shares.codeOf": "QR code of the link",
  "shares.hideCode": "Hide the QR code",
  "shares.preview": "What people see where the link is shown with a picture",
  "shares.previewOf": "Preview of {title}",
  "shares.previewGone": "The picture cannot be shown now. The link works all the same.",
  "shares.remove": "Remove the link",
  "shares.removeOf": "Remove the link of {title}",
  "shares.removeSure": "Remove it: the page is gone at once",
  "shares.keep": "Keep it",
  "shares.removing": "Removing the link",
  "shares.removed": "The link is removed.",
  "shares.done": "Done",
  "shares.kind.generation": "Piece",
  "shares.kind.work": "Work",
  "shares.kind.character": "Character",
  "shares.since": "since {day}",
} as const;
