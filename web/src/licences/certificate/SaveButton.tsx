import { FileDown } from "lucide-react";
import { useState } from "react";
import { useT } from "../../i18n/react.tsx";
import { fileNameOf } from "../../studio/files.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { useToast } from "../../ui/Toast.tsx";
import css from "./Certificate.module.css";
import { type CertificateOf, certificateSheet } from "./compose.ts";

/** Makes the certificate's PDF here and saves it; what writes it is fetched only then. */
export function SaveButton({ about, picture }: { about: CertificateOf; picture: string | undefined }) {
  const t = useT();
  const echo = useToast();
  const [state, setState] = useState<{ at: "idle" | "saving" } | { at: "failed"; why: string }>({ at: "idle" });
  const save = async () => {
    setState({ at: "saving" });
    try {
      const { saveCertificate } = await import("./save.ts");
      const name = fileNameOf(`${about.title} licence ${about.licence.licenceId}`, "licence", "pdf");
      await saveCertificate(name, certificateSheet(about, t), picture);
      setState({ at: "idle" });
      echo(t("certificate.saved"));
    } catch (error) {
      setState({ at: "failed", why: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <div className={css.save}>
      <Button
        icon={FileDown}
        disabled={state.at === "saving"}
        aria-busy={state.at === "saving"}
        onClick={() => void save()}
      >
        {t(state.at === "saving" ? "certificate.saving" : "certificate.save")}
      </Button>
      {state.at === "failed" && (
        <ErrorState what={t("certificate.saveFailed")} money="notInvolved" technical={state.why}>
          {t("certificate.saveFailedText")}
        </ErrorState>
      )}
    </div>
  );
}
