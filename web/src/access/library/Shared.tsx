import { CharacterCard, CharacterCardSkeleton } from "../../explore/CharacterCard.tsx";
import { useT } from "../../i18n/react.tsx";
import { explain } from "../../stelai/explain.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { StoppedError } from "../../wallet/errors.ts";
import { useSignIn } from "../SignInProvider.tsx";
import { useShared } from "../useShared.ts";
import css from "./Library.module.css";

/** Private characters that the account may use: shown by the operator to who is signed in. */
export function Shared() {
  const t = useT();
  const signIn = useSignIn();
  const shared = useShared();
  if (signIn.status === "out") {
    const ask = () =>
      void signIn.require("signIn.why.shared").catch((error: unknown) => {
        if (!(error instanceof StoppedError)) throw error;
      });
    return (
      <EmptyState
        title={t("library.signIn")}
        actions={
          <Button variant="primary" onClick={ask}>
            {t("signIn.action")}
          </Button>
        }
      >
        {t("library.signInText")}
      </EmptyState>
    );
  }
  if (shared.error && !shared.data) {
    const failed = explain(shared.error);
    return (
      <ErrorState
        what={failed.what}
        money="notInvolved"
        technical={failed.technical}
        actions={<Button onClick={() => void shared.refetch()}>{t("chat.again")}</Button>}
      >
        {failed.todo}
      </ErrorState>
    );
  }
  if (!shared.data) {
    return (
      <div className={css.grid} aria-busy>
        <CharacterCardSkeleton />
        <CharacterCardSkeleton />
      </div>
    );
  }
  if (shared.data.length === 0) {
    return <EmptyState title={t("library.noShared")}>{t("library.noSharedText")}</EmptyState>;
  }
  return (
    <ul className={css.grid}>
      {shared.data.map((model) => (
        <li key={model.id}>
          <CharacterCard model={model} />
        </li>
      ))}
    </ul>
  );
}
