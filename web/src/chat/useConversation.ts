import { decodeError, type PassUse, type StelaiError, type TabSession } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { readChainState, writeChainState } from "../config/chainState.ts";
import { onMerged, tellWritten } from "./changes.ts";
import {
  add,
  type Conversation,
  change,
  EMPTY,
  messagesTo,
  path,
  remove,
  settled,
  step as stepTo,
} from "./conversation.ts";

export interface AskOptions {
  /** Who pays; absent for a free character and under a pass. */
  session?: TabSession | undefined;
  /** Told where the day's use of the pass stands, when one covers the answer. */
  onPass?: ((use: PassUse) => void) | undefined;
  /** The longest answer, in tokens. */
  maxTokens: number;
  /** The most it may cost, in microcredits: what the button said. */
  maxCost?: bigint | undefined;
}

export interface ConversationControl {
  readonly conversation: Conversation;
  /** False until what was stored is read. */
  readonly ready: boolean;
  readonly isStreaming: boolean;
  /**
   * Asks, as a new message at the end, in place of `edit` (a branch beside it), or again for what `retry` answered.
   * What fails before the first word rejects, and a new message is taken back so that its text can be given back.
   */
  ask(what: { text: string; edit?: number } | { retry: number }, options: AskOptions): Promise<void>;
  stop(): void;
  step(id: number, by: -1 | 1): void;
  clear(): void;
  /** Remembers which generation reads an answer out. */
  setSpoken(id: number, generation: string): void;
}

const now = () => Math.floor(Date.now() / 1000);

/** The conversation with one character, kept in this browser. */
export function useConversation(characterId: bigint): ConversationControl {
  const stelai = useStelai();
  const key = `chat:${characterId}`;
  const [conversation, setConversation] = useState<Conversation>(EMPTY);
  const [ready, setReady] = useState(false);
  const [isStreaming, setStreaming] = useState(false);
  const latest = useRef<Conversation>(EMPTY);
  const running = useRef<AbortController>(undefined);

  const show = useCallback((next: Conversation) => {
    latest.current = next;
    setConversation(next);
  }, []);
  const store = useCallback(
    () => void writeChainState(key, latest.current).then(() => tellWritten(String(characterId))),
    [key, characterId],
  );
  const keep = useCallback(
    (next: Conversation) => {
      show(next);
      store();
    },
    [show, store],
  );

  useEffect(() => {
    let gone = false;
    void readChainState<Conversation>(key).then((stored) => {
      if (gone) return;
      if (stored) show(settled(stored));
      setReady(true);
    });
    return () => {
      gone = true;
      running.current?.abort();
    };
  }, [key, show]);

  // What was said on another device; while an answer comes, it waits for the next time.
  useEffect(() => {
    return onMerged((changed) => {
      if (changed !== String(characterId)) return;
      void readChainState<Conversation>(key).then((stored) => {
        if (stored && !latest.current.turns.some(({ state }) => state === "streaming")) show(stored);
      });
    });
  }, [characterId, key, show]);

  const ask = useCallback<ConversationControl["ask"]>(
    async (what, { session, onPass, maxTokens, maxCost }) => {
      const before = latest.current;
      let parent: number;
      if ("retry" in what) {
        parent = before.turns.find(({ id }) => id === what.retry)?.parent ?? 0;
      } else {
        const edited = before.turns.find(({ id }) => id === what.edit);
        const after = edited ? edited.parent : (path(before).at(-1)?.id ?? 0);
        const asked = add(before, { parent: after, role: "user", content: what.text, state: "done", at: now() });
        keep(asked.conversation);
        parent = asked.turn.id;
      }
      const messages = messagesTo(latest.current, parent);
      const answer = add(latest.current, { parent, role: "assistant", content: "", state: "streaming", at: now() });
      const { id } = answer.turn;
      show(answer.conversation);
      const controller = new AbortController();
      running.current = controller;
      setStreaming(true);
      let text = "";
      const update = (changes: Parameters<typeof change>[2]) => show(change(latest.current, id, changes));
      const fail = (error: StelaiError) => update({ state: "failed", failure: error.what, cost: 0n });
      try {
        const stream = stelai.generate.streamChat({
          ...{ characterId, session, maxTokens, maxCost, messages, signal: controller.signal },
        });
        for await (const event of stream) {
          if (event.type === "delta") {
            text += event.text;
            update({ content: text });
          } else if (event.type === "error") {
            fail(event.error);
          } else if (event.type === "pass") {
            update({ cost: 0n, included: true });
            onPass?.(event.pass);
          } else if (event.type === "receipt") {
            update({ cost: event.cost, receipt: event.receipt.sequence });
          }
        }
        const turn = latest.current.turns.find((one) => one.id === id);
        if (turn?.state === "streaming") update({ state: "done", ...(session ? {} : { cost: 0n }) });
      } catch (error) {
        if (controller.signal.aborted) {
          update({ state: "stopped" });
          // What was delivered is charged; its receipt is fetched now, so that the books and the screen agree.
          void session?.acknowledge().catch(() => undefined);
        } else if (text === "") {
          // Nothing came: the question goes back where it was typed, unless it stood here already.
          const taken = remove(latest.current, id);
          keep("retry" in what ? taken : remove(taken, parent));
          throw error;
        } else {
          fail(decodeError(error));
        }
      } finally {
        setStreaming(false);
        store();
      }
    },
    [characterId, keep, show, stelai, store],
  );

  const stop = useCallback(() => running.current?.abort(), []);
  const step = useCallback((id: number, by: -1 | 1) => keep(stepTo(latest.current, id, by)), [keep]);
  const clear = useCallback(() => keep(EMPTY), [keep]);
  const setSpoken = useCallback((id: number, spoken: string) => keep(change(latest.current, id, { spoken })), [keep]);
  return { conversation, ready, isStreaming, ask, stop, step, clear, setSpoken };
}
