import type { Modality, Terms } from "@stelai/sdk";
import { charactersAbi } from "@stelai/sdk/abis";
import { useCharacter } from "@stelai/sdk/react";
import { useCallback, useMemo, useState } from "react";
import { encodeFunctionData } from "viem";
import { useAppConfig } from "../config/ConfigContext.ts";
import { formatCredits, formatEther, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import type { MessageId } from "../locales/en/index.ts";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { Hash } from "../ui/Hash.tsx";
import { useCharacterName } from "./CharacterName.tsx";
import { termsOf } from "./compose.ts";
import type { PriceField } from "./draft.ts";
import { PriceFields, PriceWarnings } from "./PriceFields.tsx";
import css from "./PriceSheet.module.css";
import { parsePrice, priceText } from "./price.ts";
import type { CreatorCharacter } from "./useCreatorIndex.ts";
import { useNetworkFee } from "./useNetworkFee.ts";

const PROBLEMS = { unreadable: "publish.problem.price", tooHigh: "publish.problem.priceTooHigh" } as const;

const shown = (price: bigint) => formatCredits(price * WEI_PER_MICROCREDIT);

/** Each price as it is typed, the name the chain has for it, and how a change of it is told. */
const fieldsOf = (modality: Modality): readonly (readonly [PriceField, keyof Terms, MessageId])[] => [
  ["perMessage", "perInference", modality === "Chat" ? "studio.terms.message" : "tools.terms.use"],
  ["perThousand", "perUnit", modality === "Chat" ? "studio.terms.thousand" : `tools.terms.unit.${modality}`],
  ["monthly", "monthly", "studio.terms.month"],
  ["annual", "annual", "studio.terms.year"],
  ["lifetime", "lifetime", "studio.terms.lifetime"],
];

export interface PriceSheetProps {
  character: Pick<CreatorCharacter, "id" | "modality" | "metadataURI" | "terms">;
  onClose: () => void;
}

/** Changes what a character costs: old → new, one transaction. Drawn only while open. */
export function PriceSheet({ character, onClose }: PriceSheetProps) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const { id, modality } = character;
  const name = useCharacterName(id, character.metadataURI);
  // The index may be a block behind: what is changed is what the chain has.
  const { data: onChain } = useCharacter(id);
  const old = onChain?.terms ?? character.terms;
  const [typed, setTyped] = useState<Record<PriceField, string>>(() => ({
    perMessage: priceText(character.terms.perInference),
    perThousand: priceText(character.terms.perUnit),
    monthly: priceText(character.terms.monthly),
    annual: priceText(character.terms.annual),
    lifetime: priceText(character.terms.lifetime),
  }));
  const terms = useMemo(() => termsOf({ isFree: false, ...typed }), [typed]);
  const changes = terms ? fieldsOf(modality).filter(([, key]) => terms[key] !== old[key]) : [];

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
          <PriceFields
            modality={modality}
            values={typed}
            onChange={(field, text) => setTyped((before) => ({ ...before, [field]: text }))}
            problem={(field) => {
              const price = parsePrice(typed[field]);
              return typeof price === "string" ? t(PROBLEMS[price]) : undefined;
            }}
          />
          <PriceWarnings terms={terms} modality={modality} />
        </div>
      }
      instead={
        !terms || changes.length === 0 ? <p className={css.same}>{terms && t("studio.terms.same")}</p> : undefined
      }
      action={t("studio.terms.action")}
      kind="transaction"
      onSign={change}
      sending={{ label: t("studio.terms.sending"), seconds: 10 }}
      explain={explain}
      terms={{
        get: (
          <>
            {terms &&
              changes.map(([field, key, label]) => (
                <div key={field}>{t(label, { before: shown(old[key]), after: shown(terms[key]) })}</div>
              ))}
            <div className={css.from}>{t(modality === "Chat" ? "studio.terms.from" : "tools.terms.from")}</div>
            <div className={css.from}>{t("studio.terms.passes")}</div>
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
