/** Bonus credits' actions by the names that `createStelai` gives them; their code is fetched when the first is called. */
import * as actions from "../actions/rewards/index.ts";

const { BONUS_SOURCES: _sources, inviteUrl: _inviteUrl, shareCreation, ...asked } = actions;

export const rewards = { ...asked, share: shareCreation };
