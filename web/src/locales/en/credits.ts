/** What was done with credits, plans and tabs, as every page tells of it; the rest is in `buying.ts` and `billing.ts`. */
export const credits = {
  "credits.intent.redeem": "Redeem {credits} credits",
  "credits.intent.buy": "Buy {credits} credits",
  "plan.intent.subscribe": "Subscribe to a plan",
  "plan.intent.upgrade": "Upgrade your plan",
  "plan.intent.renewal": "Choose how your plan renews",
  "plan.intent.cancel": "Do not renew your plan",
  "plan.intent.renew": "Renew your plan now",
  "plan.intent.allow": "Let renewals take USDC",
  "topUp.intent.on": "Automatic top-up",
  "topUp.intent.off": "Turn off automatic top-up",
  "tab.intent.open": "Open a tab of {cap} credits",
  "tab.intent.topUp": "Add {amount} credits to tab {id}",
  "tab.rotate.intent": "Use your tab in this browser",
} as const;
