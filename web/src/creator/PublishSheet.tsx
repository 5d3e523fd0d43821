import { addressOf, MODALITIES, payeeOf, TransactionRevertedError, VISIBILITIES, WHOLE_BPS } from "@stelai/sdk";
import { charactersAbi } from "@stelai/sdk/abis";
import { useStelai } from "@stelai/sdk/react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Address, encodeFunctionData, type Hex } from "viem";
import { useAppConfig } from "../config/ConfigContext.ts";
import { shorten } from "../format/hash.ts";
import { formatCredits, formatEther, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct, withRun } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { CountedWait } from "../ui/CountedWait.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Hash } from "../ui/Hash.tsx";
import { partnerBpsOf, pricesOf, sharesOf } from "./compose.ts";
import type { Draft } from "./draft.ts";
import { formatPercent } from "./PublishPreview.tsx";
import { dropSignInAfter, resumeSignIn, signIn } from "./signIn.ts";
import { type Uploaded, uploadDraft } from "./upload.ts";
import { useNetworkFee } from "./useNetworkFee.ts";

export interface PublishSheetProps {
  draft: Draft;
  /** Who publishes. */
  account: Address;
  onClose: () => void;
  /** When the transaction is sent; with undefined when the chain refused it. */
  onSent: (transaction: Hex | undefined) => void;
  onPublished: (characterId: bigint) => void;
}

/** From a draft to a character: sign in where that is needed, upload, and one transaction. Drawn only while open. */
export function PublishSheet({ draft, account, onClose, onSent, onPublished }: PublishSheetProps) {
  const stelai = useStelai();
  const [isSignedIn, setSignedIn] = useState(() => resumeSignIn(stelai, account));
  const [uploaded, setUploaded] = useState<Uploaded>();
  if (!isSignedIn) return <SignInSheet account={account} onClose={onClose} onSignedIn={() => setSignedIn(true)} />;
  if (!uploaded) {
    return (
      <UploadSheet
        draft={draft}
        account={account}
        onClose={onClose}
        onUploaded={setUploaded}
        onSignedOut={() => setSignedIn(false)}
      />
    );
  }
  return (
    <CreateSheet
      draft={draft}
      account={account}
      uploaded={uploaded}
      onClose={onClose}
      onSent={onSent}
      onPublished={onPublished}
    />
  );
}

type StepProps = Pick<PublishSheetProps, "account" | "onClose">;

function SignInSheet({ account, onClose, onSignedIn }: StepProps & { onSignedIn: () => void }) {
  const t = useT();
  const stelai = useStelai();
  const ask = useCallback(
    (run: SigningRun) => signIn(withRun(stelai, run), account, t("publish.signIn.statement")),
    [stelai, account, t],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      onDone={onSignedIn}
      title={t("publish.signIn.title")}
      lead={<p>{t("publish.signIn.lead")}</p>}
      action={t("publish.signIn.action")}
      kind="signature"
      onSign={ask}
      sending={{ label: t("publish.signIn.sending"), seconds: 2 }}
      explain={(error) => ({ ...explain(error), money: "untouched" })}
      terms={{
        get: t("publish.signIn.get"),
        now: t("publish.signIn.now"),
        to: t("publish.signIn.to"),
        undo: t("publish.signIn.undo"),
        cost: t("publish.signIn.cost"),
      }}
    />
  );
}

interface UploadSheetProps extends StepProps {
  draft: Draft;
  onUploaded: (uploaded: Uploaded) => void;
  onSignedOut: () => void;
}

function UploadSheet({ draft, account, onClose, onUploaded, onSignedOut }: UploadSheetProps) {
  const t = useT();
  const stelai = useStelai();
  const [attempt, setAttempt] = useState(() => ({ at: Date.now() }));
  const [failure, setFailure] = useState<{ of: typeof attempt; error: unknown }>();
  const told = useRef({ onUploaded, onSignedOut });
  told.current = { onUploaded, onSignedOut };
  useEffect(() => {
    let gone = false;
    // The wallet may have become another Stelai since the sign-in.
    resumeSignIn(stelai, account);
    uploadDraft(stelai, draft).then(
      (uploaded) => {
        if (!gone) told.current.onUploaded(uploaded);
      },
      (error: unknown) => {
        if (gone) return;
        if (dropSignInAfter(error, stelai, account)) told.current.onSignedOut();
        else setFailure({ of: attempt, error });
      },
    );
    return () => {
      gone = true;
    };
  }, [attempt, stelai, account, draft]);

  const explained = failure?.of === attempt ? explain(failure.error) : undefined;
  return (
    <Dialog open onClose={onClose} title={t("publish.upload.title", { name: draft.name.trim() })}>
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
          {t("publish.upload.kept")}
        </ErrorState>
      ) : (
        <CountedWait
          label={t("publish.upload.sending")}
          expectedSeconds={3}
          startedAt={attempt.at}
          choice={<Button onClick={onClose}>{t("publish.upload.back")}</Button>}
        />
      )}
    </Dialog>
  );
}

