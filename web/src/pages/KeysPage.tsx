import "../credits/buyingWords.ts";
import "../keys/words.ts";
import { useState } from "react";
import { Page } from "../app/Page.tsx";
import { useT } from "../i18n/react.tsx";
import { CreateKeySheet } from "../keys/CreateKeySheet.tsx";
import { Keys, KeysSkeleton } from "../keys/Keys.tsx";
import { NewKeyDialog } from "../keys/NewKeyDialog.tsx";
import { SignInGate } from "../people/SignInGate.tsx";

/** The account's API keys. */
export default function KeysPage() {
  const t = useT();
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<string>();
  return (
    <Page title={t("keys.title")} lead={t("keys.lead")}>
      <SignInGate
        title={t("keys.signIn")}
        text={t("keys.signInText")}
        action={t("keys.signInAction")}
        why="signIn.why.keys"
        skeleton={<KeysSkeleton />}
      >
        <Keys onMake={() => setMaking(true)} />
      </SignInGate>
      {/* Beside the gate, which looks again while a wallet settles in: a key that is shown once must not go with it. */}
      {isMaking && (
        <CreateKeySheet
          onClose={() => setMaking(false)}
          onMade={(key) => {
            setMaking(false);
            setMade(key);
          }}
        />
      )}
      {made !== undefined && <NewKeyDialog apiKey={made} onClose={() => setMade(undefined)} />}
    </Page>
  );
}
