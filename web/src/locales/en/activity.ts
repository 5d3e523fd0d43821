/** Transactions on their way. */
export const activity = {
  "activity.tray": "Activity",
  "activity.trayMoving": "{count, plural, one {Activity, # on its way} other {Activity, # on their way}}",
  "activity.empty":
    "Nothing yet. What you send to the chain is followed here until it is final, on any page and after a reload.",
  "activity.transaction": "transaction",
  "activity.recheck": "Check again",
  "activity.forget": "Forget",
  "activity.state.wallet": "In your wallet",
  "activity.state.sent": "Sent",
  "activity.state.unseen": "Not seen",
  "activity.state.confirmed": "Confirmed",
  "activity.state.final": "Final",
  "activity.state.replaced": "Sped up",
  "activity.state.cancelled": "Cancelled",
  "activity.state.failed": "Failed",
  "activity.explained.replaced": "Your wallet sent it again with a higher fee. That one went through.",
  "activity.explained.cancelled": "Another transaction took its place. Only the network fee is gone.",
  "activity.explained.failed": "The chain refused it. Only the network fee is gone.",
  "activity.explained.unseen":
    "The network has not heard of it for two minutes. It may still come; checking is harmless, forgetting only clears this line.",

  "card.intentPersona": "Change the persona of {name}",
  "card.intentCard": "Change the card of {name}",
  "circle.allow.intent": "Put {count} on the list of {name}",
  "circle.remove.intent": "Take {count} off the list of {name}",
  "invites.revoke.intent": "Revoke an invite to {name}",
  "invites.revokeAll.intent": "Revoke all invites to {name}",
  "income.harvest.intent": "Harvest what {name} earned",
  "reviewing.intent": "Answer the review of {author} of {name}",
} as const;
