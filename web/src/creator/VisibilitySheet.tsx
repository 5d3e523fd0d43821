import { VISIBILITIES } from "@stelai/sdk";
import { charactersAbi } from "@stelai/sdk/abis";
import { useCallback, useMemo } from "react";
import { encodeFunctionData } from "viem";
import { useAppConfig } from "../config/ConfigContext.ts";
import { formatEther } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { Hash } from "../ui/Hash.tsx";
import { useCharacterName } from "./CharacterName.tsx";
import type { ChangeSheetProps } from "./PriceSheet.tsx";
import { useNetworkFee } from "./useNetworkFee.ts";

/** Takes a character off the catalogue, or puts it back. Drawn only while open. */
export function VisibilitySheet({ character, onClose }: ChangeSheetProps) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const { id } = character;
  const name = useCharacterName(id, character.metadataURI);
  const visibility = character.isUnlisted ? "Public" : "Unlisted";
  const title = t(character.isUnlisted ? "studio.visibility.listTitle" : "studio.visibility.unlistTitle", { name });
  const call = useMemo(() => {
    const args = [id, VISIBILITIES.indexOf(visibility)] as const;
    const data = encodeFunctionData({ abi: charactersAbi, functionName: "setVisibility", args });
    return { to: contracts.Characters, data };
  }, [id, visibility, contracts]);
  const fee = useNetworkFee(call);
  const intentId = character.isUnlisted ? "studio.visibility.listTitle" : "studio.visibility.unlistTitle";
  const change = useCallback(
    async (run: SigningRun) => {
      await act(run, { id: intentId, values: { name } }, (stelai) =>
        stelai.characters.setVisibility({ characterId: id, visibility }),
      );
    },
    [act, id, intentId, name, visibility],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={title}
      action={title}
      kind="transaction"
      onSign={change}
      sending={{ label: t("studio.visibility.sending"), seconds: 10 }}
      explain={explain}
      terms={{
        get: t(character.isUnlisted ? "studio.visibility.listGet" : "studio.visibility.unlistGet"),
        now: t("publish.create.now"),
        to: (
          <>
            {t("publish.create.to")} <Hash value={contracts.Characters} what={t("publish.create.to")} />
          </>
        ),
        undo: t("studio.visibility.undo"),
        cost: t("publish.create.cost", { fee: formatEther(fee) }),
      }}
    />
  );
}
