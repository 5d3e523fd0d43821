/** The catalogue. */
export const explore = {
  "explore.resume": "Go on talking",
  "explore.shared": "Shared with you",
  "explore.characters": "Characters",
  "explore.filters": "Filters",
  "explore.free": "Free",
  "explore.firstTalk": "{name} says",
  "explore.talk": "Talk to {name}",
  "explore.noWallet": "No wallet, no sign-up",
  "explore.relayerDown":
    "Characters answer through the operator's relayer. Your credits are on the chain, where they were.",
  "explore.nothing": "Nobody here yet",
  "explore.nothingText": "No character lists this operator. Publish the first.",
  "explore.noMatch": "No character matches",
  "explore.noMatchText": "These come nearest.",
  "explore.showAll": "Show all",
  "card.about": "about {price} a message",
  "card.scripted": "Scripted",
} as const;
