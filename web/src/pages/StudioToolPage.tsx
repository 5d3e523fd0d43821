import "../studio/words.ts";
import { ModelNotFoundError } from "@stelai/sdk";
import { useModel } from "@stelai/sdk/react";
import { useEffect } from "react";
import { useLocation } from "wouter";
import { useSignIn } from "../access/SignInProvider.tsx";
import { Page } from "../app/Page.tsx";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { isToolModel } from "../studio/modalities.ts";
import { Workbench } from "../studio/Workbench.tsx";
import { WorkbenchSkeleton } from "../studio/WorkbenchSkeleton.tsx";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { StoppedError } from "../wallet/errors.ts";

/** One tool on the workbench. */
export default function StudioToolPage({ params }: { params: Record<string, string | undefined> }) {
  const t = useT();
  const [, go] = useLocation();
  const signIn = useSignIn();
  const id = /^[1-9]\d{0,14}$/.test(params.id ?? "") ? params.id : undefined;
  const {
    data: model,
    error,
    refetch,
  } = useModel(id === undefined ? undefined : BigInt(id), {
    refetchInterval: 15_000,
    // A private one shows itself only to who is signed in: asked for once that is known.
    enabled: signIn.status !== "loading",
  });
  // What chats is talked to on its own page.
  const isChat = model?.stelai.modality === "Chat";
  useEffect(() => {
    if (isChat) go(`/c/${id}`, { replace: true });
  }, [isChat, id, go]);

  // A private one that this account may no longer see goes from the screen, too.
  const isGone = error instanceof ModelNotFoundError && (!model || model.stelai.visibility === "Private");
  if (!id || isGone) {
    const see = () =>
      void signIn.require("signIn.why.shared").catch((reason: unknown) => {
        if (!(reason instanceof StoppedError)) throw reason;
      });
    return (
      <Page title={t("studio.tool.unknown")} hideTitle>
        <EmptyState
          title={t("studio.tool.unknown")}
          actions={
            <>
              <ButtonLink href="/studio">{t("studio.tool.toStudio")}</ButtonLink>
              {id && signIn.status === "out" && <Button onClick={see}>{t("signIn.hidden.action")}</Button>}
            </>
          }
        >
          {t("studio.tool.unknownWhat")}
        </EmptyState>
      </Page>
    );
  }
  if (error && !model) {
    return (
      <Page title={t("studio.tool.title", { id })} hideTitle>
        <Failed error={error} onAgain={() => void refetch()} />
      </Page>
    );
  }
  if (!model || isChat) {
    return (
      <Page title={t("studio.tool.title", { id })} hideTitle width="full">
        <WorkbenchSkeleton />
      </Page>
    );
  }
  if (!isToolModel(model)) {
    return (
      <Page title={model.stelai.card?.name ?? model.id}>
        <EmptyState
          title={t("studio.tool.notServed")}
          actions={<ButtonLink href="/studio">{t("studio.tool.toStudio")}</ButtonLink>}
        >
          {t("studio.tool.notServedWhat")}
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page key={id} title={model.stelai.card?.name ?? model.id} hideTitle width="full">
      <Workbench key={id} model={model} />
    </Page>
  );
}
