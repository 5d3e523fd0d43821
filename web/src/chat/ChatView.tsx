import { type AgreedTerms, type Model, quoteChat, quoteUp } from "@stelai/sdk";
import { Download, Ellipsis, Trash2 } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useStickToBottom } from "use-stick-to-bottom";
import type { MyAccess } from "../access/useMyAccess.ts";
import { deleteChainState, readChainState, writeChainState } from "../config/chainState.ts";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Failure } from "../paying/Failure.tsx";
import { PassLine } from "../paying/PassLine.tsx";
import { PayingSheets } from "../paying/PayingSheets.tsx";
import type { Payer } from "../paying/payer.ts";
import { usePaidAct } from "../paying/usePaidAct.ts";
import type { PayingTab } from "../paying/usePayingTab.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { Menu } from "../ui/Menu.tsx";
import { Meter } from "../ui/Meter.tsx";
import css from "./ChatView.module.css";
import { Composer } from "./Composer.tsx";
import { branches, countIncluded, messagesTo, path, toMarkdown, totalCost } from "./conversation.ts";
import { Message } from "./Message.tsx";
import { tokensWithin } from "./tokensWithin.ts";
import { type ConversationControl, useConversation } from "./useConversation.ts";
import { VoiceDesk } from "./voice/VoiceDesk.tsx";

/** Longest answers to choose from, in tokens. */
const LENGTHS = { short: 150, medium: 400, long: 1_000 } as const;
type Length = keyof typeof LENGTHS;

type Ask = Parameters<ConversationControl["ask"]>[0];

/** A question, and the longest answer to it in tokens where that is not what is chosen. */
interface Asked {
  readonly ask: Ask;
  readonly tokens?: number | undefined;
}

const micro = (amount: bigint) => formatCredits(amount * WEI_PER_MICROCREDIT, { rounding: "up" });

/** What a message of about 100 tokens costs. */
const typicalMessage = ({ terms, feePerUnit }: AgreedTerms) =>
  micro(quoteUp(terms, feePerUnit, { milliunits: 100n, quality: "Standard" }).total);

export interface ChatViewProps {
  model: Model;
  /** The account's pass of this character. */
  mine: MyAccess;
  tab: PayingTab;
  opening: boolean;
  onOpening: (open: boolean) => void;
  onReport: (excerpt: string) => void;
}

/** A conversation: what was said and what it cost, and where the next message is written. */
export function ChatView({ model, mine, tab, opening, onOpening, onReport }: ChatViewProps) {
  const t = useT();
  const { characterId, terms, termsVersion, feePerUnit, card, free, suspended } = model.stelai;
  const chat = useConversation(characterId);
  const { conversation, isStreaming } = chat;
  const stick = useStickToBottom({ initial: "instant", resize: "instant" });
  const draftKey = `draft:${characterId}`;
  const [text, setText] = useState("");
  const [length, setLength] = useState<Length>("medium");
  /** What waits for credits in the tab. */
  const [dry, setDry] = useState<Ask>();
  const paid = usePaidAct<Asked>({
    ...{ characterId, free, mine, tab, onOpening },
    act: ({ ask, tokens }, by) => send(ask, by, tokens),
  });
  const { payer, use, failure } = paid;

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
  const price = (amount: bigint) => {
    if (payer === "pass") return t("chat.sendPass");
    return payer === "free" ? t("chat.sendFree") : t("chat.send", { most: micro(amount) });
  };

  const ask = (what: Ask, { byTab = false, tokens }: { byTab?: boolean; tokens?: number | undefined } = {}) =>
    paid.start({ ask: what, tokens }, { byTab });

  const send = async (what: Ask, by: Payer, tokens: number = maxTokens) => {
    const isNew = "text" in what && what.edit === undefined;
    if (isNew) type("");
    stick.scrollToBottom();
    try {
      await chat.ask(what, {
        session: by === "tab" ? tab.session : undefined,
        onPass: paid.noteUse,
        maxTokens: tokens,
      });
    } catch (error) {
      if (isNew && "text" in what) type(what.text);
      throw error;
    }
  };

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
  const included = useMemo(() => countIncluded(conversation), [conversation]);

  return (
    <div className={css.chat}>
      <div className={css.bar}>
        <span className={css.total}>
          {t("chat.total", { total: free && total === 0n && included === 0 ? t("chat.costFree") : micro(total) })}
          {included > 0 && <> · {t("chat.totalIncluded", { count: included })}</>}
        </span>
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
          <VoiceDesk voice={card?.voice} tab={tab} onSpoken={chat.setSpoken}>
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
          </VoiceDesk>
        </div>
      </div>
      <div className={css.foot}>
        {failure && (
          <Failure
            failure={failure}
            area="chat"
            typical={typicalMessage}
            onAgain={() => void ask(failure.what.ask, { byTab: failure.payer === "tab" })}
            onTab={() => void ask(failure.what.ask, { byTab: true })}
            onTopUp={() => setDry(failure.what.ask)}
            onAgree={async (current) => {
              await tab.session?.agree(characterId, current);
              await ask(failure.what.ask);
            }}
            smaller={(available) => {
              const tokens = tokensWithin(available, agreed, before, text);
              return tokens === undefined
                ? undefined
                : () => void ask(failure.what.ask, { tokens, byTab: failure.payer === "tab" });
            }}
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
            canSend={chat.ready && text.trim() !== "" && !paid.isWaiting}
          />
        )}
        {payer === "pass" && <PassLine use={use} area="chat" />}
        {payer === "tab" && mine.status === "active" && use && <PassLine use={use} area="chat" />}
        {payer === "tab" && tab.session && tab.status === "open" && (
          <Meter
            label={t("chat.tab", { id: String(tab.session.tabId) })}
            used={{ micro: tab.used }}
            held={{ micro: isStreaming ? next : 0n }}
            cap={{ micro: tab.cap }}
          />
        )}
      </div>
      <PayingSheets
        tab={tab}
        opening={opening}
        onOpened={() => onOpening(false)}
        onOpeningEnd={() => {
          onOpening(false);
          paid.drop();
        }}
        dry={dry}
        onDryEnd={(act) => {
          setDry(undefined);
          if (act) void ask(act, { byTab: true });
        }}
      />
    </div>
  );
}
