import { useCallback } from "react";
import { REASONS } from "../chat/ReportDialog.tsx";
import { useT } from "../i18n/react.tsx";

/** What a reason for a report is called, as who reported it chose it. */
export function useReasonWords(): (reason: string) => string {
  const t = useT();
  return useCallback((reason) => (reason in REASONS ? t(REASONS[reason as keyof typeof REASONS]) : reason), [t]);
}
