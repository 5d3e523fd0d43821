import type { Stelai } from "../compose.ts";
import { type Input, useAction } from "./transaction.ts";

type Relayer = Stelai["relayer"];

/** Ends the sign-in at the relayer. */
export function useSignOut() {
  return useAction<void, void>((stelai) => stelai.relayer.signOut(), { name: "useSignOut" });
}

/** Ends every sign-in of the account at the relayer. */
export function useSignOutEverywhere() {
  return useAction<void, void>((stelai) => stelai.relayer.signOutEverywhere(), { name: "useSignOutEverywhere" });
}

/** Limits what the account's tabs spend with this operator a day. */
export function useSetDailyLimit() {
  return useAction((stelai, input: Input<Relayer["setDailyLimit"]>) => stelai.relayer.setDailyLimit(input), {
    name: "useSetDailyLimit",
  });
}

/** Replaces the account's profile. */
export function useSetProfile() {
  return useAction((stelai, input: Input<Relayer["setProfile"]>) => stelai.relayer.setProfile(input), {
    name: "useSetProfile",
  });
}

/** Follows a creator. */
export function useFollow() {
  return useAction((stelai, input: Input<Relayer["follow"]>) => stelai.relayer.follow(input), { name: "useFollow" });
}

/** Follows a creator no longer. */
export function useUnfollow() {
  return useAction((stelai, input: Input<Relayer["unfollow"]>) => stelai.relayer.unfollow(input), {
    name: "useUnfollow",
  });
}

/** Marks notifications as read. */
export function useMarkRead() {
  return useAction((stelai, input: Input<Relayer["markRead"]>) => stelai.relayer.markRead(input), {
    name: "useMarkRead",
  });
}

/** Says what is not sent by push or mail. */
export function useSetMuted() {
  return useAction((stelai, input: Input<Relayer["setMuted"]>) => stelai.relayer.setMuted(input), {
    name: "useSetMuted",
  });
}

/** Has notifications sent to this browser. */
export function useSavePush() {
  return useAction((stelai, input: Input<Relayer["savePush"]>) => stelai.relayer.savePush(input), {
    name: "useSavePush",
  });
}

/** Sends nothing more to a browser. */
export function useDeletePush() {
  return useAction((stelai, input: Input<Relayer["deletePush"]>) => stelai.relayer.deletePush(input), {
    name: "useDeletePush",
  });
}

/** Has notifications sent by mail, or not. */
export function useSetMail() {
  return useAction((stelai, input: Input<Relayer["setMail"]>) => stelai.relayer.setMail(input), { name: "useSetMail" });
}

/** Gives a character a file to answer from. */
export function useAddKnowledge() {
  return useAction((stelai, input: Input<Relayer["addKnowledge"]>) => stelai.relayer.addKnowledge(input), {
    name: "useAddKnowledge",
  });
}

/** Takes a file out of what a character answers from. */
export function useDeleteKnowledge() {
  return useAction((stelai, input: Input<Relayer["deleteKnowledge"]>) => stelai.relayer.deleteKnowledge(input), {
    name: "useDeleteKnowledge",
  });
}

/** Keeps an encrypted conversation with the operator. */
export function usePutHistory() {
  return useAction((stelai, input: Input<Relayer["putHistory"]>) => stelai.relayer.putHistory(input), {
    name: "usePutHistory",
  });
}

/** Has the operator forget an encrypted conversation. */
export function useDeleteHistory() {
  return useAction((stelai, input: Input<Relayer["deleteHistory"]>) => stelai.relayer.deleteHistory(input), {
    name: "useDeleteHistory",
  });
}

/** Has the operator forget the account. */
export function useDeleteAccount() {
  return useAction<void, void>((stelai) => stelai.relayer.deleteAccount(), { name: "useDeleteAccount" });
}
