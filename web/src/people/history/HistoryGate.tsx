import { lazy, Suspense } from "react";
import { useSignIn } from "../../access/SignInProvider.tsx";

const HistorySync = lazy(() => import("./HistorySync.tsx"));

/** Fetches what synchronises conversations only where someone is signed in. */
export function HistoryGate() {
  const { status } = useSignIn();
  if (status !== "in") return null;
  return (
    <Suspense>
      <HistorySync />
    </Suspense>
  );
}
