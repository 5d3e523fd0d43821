import { useT } from "../i18n/react.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ReviewList } from "./ReviewList.tsx";
import type { ReviewSubject } from "./subject.ts";

/** Every review of a character: its histogram, sorted, a page at a time. Drawn only while open. */
export default function AllReviews({ subject, onClose }: { subject: ReviewSubject; onClose: () => void }) {
  const t = useT();
  return (
    <Dialog open onClose={onClose} kind="panel" title={t("reviews.of", { name: subject.name })}>
      <ReviewList subject={subject} />
    </Dialog>
  );
}
