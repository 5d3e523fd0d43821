import { type AgreedTerms, type Model, quoteChat, quoteUp, TabExhaustedError, TermsChangedError } from "@stelai/sdk";
import { Download, Ellipsis, Trash2 } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useStickToBottom } from "use-stick-to-bottom";
import { deleteChainState, readChainState, writeChainState } from "../config/chainState.ts";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import { OpenTabSheet } from "../tabs/OpenTabSheet.tsx";
import { TopUpSheet } from "../tabs/TopUpSheet.tsx";
import { Button } from "../ui/Button.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Menu } from "../ui/Menu.tsx";
import { Meter } from "../ui/Meter.tsx";
import { StoppedError } from "../wallet/errors.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./ChatView.module.css";
import { Composer } from "./Composer.tsx";
import { branches, messagesTo, path, toMarkdown, totalCost } from "./conversation.ts";
import { Message } from "./Message.tsx";
import type { ChatTab } from "./useChatTab.ts";
import { type ConversationControl, useConversation } from "./useConversation.ts";

/** Longest answers to choose from, in tokens. */
const LENGTHS = { short: 150, medium: 400, long: 1_000 } as const;
type Length = keyof typeof LENGTHS;

type Ask = Parameters<ConversationControl["ask"]>[0];

const micro = (amount: bigint) => formatCredits(amount * WEI_PER_MICROCREDIT, { rounding: "up" });

export interface ChatViewProps {
  model: Model;
  tab: ChatTab;
  opening: boolean;
  onOpening: (open: boolean) => void;
  onReport: (excerpt: string) => void;
}

