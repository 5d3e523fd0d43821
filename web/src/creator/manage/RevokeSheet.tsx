import { charactersAbi } from "@stelai/sdk/abis";
import { useCallback, useMemo } from "react";
import { encodeFunctionData, type Hex } from "viem";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { formatEther } from "../../format/money.ts";
import { useT } from "../../i18n/react.tsx";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { explain } from "../../stelai/explain.ts";
import { Hash } from "../../ui/Hash.tsx";
import { useNetworkFee } from "../useNetworkFee.ts";

export interface RevokeSheetProps {
  characterId: bigint;
  name: string;
  /** Which, by their hashes; or all that were ever signed so far. */
  invites: readonly Hex[] | "all";
  onClose: () => void;
}

/** Revokes invites before they are redeemed. Drawn only while open. */
export function RevokeSheet({ characterId, name, invites, onClose }: RevokeSheetProps) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const isAll = invites === "all";
  const call = useMemo(() => {
    const abi = charactersAbi;
    const data =
      invites === "all"
        ? encodeFunctionData({ abi, functionName: "revokeAllInvites", args: [characterId] })
        : encodeFunctionData({ abi, functionName: "revokeInvites", args: [characterId, invites] });
    return { to: contracts.Characters, data };
  }, [contracts, characterId, invites]);
  const fee = useNetworkFee(call);
  const sign = useCallback(
    async (run: SigningRun) => {
      const intent = {
        id: invites === "all" ? "invites.revokeAll.intent" : "invites.revoke.intent",
        values: { name },
      } as const;
      await act<unknown>(run, intent, (stelai) =>
        invites === "all"
          ? stelai.characters.revokeAllInvites({ characterId })
          : stelai.characters.revokeInvites({ characterId, invites }),
      );
    },
    [act, characterId, name, invites],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t(isAll ? "invites.revokeAll.title" : "invites.revoke.title", { name })}
      action={t(isAll ? "invites.revokeAll" : "invites.revoke")}
      kind="transaction"
      onSign={sign}
      sending={{ label: t("invites.revoking"), seconds: 10 }}
      explain={explain}
      terms={{
        get: t(isAll ? "invites.revokeAll.get" : "invites.revoke.get"),
        now: t("publish.create.now"),
        to: (
          <>
            {t("publish.create.to")} <Hash value={contracts.Characters} what={t("publish.create.to")} />
          </>
        ),
        undo: t("invites.revoke.undo"),
        cost: t("publish.create.cost", { fee: formatEther(fee) }),
      }}
    />
  );
}
