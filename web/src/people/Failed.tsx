import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";

/** What could not be read from the operator or saved there, and the button that tries again. */
export function Failed({ error, onAgain }: { error: unknown; onAgain?: (() => void) | undefined }) {
  const t = useT();
  const { what, todo, technical } = explain(error);
  return (
    <ErrorState
      what={what}
      money="notInvolved"
      technical={technical}
      actions={onAgain && <Button onClick={onAgain}>{t("chat.again")}</Button>}
    >
      {todo}
    </ErrorState>
  );
}
