import type { Persona } from "../../persona.ts";
import type { ChatMessage } from "../../provider.ts";
import type { KnownPassage } from "../../retrieval.ts";
import { createContext, type Handler } from "./context.ts";
import { advice, arithmetic, code, opinion, pieces, quizAnswer, words } from "./requests.ts";
import { courtesy, crisis, feelings, greeting, honesty, identity, recall, secrets } from "./social.ts";
import { following, knowledge, listening } from "./talk.ts";

/** Who answers when a request names no character. */
const NOBODY: Persona = {
  name: "the scripted responder",
  systemPrompt: "Converse plainly.",
  greeting: "Hello. I am a scripted responder: no character was chosen, so expect plain words. What is on your mind?",
};

/** Ways to answer, in the order in which they may claim a message. */
const HANDLERS: readonly Handler[] = [
  crisis,
  honesty,
  secrets,
  quizAnswer,
  code,
  arithmetic,
  recall,
  courtesy,
  words,
  pieces,
  opinion,
  advice,
  identity,
  feelings,
  following,
  knowledge,
  listening,
];

/**
 * The scripted reply to a conversation. Pure: the same persona, messages and seed give the same text, and nothing is
 * kept between calls. Knows only what the persona holds, the passages, and what the conversation says.
 */
export function respond(
  persona: Persona | undefined,
  messages: readonly ChatMessage[],
  seed: number,
  passages: readonly KnownPassage[] = [],
): string {
  const context = createContext(persona ?? NOBODY, messages, seed, passages);
  if (context.memory.turns.length === 0) return greeting(context);
  for (const handler of HANDLERS) {
    const reply = handler(context);
    if (reply !== undefined && reply !== "") return reply;
  }
  return greeting(context);
}
