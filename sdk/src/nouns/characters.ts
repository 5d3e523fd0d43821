/**
 * What of characters not every page needs: terms, invites, circles, and all that a creator sets; fetched when the first is
 * called. Cards and models are bound at once.
 */
import * as actions from "../actions/characters/index.ts";

const { characterIdOf: _id, encodeInvite: _encode, gatewayUrl: _url, inviteHash: _hash, ...waited } = actions;
const {
  modelId: _model,
  VISIBILITIES: _visibilities,
  fetchCard: _card,
  getModel: _get,
  listModels: _list,
  ...asked
} = waited;

export const characters = asked;