interface CreateSheetProps extends PublishSheetProps {
  uploaded: Uploaded;
}

function CreateSheet({ draft, account, uploaded, onClose, onSent, onPublished }: CreateSheetProps) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const created = useRef<bigint>(undefined);
  const name = draft.name.trim();
  const parameters = useMemo(() => {
    const { perInference, perUnit } = pricesOf(draft) ?? { perInference: 0n, perUnit: 0n };
    return {
      modality: "Chat",
      metadataURI: uploaded.metadataURI,
      personaHash: uploaded.personaHash,
      terms: { perInference, perUnit },
      visibility: draft.isUnlisted ? "Unlisted" : "Public",
      operators: [uploaded.operator],
      shares: sharesOf(draft, account),
    } as const;
  }, [draft, account, uploaded]);
  const { terms, shares } = parameters;

  const call = useMemo(() => {
    const creation = {
      ...parameters,
      modality: MODALITIES.indexOf(parameters.modality),
      visibility: VISIBILITIES.indexOf(parameters.visibility),
      payee: payeeOf(account),
      shares: shares ?? [],
      terms: {
        ...{ lifetime: 0, monthly: 0, annual: 0 },
        ...{ perInference: Number(terms.perInference), perUnit: Number(terms.perUnit) },
      },
    };
    return {
      to: contracts.Characters,
      data: encodeFunctionData({ abi: charactersAbi, functionName: "create", args: [creation] }),
    };
  }, [parameters, account, shares, terms, contracts]);
  const fee = useNetworkFee(call);

  const create = useCallback(
    async (run: SigningRun) => {
      const intent = { id: "publish.create.intent", values: { name } } as const;
      try {
        const { characterId } = await act(run, intent, async (stelai) => {
          const sent = await stelai.characters.create(parameters);
          onSent(sent.hash);
          return sent;
        });
        created.current = characterId;
      } catch (error) {
        if (error instanceof TransactionRevertedError) onSent(undefined);
        throw error;
      }
    },
    [act, name, onSent, parameters],
  );

  const partnerBps = partnerBpsOf(draft) ?? 0;
  const partner = shares?.map(({ recipient }) => addressOf(recipient)).find((each) => each && each !== account);
  return (
    <SigningSheet
      open
      onClose={onClose}
      onDone={() => created.current !== undefined && onPublished(created.current)}
      title={t("publish.create.title", { name })}
      action={t("publish.create.action", { name })}
      kind="transaction"
      onSign={create}
      sending={{ label: t("publish.create.sending"), seconds: 10 }}
      explain={(error) => {
        const explained = explain(error);
        return {
          ...explained,
          todo: (
            <>
              {explained.todo} {t("publish.create.kept")}
            </>
          ),
        };
      }}
      terms={{
        get: (
          <>
            <div>{t(draft.isUnlisted ? "publish.create.getUnlisted" : "publish.create.getPublic", { name })}</div>
            <div>
              {draft.isFree
                ? t("publish.create.free")
                : t("publish.create.prices", {
                    perMessage: formatCredits(terms.perInference * WEI_PER_MICROCREDIT),
                    perThousand: formatCredits(terms.perUnit * WEI_PER_MICROCREDIT),
                  })}
            </div>
            {partner && (
              <div>
                {t("publish.create.earns", {
                  mine: formatPercent(WHOLE_BPS - partnerBps),
                  theirs: formatPercent(partnerBps),
                  partner: shorten(partner),
                })}
              </div>
            )}
          </>
        ),
        now: t("publish.create.now"),
        to: (
          <>
            {t("publish.create.to")} <Hash value={contracts.Characters} what={t("publish.create.to")} />
          </>
        ),
        undo: t("publish.create.undo"),
        cost: t("publish.create.cost", { fee: formatEther(fee) }),
      }}
    />
  );
}
