import { useModels, useStelai } from "@stelai/sdk/react";
import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import type { Address } from "viem";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { formatMoment } from "../../format/time.ts";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Failed } from "../Failed.tsx";
import { asJson, asMarkdown } from "../history/files.ts";
import { canEncrypt, OtherKeyError } from "../history/key.ts";
import { deleteThere, readConversations, turnOff } from "../history/store.ts";
import { useHistory } from "../history/useHistory.ts";
import { saveFile } from "../save.ts";
import { Section } from "./Section.tsx";
import css from "./Settings.module.css";

const HistorySheet = lazy(() => import("./HistorySheet.tsx"));

/** Conversations on one's other devices, encrypted, and as files. */
export function Conversations({ account }: { account: Address }) {
  const t = useT();
  const { key, refresh } = useHistory();
  const [isAsking, setAsking] = useState(false);
  return (
    <Section title={t("conversations.title")}>
      <p className={css.muted}>{t("history.text")}</p>
      <p className={css.muted}>{t("history.honest")}</p>
      {!canEncrypt() ? (
        <p>{t("history.insecure")}</p>
      ) : key === undefined ? (
        <Skeleton height="5rem" />
      ) : key === null ? (
        <Off onTurnOn={() => setAsking(true)} />
      ) : (
        <On account={account} />
      )}
      <SaveConversations />
      {isAsking && (
        <Suspense>
          <HistorySheet
            onClose={() => setAsking(false)}
            onDone={() => {
              setAsking(false);
              void refresh();
            }}
          />
        </Suspense>
      )}
    </Section>
  );
}

function Off({ onTurnOn }: { onTurnOn: () => void }) {
  const t = useT();
  const { wasDeleted } = useHistory();
  return (
    <>
      {wasDeleted && <p role="status">{t("history.wasDeleted")}</p>}
      <Button onClick={onTurnOn}>{t("history.turnOn")}</Button>
    </>
  );
}

function On({ account }: { account: Address }) {
  const t = useT();
  const stelai = useStelai();
  const { dropAfter } = useSignIn();
  const { sync, refresh } = useHistory();
  const [isDeleting, setDeleting] = useState(false);
  const stop = useMutation({ mutationFn: () => turnOff(stelai, account), onSuccess: refresh });
  const remove = useMutation({
    mutationFn: () => deleteThere(stelai, account),
    onSuccess: async () => {
      setDeleting(false);
      await refresh();
    },
    onError: (error) => void dropAfter(error),
  });
  return (
    <>
      {sync.error instanceof OtherKeyError ? (
        <p role="alert">
          {t("history.otherKey")} {t("history.otherKeyTodo")}
        </p>
      ) : sync.error ? (
        <Failed error={sync.error} />
      ) : sync.data ? (
        <p role="status">{t("history.on", { count: sync.data.count, at: formatMoment(sync.data.at) })}</p>
      ) : (
        <Skeleton width="20rem" />
      )}
      <div className={css.buttons}>
        <Button disabled={sync.isFetching} onClick={() => void sync.refetch()}>
          {t("history.syncNow")}
        </Button>
        <Button disabled={stop.isPending} onClick={() => stop.mutate()}>
          {t("history.stop")}
        </Button>
        <Button variant="danger" onClick={() => setDeleting(true)}>
          {t("history.delete")}
        </Button>
      </div>
      <Dialog
        open={isDeleting}
        onClose={() => setDeleting(false)}
        dismissible={!remove.isPending}
        title={t("history.deleteSure")}
        description={t("history.deleteText")}
        foot={
          <>
            <Button variant="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
              {t("history.deleteConfirm")}
            </Button>
            <Button disabled={remove.isPending} onClick={() => setDeleting(false)}>
              {t("settings.cancel")}
            </Button>
          </>
        }
      >
        {remove.error && <Failed error={remove.error} />}
      </Dialog>
    </>
  );
}

/** What this browser has, as files: needs nobody's leave. */
function SaveConversations() {
  const t = useT();
  const models = useModels({ staleTime: 60_000 });
  const nameOf = (characterId: string) =>
    models.data?.find(({ stelai }) => String(stelai.characterId) === characterId)?.stelai.card?.name ??
    t("character.title", { id: characterId });
  const save = useMutation({
    mutationFn: async (as: "json" | "markdown") => {
      const all = (await readConversations()).map((one) => ({ ...one, name: nameOf(one.characterId) }));
      if (all.length === 0) return false;
      if (as === "json") saveFile("stelai-conversations.json", asJson(all), "application/json");
      else saveFile("stelai-conversations.md", asMarkdown(all, t("history.person")), "text/markdown");
      return true;
    },
  });
  return (
    <>
      <div className={css.buttons}>
        <Button variant="quiet" onClick={() => save.mutate("json")}>
          {t("history.saveJson")}
        </Button>
        <Button variant="quiet" onClick={() => save.mutate("markdown")}>
          {t("history.saveMarkdown")}
        </Button>
      </div>
      {save.isSuccess && <p role="status">{save.data ? t("data.exported") : t("history.nothing")}</p>}
      {save.error && <Failed error={save.error} />}
    </>
  );
}
