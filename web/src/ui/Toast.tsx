import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";
import css from "./Toast.module.css";

const SHOWN_FOR_MS = 5_000;

type Echo = (text: string) => void;

const ToastContext = createContext<Echo | undefined>(undefined);

/** Holds the place where toasts appear; wraps the whole page once. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly { id: number; text: string }[]>([]);
  const next = useRef(0);
  const echo = useCallback<Echo>((text) => {
    const id = next.current++;
    setToasts((shown) => [...shown.slice(-2), { id, text }]);
    window.setTimeout(() => setToasts((shown) => shown.filter((toast) => toast.id !== id)), SHOWN_FOR_MS);
  }, []);
  return (
    <ToastContext.Provider value={echo}>
      {children}
      <div className={css.region} role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div key={toast.id} className={css.toast}>
            {toast.text}
          </div>
        ))}
      </div>
    </ToastContext.Provider>
  );
}

/** Returns `echo(text)`, which repeats briefly what the page itself says in place (UX 1.7): never the only word. */
export function useToast(): Echo {
  const echo = useContext(ToastContext);
  if (!echo) throw new Error("useToast outside of ToastProvider");
  return echo;
}
