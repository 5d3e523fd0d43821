import { SendHorizontal, Square } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef } from "react";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import css from "./Composer.module.css";

export interface ComposerProps {
  name: string;
  text: string;
  onText: (text: string) => void;
  onSend: () => void;
  onStop: () => void;
  isStreaming: boolean;
  /** On the button: "Send · ≤ 0.4". */
  action: string;
  /** False while the price is not known or the message is empty. */
  canSend: boolean;
}

/** Where one writes. Enter sends, Shift and Enter begin a new line; the most it can cost stands on the button. */
export function Composer({ name, text, onText, onSend, onStop, isStreaming, action, canSend }: ComposerProps) {
  const t = useT();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.blockSize = "auto";
    element.style.blockSize = `${Math.min(element.scrollHeight, 200)}px`;
  });
  const send = () => {
    if (canSend && !isStreaming) onSend();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form className={css.composer} onSubmit={submit}>
      <label className={css.label} htmlFor={id}>
        {t("chat.messageTo", { name })}
      </label>
      <textarea
        id={id}
        ref={area}
        className={css.area}
        rows={1}
        value={text}
        placeholder={t("chat.messageTo", { name })}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={key}
      />
      {isStreaming ? (
        <Button icon={Square} onClick={onStop}>
          {t("chat.stop")}
        </Button>
      ) : (
        <Button type="submit" variant="primary" icon={SendHorizontal} disabled={!canSend}>
          {action}
        </Button>
      )}
    </form>
  );
}
