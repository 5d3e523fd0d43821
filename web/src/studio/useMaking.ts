import { type AgreedTerms, type Generation, isFree, type Settings, type TabSession } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { useCallback, useEffect } from "react";
import type { Hex } from "viem";
import { useSignIn } from "../access/SignInProvider.tsx";
import type { Payer } from "../paying/payer.ts";
import type { PayingTab } from "../paying/usePayingTab.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { type Live, liveOf } from "./live.ts";
import type { ToolModel } from "./modalities.ts";
import { ANONYMOUS, keep, kept } from "./stored.ts";

/** What is asked of a tool. */
export interface Order {
  readonly prompt: string;
  readonly settings: Settings;
}

/** How many ids of what was made for nobody are kept. */
const MOST_ANONYMOUS = 50;

export interface Making {
  readonly live: Live;
  /** Speaks for the tab that pays where nobody is signed in. */
  readonly session: TabSession | undefined;
  /**
   * Asks a tool for something; it is queued once this ends, and followed to its end by itself.
   * @param id Idempotency key: asked again with the same one, it is the same generation.
   */
  readonly begin: (model: ToolModel, order: Order, by: Payer, agreed: AgreedTerms, id?: Hex) => Promise<Generation>;
}

/** Asks for things to be made, as the account and the tab that are there, and follows them. */
export function useMaking(tab: PayingTab): Making {
  const stelai = useStelai();
  const { address } = useWallet();
  const signIn = useSignIn();
  const live = liveOf(`${stelai.client.deployment.genesisHash} ${address?.toLowerCase() ?? ""}`);
  const { session } = tab;
  const isKnown = signIn.status === "in";

  useEffect(() => {
    live.reader = async function* ({ id }) {
      for await (const { generation } of stelai.generate.waitForGeneration({ id, session })) yield generation;
    };
  }, [live, stelai, session]);

  const begin = useCallback<Making["begin"]>(
    async (model, { prompt, settings }, by, agreed, id) => {
      const { characterId, modality } = model.stelai;
      const { size, seconds, voice, speed, ...rest } = settings;
      const common = { characterId, id, ...rest, ...(by === "tab" && { session, terms: agreed }) };
      const ask = () => {
        switch (modality) {
          case "Image":
            return stelai.generate.image({ ...common, prompt, size });
          case "Video":
            return stelai.generate.video({ ...common, prompt, size, seconds });
          case "Voice":
            return stelai.generate.speech({ ...common, text: prompt, voice, speed });
          case "Music":
            return stelai.generate.music({ ...common, prompt, seconds });
        }
      };
      const sending = { key: crypto.randomUUID(), model: model.id, modality, prompt };
      const generation = await live.send(
        sending,
        ask().then((queued) => queued.generation),
      );
      if (by === "free" && !isKnown && isFree(agreed.terms)) {
        const ids = (await kept<string[]>(ANONYMOUS)) ?? [];
        keep(ANONYMOUS, [generation.id, ...ids].slice(0, MOST_ANONYMOUS));
      }
      live.follow(generation);
      return generation;
    },
    [stelai, live, session, isKnown],
  );
  return { live, session, begin };
}
