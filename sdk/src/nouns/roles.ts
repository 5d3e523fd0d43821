/** The actions of who holds a role, by the names that `createStelai` gives them; fetched when the first is called. */
import * as actions from "../actions/roles/index.ts";

const { callOfAnnouncement, cancelCall, executeCall, PAUSABLE: _pausable, proposeCall, ...asked } = actions;

export const roles = {
  ...asked,
  propose: proposeCall,
  execute: executeCall,
  cancel: cancelCall,
  /** Needs no client. Waited for like the others, so that its code is fetched with theirs. */
  callOf: async (_client: unknown, announcement: Parameters<typeof callOfAnnouncement>[0]) =>
    callOfAnnouncement(announcement),
};
