import { useCallback, useRef, useState } from "react";
import type { Charge } from "../actions/generate/index.ts";
import { StelaiError } from "../errors/base.ts";
import { decodeError } from "../errors/decode.ts";
import type { AgreedTerms } from "../errors/relayer.ts";
import type { TabSession } from "../tab/session.ts";
import type { PassUse } from "../wire.ts";
import { useStelai } from "./provider.ts";

/** One message of a conversation on the screen. */
export type ChatTurn = {
  id: number;
  role: "user" | "assistant";
  content: string;
  /** `stopped`: left by the person; `failed`: see `error`. Always `done` for the person's own. */
  state: "streaming" | "done" | "stopped" | "failed";
  /** What it cost, once its receipt is verified. */
  charge?: Charge | undefined;
  error?: StelaiError | undefined;
};

export type UseChatParameters = {
  characterId: bigint;
  /** Who pays. A free character needs none, and neither does an account that is signed in and holds a pass. */
  session?: TabSession | undefined;
  maxTokens?: number | undefined;
  /** A conversation to go on with. */
  initial?: readonly ChatTurn[] | undefined;
};

/** The price a message is sent at: what the person agreed to, and the most it may cost, in microcredits. */
export type SendOptions = { maxCost?: bigint | undefined; terms?: AgreedTerms | undefined };

export type UseChatReturnType = {
  turns: readonly ChatTurn[];
  /** Whether an answer is on its way. */
  isStreaming: boolean;
  /** Where the day's use of the pass stands, after an answer under one. */
  pass: PassUse | undefined;
  /**
   * Sends a message with the conversation so far. What fails before the first word rejects, and the message is
   * taken back, so that the text can be given back to its field.
   */
  send: (content: string, options?: SendOptions) => Promise<void>;
  /** Ends the answer; what was delivered stays and is charged. */
  stop: () => void;
  setTurns: (turns: readonly ChatTurn[]) => void;
};

/**
 * A conversation with a character: streams answers, keeps what each cost.
 *
 * @example
 * ```tsx
 * const { turns, send, stop, isStreaming } = useChat({ session, characterId, maxTokens: 400 });
 * ```
 */
export function useChat({ characterId, session, maxTokens, initial = [] }: UseChatParameters): UseChatReturnType {
  const stelai = useStelai();
  const [turns, setTurns] = useState<readonly ChatTurn[]>(initial);
  const [isStreaming, setStreaming] = useState(false);
  const [pass, setPass] = useState<PassUse>();
  const latest = useRef(turns);
  const running = useRef<AbortController>(undefined);

  const show = useCallback((next: readonly ChatTurn[]) => {
    latest.current = next;
    setTurns(next);
  }, []);
  const stop = useCallback(() => running.current?.abort(), []);

  const send = useCallback(
    async (content: string, options: SendOptions = {}) => {
      const before = latest.current;
      const nextId = Math.max(0, ...before.map(({ id }) => id)) + 1;
      const asked: ChatTurn = { id: nextId, role: "user", content, state: "done" };
      let answer: ChatTurn = { id: nextId + 1, role: "assistant", content: "", state: "streaming" };
      const update = (change: Partial<ChatTurn>) => {
        answer = { ...answer, ...change };
        show([...before, asked, answer]);
      };
      const controller = new AbortController();
      running.current = controller;
      setStreaming(true);
      update({});
      const messages = [...before, asked]
        .filter((turn) => turn.content !== "")
        .map(({ role, content }) => ({ role, content }));
      const { signal } = controller;
      try {
        for await (const event of stelai.generate.streamChat({
          ...{ characterId, session, maxTokens, messages, signal },
          ...options,
        })) {
          if (event.type === "delta") update({ content: answer.content + event.text });
          if (event.type === "error") update({ state: "failed", error: event.error });
          if (event.type === "receipt") update({ charge: event });
          if (event.type === "pass") setPass(event.pass);
        }
        if (answer.state === "streaming") update({ state: "done" });
      } catch (error) {
        if (signal.aborted) update({ state: "stopped" });
        else if (answer.content === "") {
          show(before);
          throw error;
        } else update({ state: "failed", error: error instanceof StelaiError ? error : decodeError(error) });
      } finally {
        setStreaming(false);
      }
    },
    [characterId, maxTokens, session, show, stelai],
  );

  return { turns, isStreaming, pass, send, stop, setTurns: show };
}
