/** What of tabs and their sessions is bound to a client; fetched when the first is called, which a wallet is needed for. */
import * as actions from "../actions/tab/index.ts";
import * as sessions from "../tab/openSession.ts";

export const tab = { ...actions, ...sessions };
