import type { RoleCall } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { useCallback, useState } from "react";
import { type Address, isAddress } from "viem";
import { Choice } from "../../creator/Choice.tsx";
import { SignInFirst } from "../../creator/SignInFirst.tsx";
import { useT } from "../../i18n/react.tsx";
import { useChainNow } from "../../stelai/chainNow.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Input } from "../../ui/Input.tsx";
import { TextArea } from "../../ui/TextArea.tsx";
import css from "./Admin.module.css";
import { ChangeSheet } from "./ChangeSheet.tsx";
import { fromField, readBonus, toField } from "./form.ts";

/** What the operator stores of such a text (`reviewTextSchema`). */
const LONGEST = 2_000;
const WEEK = 7n * 86_400n;

/** A code that was made here: it is nowhere else. */
interface Code {
  readonly code: string;
  readonly signer: Address;
}

/** Starts a campaign: who may, what it gives, until when; of a promotion with a code that is made here and shown once. */
export function StartCampaign() {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  const [started, setStarted] = useState<{ code: string | undefined; isScheduled: boolean }>();
  return (
    <>
      {started && (
        <div className={css.notice} role="status">
          <p>{t(started.isScheduled ? "admin.start.announced" : "admin.start.started")}</p>
          {started.code && <ShownCode code={started.code} />}
          <div>
            <Button size="small" onClick={() => setStarted(undefined)}>
              {t(started.code ? "admin.code.kept" : "admin.done")}
            </Button>
          </div>
        </div>
      )}
      {isOpen ? (
        <StartForm
          onClose={() => setOpen(false)}
          onStarted={(made) => {
            setStarted(made);
            setOpen(false);
          }}
        />
      ) : (
        <div>
          <Button onClick={() => setOpen(true)}>{t("admin.start")}</Button>
        </div>
      )}
    </>
  );
}

function ShownCode({ code }: { code: string }) {
  const t = useT();
  return (
    <p className={css.row}>
      <code className={css.code} translate="no">
        {code}
      </code>
      <CopyButton text={code} what={t("admin.code")} />
    </p>
  );
}

interface StartFormProps {
  onClose: () => void;
  onStarted: (made: { code: string | undefined; isScheduled: boolean }) => void;
}

function StartForm({ onClose, onStarted }: StartFormProps) {
  const t = useT();
  const stelai = useStelai();
  const now = useChainNow();
  const [source, setSource] = useState<"Promotion" | "Contribution">("Promotion");
  const [made, setMade] = useState<Code>();
  const [typed, setTyped] = useState(() => ({
    ...{ signer: "", perAccount: "", daily: "", words: "" },
    ...{ start: toField(now), end: toField(now + WEEK) },
  }));
  const [tried, setTried] = useState(false);
  const [call, setCall] = useState<RoleCall>();
  const set = (values: Partial<typeof typed>) => setTyped({ ...typed, ...values });
  const isPromotion = source === "Promotion";
  const signer = isPromotion ? made?.signer : isAddress(typed.signer) ? typed.signer : undefined;
  const [perAccount, daily] = [readBonus(typed.perAccount), readBonus(typed.daily)];
  const [start, end] = [fromField(typed.start), fromField(typed.end)];
  const isWindow = start !== undefined && end !== undefined && start < end && end > now;
  const isDay = perAccount !== undefined && daily !== undefined && daily >= perAccount;
  const words = typed.words.trim();
  const submit = () => {
    setTried(true);
    if (!signer || !isWindow || !isDay || words === "") return;
    setCall({ kind: "startCampaign", source, signer, start, end, perAccount, daily, uri: "" });
  };
  // Stored only once it is agreed to: a change that is not made leaves nothing behind.
  const complete = useCallback(async (): Promise<RoleCall> => {
    if (call?.kind !== "startCampaign") throw new TypeError("no campaign");
    const { uri } = await stelai.relayer.uploadContent({ reviewText: words });
    return { ...call, uri };
  }, [call, stelai, words]);
  const amount = (field: "perAccount" | "daily", error: string | undefined) => (
    <Input
      label={t(field === "daily" ? "admin.field.daily" : `admin.perAccount.${source}`)}
      inputMode="decimal"
      autoComplete="off"
      value={typed[field]}
      error={tried ? error : undefined}
      onChange={(event) => set({ [field]: event.target.value })}
    />
  );
  const moment = (field: "start" | "end") => (
    <Input
      label={t(`admin.field.${field}`)}
      type="datetime-local"
      value={typed[field]}
      error={tried && !isWindow ? t("admin.problem.window") : undefined}
      onChange={(event) => set({ [field]: event.target.value })}
    />
  );
  return (
    <form
      noValidate
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h3>{t("admin.start")}</h3>
      <Choice
        label={t("admin.field.source")}
        value={source}
        onChange={setSource}
        options={[
          { value: "Promotion", label: t("admin.kind.Promotion") },
          { value: "Contribution", label: t("admin.kind.Contribution") },
        ]}
      >
        {t(`admin.kindText.${source}`)}
      </Choice>
      {isPromotion ? (
        <div className={css.section}>
          {made ? (
            <>
              <ShownCode code={made.code} />
              <p className={css.warn}>{t("admin.code.once")}</p>
            </>
          ) : (
            <>
              <p className={css.note}>{t("admin.code.text")}</p>
              {tried && <p role="alert">{t("admin.problem.code")}</p>}
            </>
          )}
          <div>
            <Button onClick={() => void stelai.rewards.generateCode().then(setMade)}>
              {t(made ? "admin.code.another" : "admin.code.make")}
            </Button>
          </div>
        </div>
      ) : (
        <Input
          label={t("admin.signer")}
          hint={t("admin.signerHint")}
          autoComplete="off"
          spellCheck={false}
          value={typed.signer}
          error={tried && !signer ? t("admin.problem.address") : undefined}
          onChange={(event) => set({ signer: event.target.value.trim() })}
        />
      )}
      {amount("perAccount", perAccount === undefined ? t("admin.problem.credits") : undefined)}
      {amount("daily", isDay ? undefined : t("admin.problem.daily"))}
      {moment("start")}
      {moment("end")}
      <TextArea
        label={t("admin.words")}
        hint={t("admin.wordsHint")}
        maxLength={LONGEST}
        value={typed.words}
        error={tried && words === "" ? t("admin.problem.words") : undefined}
        onChange={(event) => set({ words: event.target.value })}
      />
      <div className={css.row}>
        <Button type="submit" variant="primary">
          {t("admin.review")}
        </Button>
        <Button onClick={onClose}>{t("admin.stop")}</Button>
      </div>
      {call && (
        <SignInFirst why="admin.signIn" onClose={() => setCall(undefined)}>
          <ChangeSheet
            call={call}
            complete={complete}
            after={<p className={css.words}>{words}</p>}
            onClose={() => setCall(undefined)}
            onMade={({ isScheduled }) => onStarted({ code: isPromotion ? made?.code : undefined, isScheduled })}
          />
        </SignInFirst>
      )}
    </form>
  );
}
