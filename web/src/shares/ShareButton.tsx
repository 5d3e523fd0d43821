import "./words.ts";
import type { ShareRequest } from "@stelai/sdk";
import { Share2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";

const ShareDialog = lazy(() => import("./ShareDialog.tsx"));

/** The button that opens what is needed to share a work or a character. */
export default function ShareButton({ what, title }: { what: ShareRequest; title: string }) {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="quiet" size="small" icon={Share2} onClick={() => setOpen(true)}>
        {t("shares.share")}
      </Button>
      {isOpen && (
        <Suspense>
          <ShareDialog what={what} title={title} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