/** A conversation: what was said and what it cost, and where the next message is written. */
export function ChatView({ model, tab, opening, onOpening, onReport }: ChatViewProps) {
  const t = useT();
  const wallet = useWallet();
  const { characterId, terms, termsVersion, feePerUnit, card, free, suspended } = model.stelai;
  const chat = useConversation(characterId);
  const { conversation, isStreaming } = chat;
  const stick = useStickToBottom({ initial: "instant", resize: "instant" });
  const draftKey = `draft:${characterId}`;
  const [text, setText] = useState("");
  const [length, setLength] = useState<Length>("medium");
  const [failure, setFailure] = useState<{ error: unknown; ask: Ask }>();
  /** What waits for credits in the tab. */
  const [dry, setDry] = useState<Ask>();
  /** What waits for a tab to be opened. */
  const [waiting, setWaiting] = useState<Ask>();

  useEffect(() => {
    void readChainState<string>(draftKey).then((draft) => {
      if (draft) setText((now) => now || draft);
    });
  }, [draftKey]);
  const type = (next: string) => {
    setText(next);
    void (next === "" ? deleteChainState(draftKey) : writeChainState(draftKey, next));
  };

  const name = card?.name ?? model.id;
  const shown = path(conversation);
  const last = shown.at(-1);
  const maxTokens = LENGTHS[length];
  const agreed: AgreedTerms = tab.session?.agreedTerms(characterId) ?? { termsVersion, terms, feePerUnit };

  /** The most that an answer after these messages can cost, in microcredits. */
  const most = (messages: { role: "user" | "assistant"; content: string }[], tokens = maxTokens) =>
    quoteChat({ terms: agreed.terms, feePerUnit: agreed.feePerUnit, messages, maxTokens: tokens }).total;
  const before = last ? messagesTo(conversation, last.id) : [];
  const next = most([...before, { role: "user", content: text }]);
  const price = (amount: bigint) => (free ? t("chat.sendFree") : t("chat.send", { most: micro(amount) }));

  const ask = async (what: Ask, options: { tokens?: number; isTabKnown?: boolean } = {}) => {
    setFailure(undefined);
    const isNew = "text" in what && what.edit === undefined;
    if (!free) {
      try {
        await wallet.require();
      } catch (error) {
        if (error instanceof StoppedError) return;
        throw error;
      }
      if (!options.isTabKnown && (tab.status !== "open" || !tab.session)) {
        // The tab may still be looked for right after a wallet was connected.
        setWaiting(what);
        return;
      }
    }
    if (isNew) type("");
    stick.scrollToBottom();
    try {
      const session = free ? undefined : tab.session;
      await chat.ask(what, { session, maxTokens: options.tokens ?? maxTokens });
    } catch (error) {
      if (isNew && "text" in what) type(what.text);
      setFailure({ error, ask: what });
    }
  };

  // What waited for a tab goes on by itself once there is one; where there is none, the sheet opens.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the tab changes, with what waits then
  useEffect(() => {
    if (!waiting || tab.status === "loading") return;
    if (tab.status === "open" && tab.session) {
      setWaiting(undefined);
      onOpening(false);
      void ask(waiting, { isTabKnown: true });
    } else if (tab.status === "none") {
      onOpening(true);
    } else {
      setWaiting(undefined);
    }
  }, [waiting, tab.status, tab.session]);

  const download = (content: string, type: string, ending: string) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = `${name}.${ending}`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const asJson = () =>
    JSON.stringify(conversation.turns, (_key, item) => (typeof item === "bigint" ? item.toString() : item), 2);

  const opened = conversation.turns.length === 0;
  const total = useMemo(() => totalCost(conversation), [conversation]);

  return (
    <div className={css.chat}>
      <div className={css.bar}>
        <span className={css.total}>{t("chat.total", { total: free ? t("chat.costFree") : micro(total) })}</span>
        <Menu
          trigger={<IconButton label={t("chat.more")} icon={Ellipsis} size="small" />}
          groups={[
            {
              heading: t("chat.length"),
              items: (Object.keys(LENGTHS) as Length[]).map((one) => ({
                label: t(`chat.length.${one}`),
                checked: one === length,
                onSelect: () => setLength(one),
              })),
            },
            {
              heading: t("chat.export"),
              items: [
                {
                  label: t("chat.exportMarkdown"),
                  icon: Download,
                  disabled: opened,
                  onSelect: () =>
                    download(
                      toMarkdown(conversation, { person: t("chat.you"), character: name }),
                      "text/markdown",
                      "md",
                    ),
                },
                {
                  label: t("chat.exportJson"),
                  icon: Download,
                  disabled: opened,
                  onSelect: () => download(asJson(), "application/json", "json"),
                },
              ],
            },
            { items: [{ label: t("chat.clear"), icon: Trash2, danger: true, disabled: opened, onSelect: chat.clear }] },
          ]}
        />
      </div>
      {/* A scrolling region has to be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <div className={css.scroll} ref={stick.scrollRef} tabIndex={0}>
        <div
          className={css.log}
          ref={stick.contentRef}
          role="log"
          aria-label={t("chat.log", { name })}
          aria-busy={isStreaming}
        >
          {card?.greeting && <p className={css.greeting}>{card.greeting}</p>}
          {opened && card && card.openers.length > 0 && (
            <div className={css.openers}>
              <span>{t("chat.openers")}</span>
              {card.openers.map((opener) => (
                <button key={opener} type="button" className={css.opener} onClick={() => type(opener)}>
                  {opener}
                </button>
              ))}
            </div>
          )}
          {shown.map((turn) => {
            const siblings = branches(conversation, turn.parent);
            const retry =
              turn.role === "assistant" ? messagesTo(conversation, turn.parent) : messagesTo(conversation, turn.id);
            return (
              <Message
                key={turn.id}
                turn={turn}
                name={turn.role === "user" ? t("chat.you") : name}
                place={{ at: siblings.findIndex(({ id }) => id === turn.id) + 1, of: siblings.length }}
                retryPrice={isStreaming ? undefined : price(most(retry))}
                onStep={(by) => chat.step(turn.id, by)}
                onRetry={() => void ask({ retry: turn.id })}
                onEdit={(edited) => void ask({ text: edited, edit: turn.id })}
                onReport={() => onReport(turn.content)}
              />
            );
          })}
        </div>
      </div>
      <div className={css.foot}>
        {failure && (
          <Failure
            failure={failure}
            onAgain={(tokens) => void ask(failure.ask, tokens === undefined ? {} : { tokens })}
            onTopUp={() => setDry(failure.ask)}
            onAgree={async (current) => {
              await tab.session?.agree(characterId, current);
              await ask(failure.ask);
            }}
            tokensFor={(available) => tokensWithin(available, agreed, before, text)}
          />
        )}
        {suspended ? (
          <p role="status">{t("chat.suspended")}</p>
        ) : (
          <Composer
            name={name}
            text={text}
            onText={type}
            onSend={() => void ask({ text: text.trim() })}
            onStop={chat.stop}
            isStreaming={isStreaming}
            action={price(next)}
            canSend={chat.ready && text.trim() !== "" && waiting === undefined}
          />
        )}
        {!free && tab.session && tab.status === "open" && (
          <Meter
            label={t("chat.tab", { id: String(tab.session.tabId) })}
            used={{ micro: tab.used }}
            held={{ micro: isStreaming ? next : 0n }}
            cap={{ micro: tab.cap }}
          />
        )}
      </div>
      <OpenTabSheet
        open={opening}
        onClose={() => {
          onOpening(false);
          setWaiting(undefined);
        }}
        onOpened={() => void tab.refresh()}
      />
      {tab.session && (
        <TopUpSheet
          open={dry !== undefined}
          session={tab.session}
          onClose={() => setDry(undefined)}
          onDone={() => {
            setDry(undefined);
            void tab.refresh();
            if (dry) void ask(dry);
          }}
        />
      )}
    </div>
  );
}

/** The longest answer that `available` microcredits pay for after these messages, in tokens; undefined when none. */
function tokensWithin(
  available: bigint,
  { terms, feePerUnit }: AgreedTerms,
  before: { role: "user" | "assistant"; content: string }[],
  text: string,
): number | undefined {
  const messages = [...before, { role: "user" as const, content: text }];
  const cost = (maxTokens: number) => quoteChat({ terms, feePerUnit, messages, maxTokens }).total;
  let [low, high] = [0, 1_000];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (cost(middle) <= available) low = middle;
    else high = middle - 1;
  }
  return low >= 20 ? low : undefined;
}

/** Why a message was not sent, and what to do about it. Nothing typed is lost. */
function Failure({
  failure,
  onAgain,
  onTopUp,
  onAgree,
  tokensFor,
}: {
  failure: { error: unknown };
  onAgain: (tokens?: number) => void;
  onTopUp: () => void;
  onAgree: (current: AgreedTerms) => Promise<void>;
  tokensFor: (available: bigint) => number | undefined;
}) {
  const t = useT();
  const { error } = failure;
  if (error instanceof TermsChangedError) {
    const typical = ({ terms, feePerUnit }: AgreedTerms) =>
      micro(quoteUp(terms, feePerUnit, { milliunits: 100n, quality: "Standard" }).total);
    const from = error.agreed ? typical(error.agreed) : "—";
    return (
      <ErrorState
        what={t("chat.termsChanged", { before: from, after: typical(error.current) })}
        money="untouched"
        actions={<Button onClick={() => void onAgree(error.current)}>{t("chat.termsAccept")}</Button>}
      />
    );
  }
  if (error instanceof TabExhaustedError) {
    const available = error.amount("available");
    const tokens = available === undefined ? undefined : tokensFor(available);
    return (
      <ErrorState
        what={t("chat.tab.dry", { needed: micro(error.amount("needed") ?? 0n), left: micro(available ?? 0n) })}
        money="untouched"
        actions={
          <>
            {tokens !== undefined && <Button onClick={() => onAgain(tokens)}>{t("chat.tab.shorter")}</Button>}
            <Button onClick={onTopUp}>{t("chat.tab.topUp")}</Button>
          </>
        }
      />
    );
  }
  const explained = explain(error);
  return (
    <ErrorState
      what={explained.what}
      money={explained.money}
      technical={explained.technical}
      actions={<Button onClick={() => onAgain()}>{t("chat.again")}</Button>}
    >
      {explained.todo}
    </ErrorState>
  );
}
