import { personaHash } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { useCallback, useState } from "react";
import { generatePrivateKey } from "viem/accounts";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { useT } from "../../i18n/react.tsx";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { explain } from "../../stelai/explain.ts";
import { Hash } from "../../ui/Hash.tsx";
import type { NewCard } from "../compose.ts";
import { uploadCard, uploadImage, WrongPersonaHashError } from "../upload.ts";
import css from "./Manage.module.css";
import { isPrivateCard, type ManagedCharacter } from "./managed.ts";

/** What is new of a character; what stays as it is, is absent. */
export interface CardChange {
  readonly card: NewCard | undefined;
  /** A new picture, for the card. */
  readonly image: Blob | undefined;
  readonly persona: Record<string, unknown> | undefined;
}

export interface CardSheetProps {
  character: ManagedCharacter;
  change: CardChange;
  onClose: () => void;
}

/** Uploads what is new and ties it to the character: one transaction for the persona, one for the card. */
export function CardSheet({ character, change, onClose }: CardSheetProps) {
  const t = useT();
  const act = useAct();
  const stelai = useStelai();
  const { contracts } = useAppConfig();
  const { characterId, modality, name, metadataURI } = character;
  const isTool = modality !== "Chat";
  // 32 random bytes, the same for every try of this change.
  const [salt] = useState(generatePrivateKey);
  const { card, image, persona } = change;
  const count = (card ? 1 : 0) + (persona ? 1 : 0);

  const sign = useCallback(
    async (run: SigningRun) => {
      // Tried again after the second was refused, the first stands.
      const before = await stelai.characters.getCharacter({ characterId });
      if (persona) {
        const expected = personaHash(salt, persona);
        const { personaHash: stored } = await stelai.relayer.uploadPersona({ persona, salt });
        if (stored !== expected) throw new WrongPersonaHashError();
        if (before.personaHash !== expected) {
          const intent = { id: isTool ? "publish.styleIntent" : "card.intentPersona", values: { name } } as const;
          await act(run, intent, (mine) => mine.characters.setPersona({ characterId, personaHash: expected }));
        }
      }
      if (card) {
        const picture = image && (await uploadImage(stelai, image));
        const uri = await uploadCard(
          stelai,
          { ...card, ...(picture && { image: picture }) },
          isPrivateCard(metadataURI),
        );
        if (before.metadataURI !== uri) {
          const intent = { id: "card.intentCard", values: { name } } as const;
          await act(run, intent, (mine) => mine.characters.setMetadata({ characterId, metadataURI: uri }));
        }
      }
    },
    [act, stelai, characterId, isTool, name, metadataURI, salt, card, image, persona],
  );

  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t("card.title", { name })}
      lead={
        count > 1 && (
          <ol className={css.steps}>
            <li>{t(isTool ? "tools.change.step" : "card.stepPersona")}</li>
            <li>{t("card.stepCard")}</li>
          </ol>
        )
      }
      action={t("card.action")}
      kind="transaction"
      onSign={sign}
      sending={{ label: t("card.sending"), seconds: 10 * count }}
      explain={explain}
      terms={{
        get: (
          <>
            {persona && <div>{t(isTool ? "tools.change.get" : "card.getPersona")}</div>}
            {card && <div>{t("card.getCard")}</div>}
          </>
        ),
        now: t("publish.create.now"),
        to: (
          <>
            {t("publish.create.to")} <Hash value={contracts.Characters} what={t("publish.create.to")} />
          </>
        ),
        undo: t(isTool ? "tools.change.undo" : "card.undoable"),
        cost: t("card.cost", { count }),
      }}
    />
  );
}
