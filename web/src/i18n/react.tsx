import { Trans, useLingui } from "@lingui/react";
import { type ReactElement, useCallback } from "react";
import type { MessageId } from "../locales/en/index.ts";
import type { Message, MessageValues } from "./index.ts";

/** Returns `t(id, values)`, which says a message of the catalogue in the active language. */
export function useT(): (id: MessageId, values?: MessageValues) => string {
  const { i18n } = useLingui();
  return useCallback((id, values) => i18n._(id, values), [i18n]);
}

/** A message as text; with `components`, rich text: `<link>…</link>` in the message becomes that element. */
export function T(props: Message & { components?: Record<string, ReactElement> | undefined }) {
  return <Trans id={props.id} values={props.values ?? {}} components={props.components ?? {}} />;
}
