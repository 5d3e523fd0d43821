import { isSplit, payeeOf, splitOf, WHOLE_BPS } from "@stelai/sdk";
import { stelaiKey, useOperator, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { Address } from "viem";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { useOwnCard } from "../CharacterName.tsx";
import { PriceWarnings } from "../PriceFields.tsx";
import { PriceSheet } from "../PriceSheet.tsx";
import { EarningsOfPrices } from "../PublishPreview.tsx";
import { usePriceWords } from "../priceWords.ts";
import { offerFrom } from "../tool/composeTool.ts";
import css from "./Manage.module.css";
import type { ManagedCharacter } from "./managed.ts";

/** What of a character's income goes to others than the account, in ten-thousandths; undefined while not known. */
function usePartnerBps(payee: bigint, account: Address): number | undefined {
  const stelai = useStelai();
  const { data: flows } = useQuery({
    queryKey: stelaiKey(stelai, "flows", account),
    queryFn: () => stelai.payouts.findFlows({ account }),
    enabled: isSplit(payee),
  });
  if (!isSplit(payee)) return payee === payeeOf(account) ? 0 : WHOLE_BPS;
  if (!flows) return undefined;
  const mine = flows.find(({ shares }) => splitOf(shares) === payee);
  const share = mine?.shares[Number(mine.index)];
  return WHOLE_BPS - (share?.bps ?? 0);
}

/** What a character costs, and what is kept of it. */
export function PricesTab({ character, account }: { character: ManagedCharacter; account: Address }) {
  const t = useT();
  const heading = useId();
  const words = usePriceWords();
  const operator = useOperator();
  const partnerBps = usePartnerBps(character.payee, account);
  const [changing, setChanging] = useState(false);
  const { characterId: id, modality, metadataURI, terms } = character;
  const card = useOwnCard(id, metadataURI);
  return (
    <div className={css.stack}>
      <section className={css.section} aria-labelledby={heading}>
        <h2 id={heading}>{t("manage.costs")}</h2>
        <p>{words(terms, modality)}</p>
        <PriceWarnings terms={terms} modality={modality} />
        <div>
          <Button variant="primary" onClick={() => setChanging(true)}>
            {t("manage.changePrices")}
          </Button>
        </div>
      </section>
      <Card>
        <EarningsOfPrices offer={offerFrom(card?.tool)} operator={operator.data} {...{ modality, terms, partnerBps }} />
      </Card>
      {changing && <PriceSheet character={{ id, modality, metadataURI, terms }} onClose={() => setChanging(false)} />}
    </div>
  );
}
