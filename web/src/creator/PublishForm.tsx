import type { OperatorInfo } from "@stelai/sdk";
import { Plus, Trash2 } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { Hash } from "../ui/Hash.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Input } from "../ui/Input.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { TextArea } from "../ui/TextArea.tsx";
import { Choice } from "./Choice.tsx";
import { type Draft, type DraftChange, type DraftField, LONGEST } from "./draft.ts";
import { ImageField } from "./ImageField.tsx";
import css from "./PublishForm.module.css";

const MOST_LORE = 100;

type Values = Extract<DraftChange, { kind: "set" }>["values"];

export interface PublishFormProps {
  draft: Draft;
  change: (change: DraftChange) => void;
  /** What is wrong with a field, in words; undefined while it is right or was not tried. */
  problem: (field: DraftField) => string | undefined;
  operator: OperatorInfo | undefined;
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** Everything a character consists of. */
export function PublishForm({ draft, change, problem, operator }: PublishFormProps) {
  const t = useT();
  const set = (values: Values) => change({ kind: "set", values });
  return (
    <div className={css.form}>
      <Section title={t("publish.identity")}>
        <Input
          label={t("publish.name")}
          value={draft.name}
          maxLength={LONGEST.name}
          required
          autoComplete="off"
          error={problem("name")}
          onChange={(event) => set({ name: event.target.value })}
        />
        <Input
          label={t("publish.tagline")}
          hint={t("publish.taglineHint")}
          optional
          value={draft.tagline}
          maxLength={LONGEST.tagline}
          autoComplete="off"
          onChange={(event) => set({ tagline: event.target.value })}
        />
        <TextArea
          label={t("publish.description")}
          optional
          value={draft.description}
          maxLength={LONGEST.description}
          onChange={(event) => set({ description: event.target.value })}
        />
        <Input
          label={t("publish.tags")}
          hint={t("publish.tagsHint")}
          optional
          value={draft.tags}
          autoComplete="off"
          error={problem("tags")}
          onChange={(event) => set({ tags: event.target.value })}
        />
        <ImageField image={draft.image} onChange={(image) => set({ image })} />
      </Section>
      <Section title={t("publish.voice")}>
        <TextArea
          label={t("publish.prompt")}
          hint={t("publish.promptHint")}
          value={draft.systemPrompt}
          maxLength={LONGEST.systemPrompt}
          required
          rows={6}
          error={problem("systemPrompt")}
          onChange={(event) => set({ systemPrompt: event.target.value })}
        />
        <TextArea
          label={t("publish.greeting")}
          hint={t("publish.greetingHint")}
          optional
          value={draft.greeting}
          maxLength={LONGEST.greeting}
          onChange={(event) => set({ greeting: event.target.value })}
        />
        <fieldset className={css.group}>
          <legend>{t("publish.openers")}</legend>
          <p className={css.hint}>{t("publish.openersHint")}</p>
          {draft.openers.map((opener, at) => (
            <Input
              // biome-ignore lint/suspicious/noArrayIndexKey: three places that never move
              key={at}
              label={t("publish.opener", { number: at + 1 })}
              optional
              value={opener}
              maxLength={LONGEST.opener}
              autoComplete="off"
              onChange={(event) => change({ kind: "opener", at, text: event.target.value })}
            />
          ))}
        </fieldset>
        <Lore draft={draft} change={change} problem={problem} />
      </Section>
      <Section title={t("publish.price")}>
        <Choice
          label={t("publish.priceKind")}
          value={draft.isFree}
          onChange={(isFree) => set({ isFree })}
          options={[
            { value: false, label: t("publish.paid") },
            { value: true, label: t("publish.free") },
          ]}
        >
          {draft.isFree && t("publish.freeText")}
        </Choice>
        {!draft.isFree && (
          <div className={css.pair}>
            <Input
              label={t("publish.perMessage")}
              hint={t("publish.perMessageHint")}
              inputMode="decimal"
              autoComplete="off"
              value={draft.perMessage}
              error={problem("perMessage")}
              onChange={(event) => set({ perMessage: event.target.value })}
            />
            <Input
              label={t("publish.perThousand")}
              hint={t("publish.perThousandHint")}
              inputMode="decimal"
              autoComplete="off"
              value={draft.perThousand}
              error={problem("perThousand")}
              onChange={(event) => set({ perThousand: event.target.value })}
            />
          </div>
        )}
        <Choice
          label={t("publish.who")}
          value={draft.isUnlisted}
          onChange={(isUnlisted) => set({ isUnlisted })}
          options={[
            { value: false, label: t("publish.public") },
            { value: true, label: t("publish.unlisted") },
          ]}
        >
          {draft.isUnlisted ? t("publish.unlistedText") : t("publish.publicText")}
        </Choice>
        <Choice
          label={t("publish.split")}
          value={draft.isShared}
          onChange={(isShared) => set({ isShared })}
          options={[
            { value: false, label: t("publish.alone") },
            { value: true, label: t("publish.shared") },
          ]}
        >
          {draft.isShared && t("publish.partnerHint")}
        </Choice>
        {draft.isShared && (
          <div className={css.pair}>
            <Input
              label={t("publish.partner")}
              autoComplete="off"
              spellCheck={false}
              value={draft.partner}
              error={problem("partner")}
              onChange={(event) => set({ partner: event.target.value })}
            />
            <Input
              label={t("publish.partnerPercent")}
              inputMode="decimal"
              autoComplete="off"
              value={draft.partnerPercent}
              error={problem("partnerPercent")}
              onChange={(event) => set({ partnerPercent: event.target.value })}
            />
          </div>
        )}
        <div>
          <div className={css.label}>{t("publish.operator")}</div>
          {operator ? (
            <Hash value={operator.operator} what={t("publish.operatorAddress")} />
          ) : (
            <Skeleton width="8rem" height="1.5rem" />
          )}
          <p className={css.hint}>{t("publish.operatorText")}</p>
        </div>
      </Section>
    </div>
  );
}

function Lore({ draft, change, problem }: Pick<PublishFormProps, "draft" | "change" | "problem">) {
  const t = useT();
  return (
    <div className={css.group}>
      <div className={css.label}>{t("publish.lore")}</div>
      <p className={css.hint}>{t("publish.loreHint")}</p>
      {draft.lore.map(({ title, keywords, text: content }, at) => {
        const update = (values: Partial<(typeof draft.lore)[number]>) => change({ kind: "lore", at, values });
        const number = at + 1;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no name of their own and never change places
          <fieldset key={at} className={css.entry}>
            <legend>{t("publish.loreEntry", { number })}</legend>
            <IconButton
              label={t("publish.loreRemove", { number })}
              icon={Trash2}
              className={css.remove}
              onClick={() => change({ kind: "removeLore", at })}
            />
            <Input
              label={t("publish.loreTitle")}
              value={title}
              maxLength={LONGEST.loreTitle}
              autoComplete="off"
              error={problem(`lore${at}`)}
              onChange={(event) => update({ title: event.target.value })}
            />
            <Input
              label={t("publish.loreKeywords")}
              hint={t("publish.loreKeywordsHint")}
              optional
              value={keywords}
              autoComplete="off"
              onChange={(event) => update({ keywords: event.target.value })}
            />
            <TextArea
              label={t("publish.loreText")}
              value={content}
              maxLength={LONGEST.loreText}
              onChange={(event) => update({ text: event.target.value })}
            />
          </fieldset>
        );
      })}
      <div>
        <Button icon={Plus} onClick={() => change({ kind: "addLore" })} disabled={draft.lore.length >= MOST_LORE}>
          {t("publish.loreAdd")}
        </Button>
      </div>
    </div>
  );
}
