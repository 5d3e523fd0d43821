import "../feedback/words.ts";
import { Page } from "../app/Page.tsx";
import css from "../feedback/Feedback.module.css";
import { FeedbackForm } from "../feedback/FeedbackForm.tsx";
import { OwnFeedback } from "../feedback/OwnFeedback.tsx";
import { useT } from "../i18n/react.tsx";
import { Link } from "../ui/Link.tsx";

/** What people tell the operator, and what became of it. */
export default function FeedbackPage() {
  const t = useT();
  return (
    <Page title={t("feedback.title")} lead={t("feedback.lead")} width="text">
      <div className={css.page}>
        <FeedbackForm />
        <OwnFeedback />
        <p>
          <Link href="/contributions">{t("feedback.howEarn")}</Link>
        </p>
      </div>
    </Page>
  );
}
