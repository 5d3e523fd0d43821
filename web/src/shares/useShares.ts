import { useMine } from "../people/useMine.ts";

/** What the account shares with this operator, the newest first; nothing is asked without a sign-in. */
export function useShares() {
  return useMine(["shares"], (stelai) => stelai.rewards.listShares());
}
