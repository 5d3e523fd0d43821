import { type ComponentType, cloneElement, type HTMLAttributes, type ReactElement, useState } from "react";
import { useT } from "../i18n/react.tsx";
import { useToast } from "./Toast.tsx";

export interface OnDemandProps<Props extends { trigger: ReactElement }> {
  /** What it becomes with the first press, open; fetched as the pointer or the focus comes near. */
  load: () => Promise<{ default: ComponentType<Props> }>;
  props: Props;
  popup: "menu" | "dialog";
}

/** A button whose menu or popover is fetched when it is wanted: nothing that opens counts to the first load. */
export function OnDemand<Props extends { trigger: ReactElement }>({ load, props, popup }: OnDemandProps<Props>) {
  const t = useT();
  const echo = useToast();
  const [Opened, setOpened] = useState<ComponentType<Props>>();
  if (Opened) return <Opened {...props} />;

  const prepare = () => void load().catch(() => undefined);
  const open = () => {
    load().then(
      (module) => setOpened(() => module.default),
      () => echo(t("app.notFetched")),
    );
  };
  return cloneElement(props.trigger as ReactElement<HTMLAttributes<HTMLElement>>, {
    "aria-haspopup": popup,
    "aria-expanded": false,
    onPointerEnter: prepare,
    onFocus: prepare,
    onClick: open,
    onKeyDown: (event) => {
      if (popup === "menu" && event.key === "ArrowDown") open();
    },
  });
}
