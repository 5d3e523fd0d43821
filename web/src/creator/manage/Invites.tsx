import { encodeInvite } from "@stelai/sdk";
import { useInvalidate, useStelai } from "@stelai/sdk/react";
import { useCallback, useId, useState } from "react";
import { type Address, getAddress, type Hex, isAddress } from "viem";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { formatMoment } from "../../format/time.ts";
import { useT } from "../../i18n/react.tsx";
import type { MessageId } from "../../locales/en/index.ts";
import { inviteLink } from "../../sharing/inviteLink.ts";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { withRun } from "../../signing/useAct.ts";
import { useChainNow } from "../../stelai/chainNow.ts";
import { explain } from "../../stelai/explain.ts";
import { Badge, type Tone } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { Input } from "../../ui/Input.tsx";
import { QrCode } from "../../ui/QrCode.tsx";
import { Select } from "../../ui/Select.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Table } from "../../ui/Table.tsx";
import { Choice } from "../Choice.tsx";
import { forgetInvite, type InviteState, inviteState, type KeptInvite, keepInvite } from "./invites.ts";
import css from "./Manage.module.css";
import { useMyInvites } from "./queries.ts";
import { RevokeSheet } from "./RevokeSheet.tsx";

const DAY = 86_400n;
const TIMES = ["1", "7", "30", "90", "365"] as const;
const LONGEST_NOTE = 60;

export interface InvitesProps {
  characterId: bigint;
  name: string;
}

/** Links that let people in without their address being known beforehand, or for one address alone. */
export function Invites({ characterId, name }: InvitesProps) {
  const t = useT();
  const heading = useId();
  const invalidate = useInvalidate();
  const [showing, setShowing] = useState<KeptInvite>();
  return (
    <section className={css.section} aria-labelledby={heading}>
      <h2 id={heading}>{t("invites.title")}</h2>
      <p className={css.note}>{t("invites.text")}</p>
      <NewInvite
        characterId={characterId}
        name={name}
        onMade={(invite) => {
          setShowing(invite);
          void invalidate("myInvites", characterId);
        }}
      />
      <InviteTable characterId={characterId} name={name} onShow={setShowing} />
      {showing && <ShareDialog invite={showing} name={name} onClose={() => setShowing(undefined)} />}
    </section>
  );
}

interface Wanted {
  account: Address | undefined;
  days: bigint;
  note: string;
}

