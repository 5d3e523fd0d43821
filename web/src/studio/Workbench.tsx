import type { AgreedTerms, Quality } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { PanelRight } from "lucide-react";
import { useId, useMemo, useRef, useState } from "react";
import { useSearchParams } from "wouter";
import { useMyAccess } from "../access/useMyAccess.ts";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Failure } from "../paying/Failure.tsx";
import { PassLine } from "../paying/PassLine.tsx";
import { PayingSheets } from "../paying/PayingSheets.tsx";
import type { Payer } from "../paying/payer.ts";
import { usePaidAct } from "../paying/usePaidAct.ts";
import { usePayingTab } from "../paying/usePayingTab.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Meter } from "../ui/Meter.tsx";
import { Examples, useExamples } from "./Examples.tsx";
import { filterFrom } from "./filters.ts";
import { Gallery } from "./Gallery.tsx";
import { ModalityLinks } from "./ModalityLinks.tsx";
import type { ToolModel } from "./modalities.ts";
import { PriceInfo } from "./PriceInfo.tsx";
import { PromptField } from "./PromptField.tsx";
import { type Priced, priceOf } from "./price.ts";
import { SettingsFields } from "./SettingsFields.tsx";
import { type Chosen, fit, mayReplace, type SettingsAction, settingsReducer } from "./settings.ts";
import { promptKey, settingsKey, useKept } from "./stored.ts";
import { ToolList } from "./ToolList.tsx";
import { ToolPanel } from "./ToolPanel.tsx";
import { isRunning } from "./tile.ts";
import { useGallery } from "./useGallery.ts";
import { type Order, useMaking } from "./useMaking.ts";
import { useResultActs } from "./useResultActs.tsx";
import { useSettingsWords } from "./useSettingsWords.ts";
import { useWide } from "./useWide.ts";
import css from "./Workbench.module.css";

const credits = (micro: bigint | undefined) =>
  formatCredits(micro === undefined ? undefined : micro * WEI_PER_MICROCREDIT, { rounding: "up" });

