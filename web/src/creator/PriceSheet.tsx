import { charactersAbi } from "@stelai/sdk/abis";
import { useCharacter } from "@stelai/sdk/react";
import { useCallback, useMemo, useState } from "react";
import { encodeFunctionData } from "viem";
import { useAppConfig } from "../config/ConfigContext.ts";
import { formatCredits, formatEther, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { Hash } from "../ui/Hash.tsx";
import { Input } from "../ui/Input.tsx";
import { useCharacterName } from "./CharacterName.tsx";
import css from "./PriceSheet.module.css";
import { parsePrice, priceText } from "./price.ts";
import type { CreatorCharacter } from "./useCreatorIndex.ts";
import { useNetworkFee } from "./useNetworkFee.ts";

const PROBLEMS = { unreadable: "publish.problem.price", tooHigh: "publish.problem.priceTooHigh" } as const;

const shown = (price: bigint | undefined) => formatCredits(price === undefined ? price : price * WEI_PER_MICROCREDIT);

export interface ChangeSheetProps {
  character: CreatorCharacter;
  onClose: () => void;
}

/** Changes what a character costs: old → new, one transaction. Drawn only while open. */
export function PriceSheet({ character, onClose }: ChangeSheetProps) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const { id } = character;
  const name = useCharacterName(id, character.metadataURI);
  // The index may be a block behind: what is changed is what the chain has.
  const { data: onChain } = useCharacter(id);
  const old = onChain?.terms ?? character.terms;
  const [typed, setTyped] = useState({
    perMessage: priceText(character.terms.perInference),
    perThousand: priceText(character.terms.perUnit),
  });
  const perInference = parsePrice(typed.perMessage);
  const perUnit = parsePrice(typed.perThousand);
  const terms = useMemo(
    () =>
      typeof perInference === "bigint" && typeof perUnit === "bigint" ? { ...old, perInference, perUnit } : undefined,
    [old, perInference, perUnit],
  );
  const isSame = terms?.perInference === old.perInference && terms.perUnit === old.perUnit;

  const call = useMemo(() => {
    if (!terms) return undefined;
    const { lifetime, monthly, annual } = terms;
    const argument = {
      ...{ lifetime: Number(lifetime), monthly: Number(monthly), annual: Number(annual) },
      ...{ perInference: Number(terms.perInference), perUnit: Number(terms.perUnit) },
    };
    const data = encodeFunctionData({ abi: charactersAbi, functionName: "setTerms", args: [id, argument] });
    return { to: contracts.Characters, data };
  }, [terms, id, contracts]);
  const fee = useNetworkFee(call);

  const change = useCallback(
    async (run: SigningRun) => {
      if (!terms) return;
      const intent = { id: "studio.terms.intent", values: { name } } as const;
      await act(run, intent, (stelai) => stelai.characters.setTerms({ characterId: id, terms }));
    },
    [act, id, name, terms],
  );

  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t("studio.terms.title", { name })}
      lead={
        <div className={css.fields}>
          <Input
            label={t("publish.perMessage")}
            inputMode="decimal"
            autoComplete="off"
            value={typed.perMessage}
            error={typeof perInference === "string" ? t(PROBLEMS[perInference]) : undefined}
            onChange={(event) => setTyped((before) => ({ ...before, perMessage: event.target.value }))}
          />
          <Input
            label={t("publish.perThousand")}
            inputMode="decimal"
            autoComplete="off"
            value={typed.perThousand}
            error={typeof perUnit === "string" ? t(PROBLEMS[perUnit]) : undefined}
            onChange={(event) => setTyped((before) => ({ ...before, perThousand: event.target.value }))}
          />
        </div>
      }
      instead={!terms || isSame ? <p className={css.same}>{isSame && t("studio.terms.same")}</p> : undefined}
      action={t("studio.terms.action")}
      kind="transaction"
      onSign={change}
      sending={{ label: t("studio.terms.sending"), seconds: 10 }}
      explain={explain}
      terms={{
        get: (
          <>
            <div>
              {t("studio.terms.message", { before: shown(old.perInference), after: shown(terms?.perInference) })}
            </div>
            <div>{t("studio.terms.thousand", { before: shown(old.perUnit), after: shown(terms?.perUnit) })}</div>
            <div className={css.from}>{t("studio.terms.from")}</div>
          </>
        ),
        now: t("publish.create.now"),
        to: (
          <>
            {t("publish.create.to")} <Hash value={contracts.Characters} what={t("publish.create.to")} />
          </>
        ),
        undo: t("studio.terms.undo"),
        cost: t("publish.create.cost", { fee: formatEther(fee) }),
      }}
    />
  );
}
