/** What can be done about a plan, each with a sheet that says what it means. */
export type PlanAct =
  /** `follow`: the next cycle is that plan; `resume`: it renews again; `accept`: at another price. */
  | { readonly do: "subscribe" | "upgrade" | "follow" | "resume" | "accept"; readonly planId: bigint }
  | { readonly do: "cancel" | "renew" | "allow" };
