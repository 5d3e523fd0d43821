import "../creator/manage/words.ts";
import "../creator/words.ts";
import { useState } from "react";
import { Page } from "../app/Page.tsx";
import { writePending } from "../creator/knowledge/files.ts";
import { useDraft } from "../creator/useDraft.ts";
import { Published, type PublishedCharacter } from "../creator/wizard/Published.tsx";
import { Wizard } from "../creator/wizard/Wizard.tsx";
import { useT } from "../i18n/react.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";

/** Publishing a character. */
export default function PublishPage() {
  const t = useT();
  const [published, setPublished] = useState<PublishedCharacter>();
  const progress = useDraft();
  const { draft, discard } = progress;
  const isTool = draft.modality !== "Chat";
  if (published) return <Published {...published} onAnother={() => setPublished(undefined)} />;
  return (
    <Page title={t(isTool ? "tools.title" : "publish.title")} lead={t(isTool ? "tools.lead" : "publish.lead")}>
      {progress.isReady ? (
        <Wizard
          {...progress}
          onPublished={(id) => {
            const { modality, visibility } = draft;
            // What was chosen for a character before it became a tool goes with the draft.
            const files = modality === "Chat" ? draft.files : [];
            const show = () => {
              setPublished({ id, name: draft.name.trim(), modality, visibility });
              // Its files go on to the character: they are no longer the draft's to forget.
              discard({ keepFiles: modality === "Chat" });
            };
            // A device that cannot remember them still has them in this page's list; the character is there either way.
            void writePending(id, files).then(show, show);
          }}
        />
      ) : (
        <Skeleton height="40rem" />
      )}
    </Page>
  );
}