/** A tool, what is asked of it, and everything that came of it. */
export function Workbench({ model }: { model: ToolModel }) {
  const t = useT();
  const stelai = useStelai();
  const { characterId, modality, tool, terms, termsVersion, feePerUnit, card, free, suspended } = model.stelai;
  const name = card?.name ?? model.id;
  const tab = usePayingTab();
  const mine = useMyAccess(characterId);
  const making = useMaking(tab);
  const wide = useWide();
  const words = useSettingsWords();
  const [params] = useSearchParams();
  const [prompt, setPrompt, isReady] = useKept(promptKey(characterId), "");
  const [stored, setStored] = useKept<Partial<Chosen>>(settingsKey(characterId), {});
  const [picking, setPicking] = useState(false);
  const [showPanel, setShowPanel] = useState(false);
  const [opening, setOpening] = useState(false);
  const [dry, setDry] = useState<Order>();
  const panel = useRef<HTMLDivElement>(null);
  const settingsId = useId();

  const chosen = useMemo(() => fit(modality, tool, stored), [modality, tool, stored]);
  const dispatch = (action: SettingsAction) => setStored(settingsReducer(modality, tool, chosen, action));
  const text = prompt.trim();

  // Prices: what was agreed to on this tab, else what is in force.
  const agreed: AgreedTerms = tab.session?.agreedTerms(characterId) ?? { termsVersion, terms, feePerUnit };
  const priced: Priced = { modality, agreed, settings: chosen, text };
  const totalOf = (order: Order, at = agreed) =>
    priceOf({ modality, agreed: at, settings: order.settings, text: order.prompt })?.total;

  const order: Order = { prompt: text, settings: chosen };
  const paid = usePaidAct<Order>({
    ...{ characterId, free, mine, tab, onOpening: setOpening },
    act: async (what, by) => {
      const generation = await making.begin(model, what, by, agreed);
      if (generation.pass) paid.noteUse(generation.pass);
    },
  });
  const { payer, failure, use } = paid;
  const priceWords = (total: bigint | undefined, by: Payer = payer) =>
    by === "free" ? t("studio.act.free") : by === "pass" ? t("studio.act.included") : credits(total);

  const isTooLong = [...text].length > tool.maxPrompt;
  const canGenerate = isReady && text !== "" && !isTooLong && !paid.isWaiting && !suspended;
  const generate = (what: Order, byTab = false) => void paid.start(what, { byTab });
  const submit = () => {
    if (canGenerate) generate(order);
  };

  const fill = (what: Order) => {
    setPrompt(what.prompt);
    dispatch({ type: "reuse", settings: what.settings });
    const area = panel.current?.querySelector("textarea");
    area?.focus({ preventScroll: true });
    area?.scrollIntoView({ block: "center" });
  };
  const [acts, results] = useResultActs(making, {
    model: model.id,
    price: (what) => priceWords(totalOf(what)),
    generate,
    fill,
  });
  const filter = filterFrom(params, true);
  const gallery = useGallery(making, model, filter);
  const lastSeed = gallery.shown?.find((one) => one.model === model.id)?.settings.seed;
  const held = (gallery.shown ?? []).filter((one) => isRunning(one) && one.requestId !== null);

  const examples = useExamples(modality, tool.presets);
  const known = examples.map((example) => example.prompt);
  const presets = tool.presets;
  const examplePrice = (what: (typeof examples)[number]) => {
    const settings = settingsReducer(modality, tool, chosen, { type: "preset", preset: what });
    const total = priceWords(totalOf({ prompt: what.prompt, settings }));
    return payer === "tab" ? t("studio.example.price", { price: total }) : total;
  };

  return (
    <div className={css.bench}>
      <div className={css.side} ref={panel}>
        <div className={css.fields}>
          <ModalityLinks current={modality} prompt={prompt} />
          <div className={css.tool}>
            <Avatar
              id={String(characterId)}
              size={44}
              src={card?.image ? stelai.characters.gatewayUrl(card.image) : undefined}
            />
            <div className={css.names}>
              <p className={css.name} translate="no">
                {name}
              </p>
              {card?.creator && <p className={css.by}>{t("studio.tool.by", { creator: card.creator })}</p>}
            </div>
            <IconButton label={t("studio.tool.about")} icon={PanelRight} onClick={() => setShowPanel(true)} />
            <Button size="small" onClick={() => setPicking(true)}>
              {t("studio.tools.change")}
            </Button>
          </div>
          <PromptField
            label={t(`studio.prompt.${modality}`)}
            text={prompt}
            onText={setPrompt}
            most={tool.maxPrompt}
            onSubmit={submit}
          />
          {presets.length > 0 && (
            // biome-ignore lint/a11y/useSemanticElements: buttons, not form fields
            <div className={css.presets} role="group" aria-label={t("studio.presets")}>
              <span>{t("studio.presets")}</span>
              {presets.map((preset) => (
                <Chip
                  key={preset.name}
                  pressed={text === preset.prompt}
                  onPress={() => {
                    if (mayReplace(prompt, known)) setPrompt(preset.prompt);
                    dispatch({ type: "preset", preset });
                  }}
                >
                  <span translate="no">{preset.name}</span>
                </Chip>
              ))}
            </div>
          )}
          <details className={css.settings} open={wide || undefined} aria-labelledby={settingsId}>
            <summary id={settingsId}>
              {t("studio.settings")} <span>{words.extent(modality, chosen)}</span>
            </summary>
            <SettingsFields
              model={model}
              chosen={chosen}
              dispatch={dispatch}
              priceAt={(quality: Quality) => priceWords(totalOf({ prompt: text, settings: { ...chosen, quality } }))}
              lastSeed={lastSeed}
            />
          </details>
        </div>
        <div className={css.foot}>
          {failure && (
            <Failure
              failure={failure}
              area="studio"
              typical={(at) => credits(totalOf(failure.what, at))}
              onAgain={() => generate(failure.what, failure.payer === "tab")}
              onTab={() => generate(failure.what, true)}
              onTopUp={() => setDry(failure.what)}
              onAgree={async (current) => {
                await tab.session?.agree(characterId, current);
                generate(failure.what);
              }}
              smaller={(available) => {
                const draft: Order = { ...failure.what, settings: { ...failure.what.settings, quality: "Draft" } };
                const cost = totalOf(draft);
                const fits = tool.qualities.includes("Draft") && cost !== undefined && cost <= available;
                return fits ? () => generate(draft, failure.payer === "tab") : undefined;
              }}
            />
          )}
          {suspended ? (
            <p role="status">{t("studio.tool.suspended")}</p>
          ) : (
            <div className={css.buttons}>
              <Button variant="primary" disabled={!canGenerate} onClick={submit}>
                {payer === "tab"
                  ? t("studio.generate", { price: credits(totalOf(order)) })
                  : t(payer === "free" ? "studio.generate.free" : "studio.generate.pass")}
              </Button>
              <PriceInfo priced={priced} payer={payer} />
            </div>
          )}
          {(payer === "pass" || (payer === "tab" && mine.status === "active" && use)) && (
            <PassLine use={use} area="studio" />
          )}
          {payer === "tab" && tab.session && tab.status === "open" && (
            <Meter
              label={t("chat.tab", { id: String(tab.session.tabId) })}
              used={{ micro: tab.used }}
              held={{ micro: held.reduce((sum, { quote }) => sum + quote.total, 0n) }}
              cap={{ micro: tab.cap }}
            />
          )}
        </div>
      </div>
      <div className={css.results}>
        <Gallery
          gallery={gallery}
          making={making}
          filter={filter}
          onTool
          acts={acts}
          state={results}
          empty={
            <Examples
              model={model}
              examples={examples}
              price={examplePrice}
              onPick={(preset) => {
                const settings = settingsReducer(modality, tool, chosen, { type: "preset", preset });
                fill({ prompt: preset.prompt, settings });
              }}
            />
          }
        />
      </div>
      <Dialog open={picking} onClose={() => setPicking(false)} kind="panel" title={t("studio.tools.pick")}>
        <ToolList modality={modality} prompt={prompt} current={model.id} onPick={() => setPicking(false)} />
      </Dialog>
      <Dialog
        open={showPanel}
        onClose={() => setShowPanel(false)}
        kind="panel"
        title={<span translate="no">{name}</span>}
      >
        <ToolPanel
          model={model}
          mine={mine}
          tab={tab}
          onOpenTab={() => {
            setShowPanel(false);
            setOpening(true);
          }}
        />
      </Dialog>
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
          if (act) generate(act, true);
        }}
      />
    </div>
  );
}
