import type { ComponentProps } from "react";
import { Link as RouterLink } from "wouter";
import { preload } from "../app/routes.ts";
import { type ButtonProps, buttonClass } from "./Button.tsx";
import { cx } from "./cx.ts";
import css from "./Link.module.css";

export interface LinkProps extends Omit<ComponentProps<"a">, "href"> {
  href: string;
  /** `plain` has neither colour nor line, for cards and navigation. */
  look?: "text" | "plain";
}

/** A link, inside the dApp by route, outside in a tab of its own. The page behind it is fetched on approach. */
export function Link({ href, look = "text", className, ...rest }: LinkProps) {
  const classes = cx(look === "text" ? css.link : css.plain, className);
  if (!href.startsWith("/")) {
    const outside = href.startsWith("#") ? {} : { target: "_blank", rel: "noreferrer" };
    return <a {...rest} {...outside} href={href} className={classes} />;
  }
  return (
    <RouterLink
      {...rest}
      href={href}
      className={classes}
      onPointerEnter={() => preload(href)}
      onFocus={() => preload(href)}
    />
  );
}

/** A link that looks like a button. */
export function ButtonLink({
  href,
  variant,
  size,
  wide,
  className,
  ...rest
}: LinkProps & Pick<ButtonProps, "variant" | "size" | "wide">) {
  const look = buttonClass({ ...(variant && { variant }), ...(size && { size }), ...(wide && { wide }) });
  return <Link {...rest} href={href} look="plain" className={cx(look, className)} />;
}
