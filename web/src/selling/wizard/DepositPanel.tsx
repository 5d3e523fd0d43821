import { useStelai } from "@stelai/sdk/react";
import type { Deposit } from "@stelai/sdk/wire";
import { useCallback, useRef, useState } from "react";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { Choice } from "../../creator/Choice.tsx";
import { useT } from "../../i18n/react.tsx";
import { explain } from "../../stelai/explain.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { CountedWait } from "../../ui/CountedWait.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Field } from "../../ui/Field.tsx";
import { StoppedError } from "../../wallet/errors.ts";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import type { SellDraft } from "../draft.ts";
import { PreviewMedia } from "../PreviewMedia.tsx";
import css from "../Selling.module.css";
import type { SellStepProps } from "./Step.tsx";

/** What the operator can open, watermark and deliver (docs/PROTOCOL.md, the marketplace). */
const FILE_TYPES = [
  ...["image/png", "image/jpeg", "image/webp", "video/mp4"],
  ...["audio/wav", "audio/x-wav", "audio/mpeg", "audio/flac", "audio/ogg", ".wav", ".mp3", ".flac", ".ogg"],
].join(",");

/** What is to be sold: a generation of one's own, or a file that is brought along. */
export type Source =
  | { readonly kind: "generation"; readonly id: string }
  | { readonly kind: "file"; readonly id?: undefined };

/** What a sound is, which its bytes do not say. */
type Sound = "Music" | "Voice";

interface Depositing {
  readonly since: number | undefined;
  readonly error: unknown;
  readonly begin: (file?: File, sound?: Sound) => void;
}

/** Gives the operator what is sold, once; whoever comes back finds it there. */
function useDepositing(source: Source, onDone: (values: Partial<SellDraft>) => void): Depositing {
  const { works } = useStelai();
  const wallet = useWallet();
  const signIn = useSignIn();
  const [since, setSince] = useState<number>();
  const [error, setError] = useState<unknown>();
  const running = useRef(0);
  const latest = useRef({ works, signIn, onDone });
  latest.current = { works, signIn, onDone };

  const work = async (file: File | undefined, modality: Sound | undefined): Promise<[Deposit, string]> => {
    const depositor = await wallet.require();
    await latest.current.signIn.require("sell.signIn");
    // From here on the client is the one that is signed in.
    const { works: mine } = latest.current;
    if (source.kind === "generation") return [await mine.depositGeneration({ generation: source.id }), depositor];
    if (!file) throw new StoppedError("no file was chosen");
    return [await mine.depositFile({ bytes: new Uint8Array(await file.arrayBuffer()), modality }), depositor];
  };
  const begin = (file?: File, sound?: Sound) => {
    const run = ++running.current;
    setError(undefined);
    setSince(Date.now());
    void work(file, sound)
      .then(
        ([deposit, depositor]) => {
          if (run === running.current) {
            latest.current.onDone({ deposit, depositor, fileName: file?.name });
          }
        },
        (problem: unknown) => {
          if (run !== running.current || problem instanceof StoppedError) return;
          if (!latest.current.signIn.dropAfter(problem)) setError(problem);
        },
      )
      .finally(() => run === running.current && setSince(undefined));
  };
  return { since, error, begin };
}

export interface DepositPanelProps extends Pick<SellStepProps, "draft" | "change" | "problem"> {
  source: Source;
}

/** The file, and its preview as buyers will see it. */
export function DepositPanel({ source, draft, change, problem }: DepositPanelProps) {
  const t = useT();
  const { deposit, fileName } = draft;
  const done = useCallback((values: Partial<SellDraft>) => change({ kind: "set", values }), [change]);
  const { since, error, begin } = useDepositing(source, done);
  const [sound, setSound] = useState<Sound>(deposit?.modality === "Voice" ? "Voice" : "Music");
  const isFile = source.kind === "file";
  const explained = error === undefined ? undefined : explain(error);
  const title = draft.title.trim() || t("sell.untitled");
  return (
    <Card className={css.side}>
      <h2>{t("sell.preview")}</h2>
      {deposit ? (
        <>
          <PreviewMedia of={deposit} title={title} />
          <div className={css.previewTitle} translate="no">
            {title}
          </div>
          <p className={css.note}>{t("sell.previewText")}</p>
          <Provenance deposit={deposit} />
          {fileName && (
            <p className={css.note} translate="no">
              {fileName}
            </p>
          )}
        </>
      ) : (
        <>
          <div className={css.noPreview}>{t("sell.previewNone")}</div>
          <p className={css.note}>{t(isFile ? "sell.fileText" : "sell.depositText")}</p>
        </>
      )}
      {isFile && since === undefined && (
        <Choice
          label={t("sell.sound")}
          value={sound}
          onChange={setSound}
          options={[
            { value: "Music", label: t("sell.soundMusic") },
            { value: "Voice", label: t("sell.soundVoice") },
          ]}
        >
          {t("sell.soundText")}
        </Choice>
      )}
      {isFile && since === undefined && (
        <Field
          label={t(deposit ? "sell.fileOther" : "sell.file")}
          hint={t("sell.fileHint")}
          error={deposit ? undefined : problem("deposit")}
        >
          {(control) => (
            <input
              {...control}
              type="file"
              accept={FILE_TYPES}
              onChange={(event) => {
                const file = event.target.files?.[0];
                // The same file can be chosen again after it was changed.
                event.target.value = "";
                if (file) begin(file, sound);
              }}
            />
          )}
        </Field>
      )}
      {!isFile && !deposit && since === undefined && (
        <>
          <Button onClick={() => begin()}>{t("sell.deposit")}</Button>
          {problem("deposit") && (
            <p className={css.bad} role="alert">
              {problem("deposit")}
            </p>
          )}
        </>
      )}
      {since !== undefined && (
        <CountedWait
          label={t(isFile ? "sell.encrypting" : "sell.depositing")}
          expectedSeconds={isFile ? 10 : 5}
          startedAt={since}
        />
      )}
      {explained && (
        <ErrorState what={explained.what} money="untouched" technical={explained.technical}>
          {explained.todo}
        </ErrorState>
      )}
    </Card>
  );
}

/** What can be proved about where it comes from, and what cannot. */
export function Provenance({ deposit: { provenance } }: { deposit: Deposit }) {
  const t = useT();
  if (!provenance) return <p className={css.warn}>{t("sell.proof.none")}</p>;
  return provenance.receipt ? (
    <div>
      <Badge tone="live">{t("sell.proof.receipt")}</Badge>
      <p className={css.note}>{t("sell.proof.receiptText")}</p>
    </div>
  ) : (
    <p className={css.warn}>{t("sell.proof.free")}</p>
  );
}
