import { VISIBILITIES } from "@stelai/sdk";
import { charactersAbi } from "@stelai/sdk/abis";
import { useStelai } from "@stelai/sdk/react";
import { useCallback, useMemo, useState } from "react";
import { encodeFunctionData } from "viem";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { formatEther } from "../../format/money.ts";
import { useT } from "../../i18n/react.tsx";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { explain } from "../../stelai/explain.ts";
import { Hash } from "../../ui/Hash.tsx";
import { useOwnCard } from "../CharacterName.tsx";
import type { Visibility } from "../draft.ts";
import { SignInFirst } from "../SignInFirst.tsx";
import { uploadCard } from "../upload.ts";
import { useNetworkFee } from "../useNetworkFee.ts";
import css from "./Manage.module.css";
import { isPrivateCard, type ManagedCharacter } from "./managed.ts";

const GET = {
  Public: "studio.visibility.listGet",
  Unlisted: "studio.visibility.unlistGet",
  Private: "studio.visibility.privateGet",
} as const;

const TITLE = {
  Public: "studio.visibility.listTitle",
  Unlisted: "studio.visibility.unlistTitle",
  Private: "studio.visibility.privateTitle",
} as const;

export interface VisibilitySheetProps {
  character: ManagedCharacter;
  to: Visibility;
  onClose: () => void;
}

/** Changes who sees a character; its card goes along, to the operator or to IPFS. Drawn only while open. */
export function VisibilitySheet(props: VisibilitySheetProps) {
  const { character, to } = props;
  // Decided when it is opened: half way through, the card has moved already.
  const [movesCard] = useState((to === "Private") !== isPrivateCard(character.metadataURI));
  if (!movesCard) return <ChangeSheet {...props} movesCard={false} />;
  return (
    <SignInFirst why="sharing.signIn" onClose={props.onClose}>
      <ChangeSheet {...props} movesCard />
    </SignInFirst>
  );
}

function ChangeSheet({ character, to, movesCard, onClose }: VisibilitySheetProps & { movesCard: boolean }) {
  const t = useT();
  const act = useAct();
  const stelai = useStelai();
  const { contracts } = useAppConfig();
  const { characterId, name, metadataURI } = character;
  const card = useOwnCard(characterId, metadataURI, true);
  const title = t(TITLE[to], { name });
  const call = useMemo(() => {
    const args = [characterId, VISIBILITIES.indexOf(to)] as const;
    const data = encodeFunctionData({ abi: charactersAbi, functionName: "setVisibility", args });
    return { to: contracts.Characters, data };
  }, [characterId, to, contracts]);
  const fee = useNetworkFee(call);
  const change = useCallback(
    async (run: SigningRun) => {
      const intent = { id: TITLE[to], values: { name } } as const;
      if (movesCard && card) {
        const uri = await uploadCard(stelai, card, to === "Private");
        // Tried again after the second was refused, the first stands.
        const before = await stelai.characters.getCharacter({ characterId });
        if (before.metadataURI !== uri) {
          const moving = { id: "sharing.moveCard", values: { name } } as const;
          await act(run, moving, (mine) => mine.characters.setMetadata({ characterId, metadataURI: uri }));
        }
      }
      await act(run, intent, (mine) => mine.characters.setVisibility({ characterId, visibility: to }));
    },
    [act, stelai, characterId, name, to, card, movesCard],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={title}
      lead={
        movesCard && (
          <ol className={css.steps}>
            <li>{t(to === "Private" ? "sharing.stepPrivateCard" : "sharing.stepPublicCard")}</li>
            <li>{t("sharing.stepVisibility")}</li>
          </ol>
        )
      }
      instead={movesCard && !card ? <p className={css.note}>{t("sharing.readingCard")}</p> : undefined}
      action={title}
      kind="transaction"
      onSign={change}
      sending={{ label: t("studio.visibility.sending"), seconds: movesCard ? 20 : 10 }}
      explain={explain}
      terms={{
        get: (
          <>
            <div>{t(GET[to])}</div>
            {movesCard && to === "Private" && <div className={css.note}>{t("sharing.wasPublic")}</div>}
          </>
        ),
        now: t("publish.create.now"),
        to: (
          <>
            {t("publish.create.to")} <Hash value={contracts.Characters} what={t("publish.create.to")} />
          </>
        ),
        undo: t("studio.visibility.undo"),
        cost: movesCard
          ? t("circle.cost", { count: 2, fee: formatEther(fee) })
          : t("publish.create.cost", { fee: formatEther(fee) }),
      }}
    />
  );
}
