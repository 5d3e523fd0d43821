import { NotDepositedError, ParentsOwedTooMuchError, type Share, TransactionRevertedError } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import type { Deposit } from "@stelai/sdk/wire";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Hex } from "viem";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { SignInFirst } from "../../creator/SignInFirst.tsx";
import { useT } from "../../i18n/react.tsx";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { explain } from "../../stelai/explain.ts";
import { Button } from "../../ui/Button.tsx";
import { CountedWait } from "../../ui/CountedWait.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { offersOf, rightsOf } from "../compose.ts";
import { changeSellDraft, MOST_PARENTS_BPS, type SellChange, type SellDraft, TIERS } from "../draft.ts";
import { parentsBps } from "../problems.ts";
import css from "../Selling.module.css";
import { type Prepared, prepareListing } from "./prepareListing.ts";
import { SharesChanged } from "./SharesChanged.tsx";

export interface ListSheetProps {
  draft: SellDraft;
  deposit: Deposit;
  shares: readonly Share[];
  change: (change: SellChange) => void;
  onClose: () => void;
  /** When the transaction is sent; with undefined when the chain refused it. */
  onSent: (transaction: Hex | undefined) => void;
  onListed: (workId: bigint) => void;
}

/** From a draft to a work that is for sale: sign in where needed, upload its words, one transaction. */
export function ListSheet(props: ListSheetProps) {
  const [metadataURI, setUploaded] = useState<string>();
  if (metadataURI) return <CreateSheet {...props} metadataURI={metadataURI} />;
  return (
    <SignInFirst why="sell.signIn" onClose={props.onClose}>
      <UploadSheet {...props} onUploaded={setUploaded} />
    </SignInFirst>
  );
}

type Outcome = { readonly of: object } & ({ readonly error: unknown } | (Prepared & { readonly error?: undefined }));

function UploadSheet({
  draft,
  deposit,
  change,
  onClose,
  onUploaded,
}: ListSheetProps & { onUploaded: (uri: string) => void }) {
  const t = useT();
  const stelai = useStelai();
  const { dropAfter } = useSignIn();
  const [attempt, setAttempt] = useState(() => ({ at: Date.now() }));
  const [outcome, setOutcome] = useState<Outcome>();
  const told = useRef({ onUploaded, dropAfter });
  told.current = { onUploaded, dropAfter };
  useEffect(() => {
    let gone = false;
    prepareListing(stelai, draft, deposit).then(
      (prepared) => {
        if (gone) return;
        if (prepared.isReady) told.current.onUploaded(prepared.metadataURI);
        else setOutcome({ of: attempt, ...prepared });
      },
      (error: unknown) => {
        if (!gone && !told.current.dropAfter(error)) setOutcome({ of: attempt, error });
      },
    );
    return () => {
      gone = true;
    };
  }, [attempt, stelai, draft, deposit]);

  const now = outcome?.of === attempt ? outcome : undefined;
  const title = t("sell.list.title", { title: draft.title.trim() });
  if (now && "changes" in now) {
    const { changes } = now;
    return (
      <Dialog open onClose={onClose} title={title}>
        <SharesChanged
          changes={changes}
          onTake={() => {
            const taken = { kind: "shares", changes } as const;
            change(taken);
            // Too much for a work to owe: the form says so.
            if (parentsBps(changeSellDraft(draft, taken)) > MOST_PARENTS_BPS) onClose();
            else setAttempt({ at: Date.now() });
          }}
        />
        <Button onClick={onClose}>{t("publish.upload.back")}</Button>
      </Dialog>
    );
  }
  if (now?.error instanceof NotDepositedError) {
    const back = () => {
      onClose();
      change({ kind: "set", values: { deposit: undefined } });
    };
    return (
      <Dialog open onClose={back} title={title}>
        <ErrorState
          what={t("sell.depositGone")}
          money="untouched"
          actions={<Button onClick={back}>{t("publish.upload.back")}</Button>}
        >
          {t("sell.depositGoneText")}
        </ErrorState>
      </Dialog>
    );
  }
  const explained = now?.error === undefined ? undefined : explain(now.error);
  return (
    <Dialog open onClose={onClose} title={title}>
      {explained ? (
        <ErrorState
          what={explained.what}
          money="untouched"
          technical={explained.technical}
          actions={
            <>
              <Button variant="primary" onClick={() => setAttempt({ at: Date.now() })}>
                {t("publish.upload.again")}
              </Button>
              <Button onClick={onClose}>{t("publish.upload.back")}</Button>
            </>
          }
        >
          {explained.todo} {t("sell.list.kept")}
        </ErrorState>
      ) : (
        <CountedWait
          label={t("sell.list.uploading")}
          expectedSeconds={3}
          startedAt={attempt.at}
          choice={<Button onClick={onClose}>{t("publish.upload.back")}</Button>}
        />
      )}
    </Dialog>
  );
}

function CreateSheet(props: ListSheetProps & { metadataURI: string }) {
  const { draft, deposit, shares, metadataURI, onClose, onSent, onListed } = props;
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const listed = useRef<bigint>(undefined);
  const title = draft.title.trim();
  const parameters = useMemo(
    () => ({
      modality: deposit.modality,
      metadataURI,
      contentHash: deposit.contentHash,
      shares,
      ...rightsOf(draft),
      receipt: deposit.provenance?.receipt,
      offers: offersOf(draft, deposit.attestor) ?? [],
    }),
    [draft, deposit, shares, metadataURI],
  );
  const create = useCallback(
    async (run: SigningRun) => {
      try {
        const { workId } = await act(run, { id: "sell.intent.list", values: { title } }, async (stelai) => {
          const sent = await stelai.works.create(parameters);
          onSent(sent.hash);
          return sent;
        });
        listed.current = workId;
      } catch (error) {
        if (error instanceof TransactionRevertedError) onSent(undefined);
        throw error;
      }
    },
    [act, title, onSent, parameters],
  );
  const on = TIERS.filter((tier) => draft.tiers[tier].isOn).map((tier) => t(`sell.tier.${tier}`));
  return (
    <SigningSheet
      open
      onClose={onClose}
      onDone={() => listed.current !== undefined && onListed(listed.current)}
      title={t("sell.list.title", { title })}
      action={t("sell.list.action")}
      kind="transaction"
      onSign={create}
      sending={{ label: t("sell.list.sending"), seconds: 10 }}
      explain={(error) => {
        const explained = explain(error);
        return {
          ...explained,
          todo: (
            <>
              {error instanceof ParentsOwedTooMuchError ? t("sell.list.askAgain") : explained.todo}{" "}
              {t("sell.list.kept")}
            </>
          ),
        };
      }}
      terms={{
        get: (
          <>
            <div>{t("sell.list.get", { title })}</div>
            <div className={css.note}>{t("sell.list.offers", { tiers: on.join(", ") })}</div>
            {draft.parents.length > 0 && (
              <div className={css.note}>{t("sell.list.parents", { percent: String(parentsBps(draft) / 100) })}</div>
            )}
            {deposit.provenance?.receipt && <div className={css.note}>{t("sell.list.proof")}</div>}
          </>
        ),
        now: t("publish.create.now"),
        to: (
          <>
            {t("publish.create.to")} <Hash value={contracts.Works} what={t("publish.create.to")} />
          </>
        ),
        undo: t("sell.list.undo"),
        cost: t("sell.cost", { count: 1 }),
      }}
    />
  );
}
