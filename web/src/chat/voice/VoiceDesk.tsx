import { type AgreedTerms, RelayerUnreachableError } from "@stelai/sdk";
import { useModel } from "@stelai/sdk/react";
import { createContext, type ReactNode, useContext, useRef, useState } from "react";
import { type Hex, toHex } from "viem";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { useMyAccess } from "../../access/useMyAccess.ts";
import { PayingSheets } from "../../paying/PayingSheets.tsx";
import { type PaidAct, usePaidAct } from "../../paying/usePaidAct.ts";
import type { PayingTab } from "../../paying/usePayingTab.ts";
import { isToolModel, type ToolModel } from "../../studio/modalities.ts";
import { priceOf } from "../../studio/price.ts";
import { fit } from "../../studio/settings.ts";
import { type Making, useMaking } from "../../studio/useMaking.ts";
import { type CardVoice, voiceToolOf } from "./voice.ts";

/** An answer to be read out. */
export interface Reading {
  /** Of the turn. */
  readonly turn: number;
  /** What is said of it. */
  readonly text: string;
}

/** What reads answers out here: the tool, who pays it, and what it makes. */
export interface Voice {
  readonly model: ToolModel;
  readonly making: Making;
  readonly tab: PayingTab;
  readonly paid: PaidAct<Reading>;
  /** What reading a text out costs, in microcredits. */
  readonly price: (text: string, at?: AgreedTerms) => bigint | undefined;
  /** Whether this tab has never paid it: then its terms are shown before. */
  readonly isFirst: boolean;
  /** Turns whose reading is being asked for. */
  readonly asking: ReadonlySet<number>;
  readonly topUp: (reading: Reading) => void;
  /** Agrees to the prices of now, and asks again. */
  readonly agree: (current: AgreedTerms, reading: Reading) => Promise<void>;
}

const VoiceContext = createContext<Voice | undefined>(undefined);

/** What reads answers out; undefined where nothing does. */
export function useVoice(): Voice | undefined {
  return useContext(VoiceContext);
}

export interface VoiceDeskProps {
  /** Of the character's card. */
  voice: CardVoice | undefined;
  tab: PayingTab;
  onSpoken: (turn: number, generation: string) => void;
  children: ReactNode;
}

/** Lets the answers within be read out by the character's voice, if it has one that is served here. */
export function VoiceDesk({ voice, tab, onSpoken, children }: VoiceDeskProps) {
  const { status } = useSignIn();
  const characterId = voiceToolOf(voice);
  const { data } = useModel(characterId, { enabled: status !== "loading", staleTime: 30_000 });
  const model = data && isToolModel(data) && data.stelai.modality === "Voice" ? data : undefined;
  const mine = useMyAccess(characterId);
  const making = useMaking(tab);
  const [opening, setOpening] = useState(false);
  const [dry, setDry] = useState<Reading>();
  const [asking, setAsking] = useState<ReadonlySet<number>>(new Set());
  /** Keys of what was asked for and not answered: asked again, it is not made twice. */
  const keys = useRef(new Map<string, Hex>());

  const settings = model && fit("Voice", model.stelai.tool, { voice: voice?.voice });
  const agreedBefore = characterId === undefined ? undefined : tab.session?.agreedTerms(characterId);
  const agreed = agreedBefore ?? model?.stelai;
  const price: Voice["price"] = (text, at = agreed) =>
    at && settings && priceOf({ modality: "Voice", agreed: at, settings, text })?.total;

  const paid = usePaidAct<Reading>({
    ...{ characterId: characterId ?? 0n, free: model?.stelai.free ?? false, mine, tab, onOpening: setOpening },
    act: async ({ turn, text }, by) => {
      if (!model || !settings) return;
      const { termsVersion, terms, feePerUnit } = tab.session?.agreedTerms(model.stelai.characterId) ?? model.stelai;
      const reading = `${turn} ${text}`;
      const key = keys.current.get(reading) ?? newKey();
      keys.current.set(reading, key);
      setAsking((before) => new Set(before).add(turn));
      try {
        const order = { prompt: text, settings };
        const generation = await making.begin(model, order, by, { termsVersion, terms, feePerUnit }, key);
        keys.current.delete(reading);
        onSpoken(turn, generation.id);
        if (generation.pass) paid.noteUse(generation.pass);
      } catch (error) {
        // Refused: it was not made. Unreachable: it may be on its way all the same.
        if (!(error instanceof RelayerUnreachableError)) keys.current.delete(reading);
        throw error;
      } finally {
        setAsking((before) => new Set([...before].filter((one) => one !== turn)));
      }
    },
  });

  const value: Voice | undefined =
    model && !model.stelai.suspended
      ? {
          ...{ model, making, tab, paid, price, asking },
          isFirst: agreedBefore === undefined,
          topUp: setDry,
          agree: async (current, reading) => {
            await tab.session?.agree(model.stelai.characterId, current);
            await paid.start(reading);
          },
        }
      : undefined;
  return (
    <VoiceContext value={value}>
      {children}
      <PayingSheets
        tab={tab}
        opening={opening}
        onOpened={() => setOpening(false)}
        onOpeningEnd={() => {
          setOpening(false);
          paid.drop();
        }}
        dry={dry}
        onDryEnd={(act) => {
          setDry(undefined);
          if (act) void paid.start(act, { byTab: true });
        }}
      />
    </VoiceContext>
  );
}

function newKey(): Hex {
  return toHex(crypto.getRandomValues(new Uint8Array(32)));
}