function NewInvite({ characterId, name, onMade }: InvitesProps & { onMade: (invite: KeptInvite) => void }) {
  const t = useT();
  const [isBound, setBound] = useState(false);
  const [typed, setTyped] = useState("");
  const [days, setDays] = useState<string>("30");
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const [wanted, setWanted] = useState<Wanted>();
  const account = isAddress(typed.trim()) && BigInt(typed.trim()) !== 0n ? getAddress(typed.trim()) : undefined;
  const begin = () => {
    setTried(true);
    if (isBound && !account) return;
    setWanted({ account: isBound ? account : undefined, days: BigInt(days), note: note.trim() });
  };
  return (
    <form
      noValidate
      className={css.section}
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      <Choice
        label={t("invites.for")}
        value={isBound}
        onChange={setBound}
        options={[
          { value: false, label: t("invites.bearer") },
          { value: true, label: t("invites.bound") },
        ]}
      >
        {t(isBound ? "invites.boundText" : "invites.bearerText")}
      </Choice>
      <div className={css.pair}>
        {isBound && (
          <Input
            label={t("publish.partner")}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            error={tried && !account ? t("publish.problem.address") : undefined}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        <Select
          label={t("invites.until")}
          value={days}
          options={TIMES.map((count) => ({ value: count, label: t("invites.days", { count: Number(count) }) }))}
          onChange={(event) => setDays(event.target.value)}
        />
        <Input
          label={t("invites.note")}
          hint={t("invites.noteHint")}
          optional
          value={note}
          maxLength={LONGEST_NOTE}
          autoComplete="off"
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <div>
        <Button type="submit" variant="primary">
          {t("invites.make")}
        </Button>
      </div>
      {wanted && (
        <MakeSheet
          characterId={characterId}
          name={name}
          wanted={wanted}
          onClose={() => setWanted(undefined)}
          onMade={(invite) => {
            setNote("");
            setTyped("");
            setTried(false);
            onMade(invite);
          }}
        />
      )}
    </form>
  );
}

interface MakeSheetProps extends InvitesProps {
  wanted: Wanted;
  onClose: () => void;
  onMade: (invite: KeptInvite) => void;
}

function MakeSheet({ characterId, name, wanted, onClose, onMade }: MakeSheetProps) {
  const t = useT();
  const stelai = useStelai();
  const { contracts } = useAppConfig();
  const now = useChainNow();
  const [expiry] = useState(() => now + wanted.days * DAY);
  const sign = useCallback(
    async (run: SigningRun) => {
      const { account, note } = wanted;
      const made = await withRun(stelai, run).characters.createInvite({ characterId, account, expiry });
      const kept: KeptInvite = {
        characterId: String(characterId),
        hash: made.hash,
        account: account ?? null,
        note,
        madeAt: Math.floor(Date.now() / 1000),
        expiry: Number(made.invite.expiry),
        generation: String(made.invite.generation),
        text: encodeInvite(made),
      };
      // A browser that stores nothing still shows the link, once.
      await keepInvite(kept).catch(() => undefined);
      onMade(kept);
    },
    [stelai, characterId, expiry, wanted, onMade],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t("invites.sign.title", { name })}
      action={t("invites.sign.action")}
      kind="signature"
      onSign={sign}
      sending={{ label: t("invites.sign.sending"), seconds: 2 }}
      explain={(error) => ({ ...explain(error), money: "untouched" })}
      terms={{
        get: t(wanted.account ? "invites.sign.getBound" : "invites.sign.getBearer", { name }),
        now: t("invites.sign.now"),
        to: wanted.account ? (
          <Hash value={wanted.account} what={t("wallet.address")} />
        ) : (
          <>
            {t("publish.create.to")} <Hash value={contracts.Characters} what={t("publish.create.to")} />
          </>
        ),
        until: formatMoment(Number(expiry)),
        undo: t("invites.sign.undo"),
        cost: t("invites.sign.cost"),
      }}
    />
  );
}

function ShareDialog({ invite, name, onClose }: { invite: KeptInvite; name: string; onClose: () => void }) {
  const t = useT();
  const link = inviteLink(window.location.origin, BigInt(invite.characterId), invite.text);
  return (
    <Dialog open onClose={onClose} title={t("invites.share.title", { name })}>
      <div className={css.share}>
        <p>{t(invite.account ? "invites.share.bound" : "invites.share.bearer")}</p>
        <div className={css.link}>
          <code translate="no">{link}</code>
          <CopyButton text={link} what={t("invites.share.link")} />
        </div>
        <div className={css.qr}>
          <QrCode text={link} label={t("invites.share.code", { name })} />
        </div>
        <p className={css.note}>{t("invites.share.until", { date: formatMoment(invite.expiry) })}</p>
      </div>
    </Dialog>
  );
}

const STATES: Record<InviteState["is"], readonly [MessageId, Tone]> = {
  open: ["invites.open", "held"],
  redeemed: ["invites.redeemed", "live"],
  revoked: ["invites.revoked", "lost"],
  expired: ["invites.expired", "plain"],
  spent: ["invites.spent", "plain"],
};

function InviteTable({ characterId, name, onShow }: InvitesProps & { onShow: (invite: KeptInvite) => void }) {
  const t = useT();
  const now = useChainNow();
  const invalidate = useInvalidate();
  const mine = useMyInvites(characterId);
  const [revoking, setRevoking] = useState<readonly Hex[] | "all">();
  if (mine.error && !mine.data) {
    const { what, technical } = explain(mine.error);
    return (
      <ErrorState
        what={what}
        money="notInvolved"
        technical={technical}
        actions={<Button onClick={() => void mine.refetch()}>{t("studio.again")}</Button>}
      />
    );
  }
  if (!mine.data) return <Skeleton height="8rem" />;
  const { invites, facts } = mine.data;
  const stateOf = (invite: KeptInvite) => inviteState(invite, facts, now);
  return (
    <>
      {invites.length === 0 ? (
        <p className={css.note}>{t("invites.empty")}</p>
      ) : (
        <Table
          caption={t("invites.made")}
          rows={invites}
          rowKey={({ hash }) => hash}
          columns={[
            {
              key: "for",
              label: t("invites.whom"),
              cell: ({ account, note }) => (
                <>
                  {account ? <Hash value={account} what={t("wallet.address")} /> : t("invites.anyone")}
                  {note && (
                    <div className={css.note} translate="no">
                      {note}
                    </div>
                  )}
                </>
              ),
            },
            { key: "state", label: t("studio.state"), cell: (invite) => <State state={stateOf(invite)} /> },
            { key: "expiry", label: t("invites.until"), cell: ({ expiry }) => formatMoment(expiry) },
            {
              key: "actions",
              label: t("studio.actions"),
              cell: (invite) => {
                const number = invites.length - invites.indexOf(invite);
                return stateOf(invite).is === "open" ? (
                  <span className={css.actions}>
                    <Button size="small" aria-label={t("invites.showOne", { number })} onClick={() => onShow(invite)}>
                      {t("invites.show")}
                    </Button>
                    <Button
                      size="small"
                      aria-label={t("invites.revokeOne", { number })}
                      onClick={() => setRevoking([invite.hash])}
                    >
                      {t("invites.revoke")}
                    </Button>
                  </span>
                ) : (
                  <Button
                    size="small"
                    variant="quiet"
                    aria-label={t("invites.forgetOne", { number })}
                    onClick={() =>
                      void forgetInvite(invite).then(
                        () => invalidate("myInvites", characterId),
                        () => undefined,
                      )
                    }
                  >
                    {t("invites.forget")}
                  </Button>
                );
              },
            },
          ]}
        />
      )}
      <div className={css.row}>
        <Button variant="danger" size="small" onClick={() => setRevoking("all")}>
          {t("invites.revokeAll")}
        </Button>
        <span className={css.note}>{t("invites.revokeAllText")}</span>
      </div>
      {revoking && (
        <RevokeSheet characterId={characterId} name={name} invites={revoking} onClose={() => setRevoking(undefined)} />
      )}
    </>
  );
}

function State({ state }: { state: InviteState }) {
  const t = useT();
  const [label, tone] = STATES[state.is];
  return (
    <>
      <Badge tone={tone}>{t(label)}</Badge>
      {state.is === "redeemed" && (
        <div className={css.note}>
          <Hash value={state.by} what={t("wallet.address")} /> {formatMoment(Number(state.at))}
        </div>
      )}
    </>
  );
}
