import { type Card as CharacterCard, personaHash as hashOf } from "@stelai/sdk";
import { stelaiKey, useOperator, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useId, useMemo, useReducer, useRef, useState } from "react";
import { useT } from "../../i18n/react.tsx";
import { explain } from "../../stelai/explain.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { useOwnCard } from "../CharacterName.tsx";
import { changeDraft, type DraftField, problemsOf } from "../draft.ts";
import { changedCard, changedPersona, draftFrom, isSame } from "../edit.ts";
import { Lore } from "../wizard/KnowledgeStep.tsx";
import { MindStep } from "../wizard/MindStep.tsx";
import { OfferStep } from "../wizard/OfferStep.tsx";
import type { StepProps } from "../wizard/Step.tsx";
import { StyleStep } from "../wizard/StyleStep.tsx";
import { stepName, stepOf } from "../wizard/steps.ts";
import { WhoStep } from "../wizard/WhoStep.tsx";
import { type CardChange, CardSheet } from "./CardSheet.tsx";
import css from "./Manage.module.css";
import type { ManagedCharacter } from "./managed.ts";
import { SignInGate } from "./SignInGate.tsx";

/** A published character's card and persona, in the fields they were written in. */
export function CardTab({ character }: { character: ManagedCharacter }) {
  const isTool = character.modality !== "Chat";
  return (
    <SignInGate
      title={isTool ? "tools.change.locked" : "card.locked"}
      why={isTool ? "tools.change.signIn" : "card.signIn"}
    >
      <Loaded character={character} />
    </SignInGate>
  );
}

/** Thrown while the operator still has the persona from before the last change: it hears of that a block later. */
class PersonaBehindError extends Error {
  override readonly name = "PersonaBehindError";
  constructor() {
    super("The operator does not have the newest persona yet.");
  }
}
const TRIES = 20;

function Loaded({ character }: { character: ManagedCharacter }) {
  const t = useT();
  const stelai = useStelai();
  const { characterId, metadataURI, personaHash } = character;
  const card = useOwnCard(characterId, metadataURI, true);
  const [isSaving, setSaving] = useState(false);
  const edited = useRef<Pick<EditorProps, "card" | "persona"> & { version: string }>(undefined);
  const persona = useQuery({
    queryKey: stelaiKey(stelai, "persona", characterId, personaHash),
    queryFn: async () => {
      const found = await stelai.relayer.getPersona({ characterId });
      if (hashOf(found.salt, found.persona) !== personaHash) throw new PersonaBehindError();
      return found;
    },
    retry: (count, error) => (error instanceof PersonaBehindError ? count < TRIES : count < 1),
    retryDelay: 1_000,
  });
  if (!isSaving && persona.error && !persona.data) {
    const { what, technical } = explain(persona.error);
    return (
      <ErrorState
        what={what}
        money="notInvolved"
        technical={technical}
        actions={<Button onClick={() => void persona.refetch()}>{t("studio.again")}</Button>}
      />
    );
  }
  // Saving takes two transactions: what is edited stays as it was until both are through, whatever the chain has.
  const version = `${metadataURI} ${personaHash}`;
  const loaded = card && persona.data && { version, card, persona: persona.data.persona };
  if (loaded && !isSaving) edited.current = loaded;
  if (!edited.current || (!isSaving && !loaded)) return <Skeleton height="40rem" />;
  const { version: key, ...shown } = edited.current;
  return <Editor key={key} character={character} {...shown} onSaving={setSaving} />;
}

interface EditorProps {
  character: ManagedCharacter;
  card: CharacterCard;
  persona: Record<string, unknown>;
  /** Told when a change begins to be saved, and when that is over. */
  onSaving: (isSaving: boolean) => void;
}

function Editor({ character, card, persona, onSaving }: EditorProps) {
  const t = useT();
  const id = useId();
  const { modality } = character;
  const operator = useOperator();
  const before = useMemo(() => draftFrom(card, persona, modality), [card, persona, modality]);
  const [draft, change] = useReducer(changeDraft, before);
  const [keepsPicture, setKeepsPicture] = useState(true);
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState<CardChange>();
  const problems = problemsOf(draft);
  const problem = (field: DraftField) => {
    const found = tried ? problems[field] : undefined;
    return found && t(found.id, found.values);
  };
  const set: StepProps["set"] = (values) => change({ kind: "set", values });
  const step = { draft, change, problem, set };
  const nextCard = changedCard(card, draft, keepsPicture ? card.image : undefined);
  const nextPersona = changedPersona(persona, draft);
  // Against what these fields make of it unchanged: a card may say the same in another way.
  const isCardNew = draft.image !== undefined || !isSame(nextCard, changedCard(card, before, card.image));
  const isPersonaNew = !isSame(nextPersona, changedPersona(persona, before));
  const save = () => {
    setTried(true);
    // Prices are not changed here: only what these fields hold has to be right.
    if (Object.keys(problems).some((field) => stepOf(field as DraftField) !== "prices")) return;
    onSaving(true);
    setSaving({
      card: isCardNew ? nextCard : undefined,
      image: draft.image,
      persona: isPersonaNew ? nextPersona : undefined,
    });
  };
  return (
    <form
      noValidate
      className={css.stack}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <p className={css.note}>{t(modality === "Chat" ? "card.text" : "tools.change.text")}</p>
      {card.image && !draft.image && (
        <p className={css.row}>
          {keepsPicture && t("card.picture")}
          <Button size="small" onClick={() => setKeepsPicture(!keepsPicture)}>
            {t(keepsPicture ? "card.pictureAway" : "card.pictureBack")}
          </Button>
        </p>
      )}
      <section className={css.section} aria-labelledby={`${id}-who`}>
        <h2 id={`${id}-who`}>{t(stepName("who", modality))}</h2>
        <WhoStep {...step} />
      </section>
      {modality === "Chat" ? (
        <section className={css.section} aria-labelledby={`${id}-mind`}>
          <h2 id={`${id}-mind`}>{t("publish.step.mind")}</h2>
          <MindStep {...step} />
          <Lore {...step} />
        </section>
      ) : (
        <>
          <section className={css.section} aria-labelledby={`${id}-style`}>
            <h2 id={`${id}-style`}>{t("tools.step.style")}</h2>
            <StyleStep {...step} modality={modality} />
          </section>
          <section className={css.section} aria-labelledby={`${id}-offer`}>
            <h2 id={`${id}-offer`}>{t("tools.step.offer")}</h2>
            <OfferStep {...step} modality={modality} operator={operator.data} />
          </section>
        </>
      )}
      <div className={css.row}>
        <Button type="submit" variant="primary" disabled={!isCardNew && !isPersonaNew}>
          {t("card.save")}
        </Button>
        {isCardNew || isPersonaNew ? (
          <Button
            variant="quiet"
            onClick={() => {
              change({ kind: "replace", draft: before });
              setKeepsPicture(true);
              setTried(false);
            }}
          >
            {t("card.undo")}
          </Button>
        ) : (
          <span className={css.note}>{t("card.same")}</span>
        )}
      </div>
      {saving && (
        <CardSheet
          character={character}
          change={saving}
          onClose={() => {
            setSaving(undefined);
            onSaving(false);
          }}
        />
      )}
    </form>
  );
}
