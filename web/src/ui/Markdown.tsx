import { lazy, Suspense } from "react";
import css from "./Markdown.module.css";

const Rendered = lazy(() => import("./MarkdownRendered.tsx"));

/** Text written in Markdown by a character or a creator. Until the renderer is there, the text as it is. */
export function Markdown({ children }: { children: string }) {
  return (
    <div className={css.markdown} translate="no">
      <Suspense fallback={<p style={{ whiteSpace: "pre-wrap" }}>{children}</p>}>
        <Rendered>{children}</Rendered>
      </Suspense>
    </div>
  );
}
