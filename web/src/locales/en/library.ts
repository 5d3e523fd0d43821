/** The library: what was made, passes, what is shared, gifts. */
export const library = {
  "nav.library": "Library",
  "library.title": "Library",
  "library.lead":
    "What you made, what you hold licences of, what you may use without paying each time, and what others share with you.",
  "library.connectTitle": "Connect to see what is yours",
  "library.connectText":
    "Passes and licences belong to your wallet’s account, on the chain. Nothing is signed to look.",
  "library.made": "Made",
  "library.toStudio": "Make something",
  "library.use": "Open in Studio",
  "library.licences": "Licences",
  "library.passes": "Passes",
  "library.shared": "Shared with me",
  "library.gifts": "Gifts",
  "library.indexDown": "Your passes are on the chain; on a character’s own page they are read from there.",
  "library.noPasses": "No pass yet",
  "library.noPassesText":
    "With a pass you use a character, or a tool, for a month, a year or for good, without paying each time. Its page says from how often it is cheaper.",
  "library.talk": "Talk",
  "library.again": "Subscribe again",
  "library.signIn": "Sign in to see what is shared with you",
  "library.signInText":
    "Private characters are shown by their operator, to the few on their list only. One signature tells it who you are; it costs nothing and is asked for once a month.",
  "library.noShared": "Nothing is shared with you here",
  "library.noSharedText":
    "When a creator puts you on the list of a private character, or you accept an invite, it stands here.",
  "library.noGifts": "No gifts yet",
  "library.noGiftsText": "When somebody gives you a pass, it stands here, and it works at once.",
  "library.giftPeriod": "From {start} until {until}.",
  "library.giftForGood": "Yours since {start}.",
  "library.giftFrom": "Worth {price} credits, from",
} as const;
