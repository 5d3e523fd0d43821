import {
  addressOf,
  MODALITIES,
  payeeOf,
  type Terms,
  TransactionRevertedError,
  VISIBILITIES,
  WHOLE_BPS,
} from "@stelai/sdk";
import { charactersAbi } from "@stelai/sdk/abis";
import { useStelai } from "@stelai/sdk/react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Address, encodeFunctionData, type Hex } from "viem";
import { useSignIn } from "../access/SignInProvider.tsx";
import { useAppConfig } from "../config/ConfigContext.ts";
import { shorten } from "../format/hash.ts";
import { formatEther } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { CountedWait } from "../ui/CountedWait.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Hash } from "../ui/Hash.tsx";
import { partnerBpsOf, sharesOf, termsOf } from "./compose.ts";
import type { Draft } from "./draft.ts";
import { formatPercent } from "./PublishPreview.tsx";
import css from "./PublishSheet.module.css";
import { usePriceWords } from "./priceWords.ts";
import { SignInFirst } from "./SignInFirst.tsx";
import { type Uploaded, uploadDraft } from "./upload.ts";
import { useNetworkFee } from "./useNetworkFee.ts";

const NOTHING: Terms = { lifetime: 0n, monthly: 0n, annual: 0n, perInference: 0n, perUnit: 0n };

const GET = {
  Public: "publish.create.getPublic",
  Unlisted: "publish.create.getUnlisted",
  Private: "publish.create.getPrivate",
} as const;

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
export function PublishSheet(props: PublishSheetProps) {
  const [uploaded, setUploaded] = useState<Uploaded>();
  if (uploaded) return <CreateSheet {...props} uploaded={uploaded} />;
  const { draft, onClose } = props;
  return (
    <SignInFirst why={draft.modality === "Chat" ? "publish.signIn" : "tools.signIn"} onClose={onClose}>
      <UploadSheet draft={draft} onClose={onClose} onUploaded={setUploaded} />
    </SignInFirst>
  );
}

interface UploadSheetProps extends Pick<PublishSheetProps, "draft" | "onClose"> {
  onUploaded: (uploaded: Uploaded) => void;
}

function UploadSheet({ draft, onClose, onUploaded }: UploadSheetProps) {
  const t = useT();
  const stelai = useStelai();
  const { dropAfter } = useSignIn();
  const [attempt, setAttempt] = useState(() => ({ at: Date.now() }));
  const [failure, setFailure] = useState<{ of: typeof attempt; error: unknown }>();
  const told = useRef({ onUploaded, dropAfter });
  told.current = { onUploaded, dropAfter };
  useEffect(() => {
    let gone = false;
    uploadDraft(stelai, draft).then(
      (uploaded) => {
        if (!gone) told.current.onUploaded(uploaded);
      },
      (error: unknown) => {
        if (!gone && !told.current.dropAfter(error)) setFailure({ of: attempt, error });
      },
    );
    return () => {
      gone = true;
    };
  }, [attempt, stelai, draft]);

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
          label={t(draft.modality === "Chat" ? "publish.upload.sending" : "tools.uploading")}
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
  const words = usePriceWords();
  const created = useRef<bigint>(undefined);
  const name = draft.name.trim();
  const parameters = useMemo(() => {
    return {
      modality: draft.modality,
      metadataURI: uploaded.metadataURI,
      personaHash: uploaded.personaHash,
      terms: termsOf(draft) ?? NOTHING,
      visibility: draft.visibility,
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
        ...{ lifetime: Number(terms.lifetime), monthly: Number(terms.monthly), annual: Number(terms.annual) },
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

  const free = t(draft.modality === "Chat" ? "publish.create.free" : "tools.free");
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
            <div>{t(GET[draft.visibility], { name })}</div>
            <div>{draft.isFree ? free : t("publish.create.prices", { prices: words(terms, draft.modality) })}</div>
            {draft.modality === "Chat" && draft.files.length > 0 && (
              <div className={css.then}>{t("publish.create.files", { count: draft.files.length })}</div>
            )}
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
