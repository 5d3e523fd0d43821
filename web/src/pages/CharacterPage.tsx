import { ModelNotFoundError } from "@stelai/sdk";
import { useModel, useStelai } from "@stelai/sdk/react";
import { PanelRight } from "lucide-react";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useSignIn } from "../access/SignInProvider.tsx";
import { useMyAccess } from "../access/useMyAccess.ts";
import { Page } from "../app/Page.tsx";
import { ChatView } from "../chat/ChatView.tsx";
import { ReportDialog } from "../chat/ReportDialog.tsx";
import { SidePanel } from "../chat/SidePanel.tsx";
import { useT } from "../i18n/react.tsx";
import { usePayingTab } from "../paying/usePayingTab.ts";
import { CreatorLink } from "../people/profile/CreatorLink.tsx";
import { inviteIn } from "../sharing/inviteLink.ts";
import { explain } from "../stelai/explain.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { StoppedError } from "../wallet/errors.ts";
import css from "./CharacterPage.module.css";

/** A character and the conversation with it. */
export default function CharacterPage({ params }: { params: Record<string, string | undefined> }) {
  const t = useT();
  const [, go] = useLocation();
  const signIn = useSignIn();
  const id = /^[1-9]\d{0,14}$/.test(params.id ?? "") ? params.id : undefined;
  const [fragment, setFragment] = useState(window.location.hash);
  // An invite opened where its character is open already changes nothing but the fragment.
  useEffect(() => {
    const read = () => setFragment(window.location.hash);
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  const invite = inviteIn(fragment);
  useEffect(() => {
    if (invite) go(`/invite#${invite}`, { replace: true });
  }, [invite, go]);
  const {
    data: model,
    error,
    refetch,
  } = useModel(id === undefined ? undefined : BigInt(id), {
    refetchInterval: 15_000,
    // A private one shows itself only to who is signed in: asked for once that is known.
    enabled: signIn.status !== "loading",
  });
  // What makes something is talked to in the studio.
  const isTool = model !== undefined && model.stelai.modality !== "Chat";
  useEffect(() => {
    if (isTool) go(`/studio/${id}`, { replace: true });
  }, [isTool, id, go]);
  // A private one that this account may no longer see goes from the screen, too.
  const isGone = error instanceof ModelNotFoundError && (!model || model.stelai.visibility === "Private");
  if (!id || isGone) {
    const see = () =>
      void signIn.require("signIn.why.shared").catch((reason: unknown) => {
        if (!(reason instanceof StoppedError)) throw reason;
      });
    return (
      <Page title={t("character.unknown")} hideTitle>
        <EmptyState
          title={t("character.unknown")}
          actions={
            <>
              <ButtonLink href="/">{t("character.toExplore")}</ButtonLink>
              {id && signIn.status === "out" && <Button onClick={see}>{t("signIn.hidden.action")}</Button>}
            </>
          }
        >
          <p>{t("character.unknownWhat")}</p>
          {id && signIn.status === "out" && <p>{t("signIn.hidden.text")}</p>}
        </EmptyState>
      </Page>
    );
  }
  if (error && !model) {
    const explained = explain(error);
    return (
      <Page title={t("character.title", { id })} hideTitle>
        <ErrorState
          what={explained.what}
          money="notInvolved"
          technical={explained.technical}
          actions={<Button onClick={() => void refetch()}>{t("chat.again")}</Button>}
        />
      </Page>
    );
  }
  if (!model || isTool) {
    return (
      <Page title={t("character.title", { id })} hideTitle>
        <Skeleton height="60vh" />
      </Page>
    );
  }
  return <Talk key={id} model={model} />;
}

function Talk({ model }: { model: NonNullable<ReturnType<typeof useModel>["data"]> }) {
  const t = useT();
  const stelai = useStelai();
  const tab = usePayingTab();
  const mine = useMyAccess(model.stelai.characterId);
  const [opening, setOpening] = useState(false);
  const [showPanel, setShowPanel] = useState(false);
  const [report, setReport] = useState<{ excerpt?: string }>();
  const { card, characterId } = model.stelai;
  const name = card?.name ?? model.id;
  const panel = (
    <SidePanel
      model={model}
      mine={mine}
      tab={tab}
      onOpenTab={() => {
        setShowPanel(false);
        setOpening(true);
      }}
      onReport={() => {
        setShowPanel(false);
        setReport({});
      }}
    />
  );
  return (
    <Page title={name} hideTitle width="full">
      <div className={css.room}>
        <div className={css.talk}>
          <div className={css.head}>
            <Avatar
              id={String(characterId)}
              size={44}
              src={card?.image ? stelai.characters.gatewayUrl(card.image) : undefined}
            />
            <div className={css.names}>
              <p className={css.name} translate="no">
                {name}
              </p>
              <p className={css.by}>
                <CreatorLink owner={model.stelai.owner} name={card?.creator} />
              </p>
            </div>
            <div className={css.opens}>
              <IconButton label={t("chat.panel")} icon={PanelRight} onClick={() => setShowPanel(true)} />
            </div>
          </div>
          <ChatView
            model={model}
            mine={mine}
            tab={tab}
            opening={opening}
            onOpening={setOpening}
            onReport={(excerpt) => setReport({ excerpt })}
          />
        </div>
        <aside className={css.aside} aria-label={t("chat.panel")}>
          {panel}
        </aside>
      </div>
      <Dialog open={showPanel} onClose={() => setShowPanel(false)} kind="panel" title={name}>
        {panel}
      </Dialog>
      <ReportDialog
        about={{ characterId, ...report }}
        open={report !== undefined}
        onClose={() => setReport(undefined)}
      />
    </Page>
  );
}
