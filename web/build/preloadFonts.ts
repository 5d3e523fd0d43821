import type { Plugin } from "vite";

/** The fonts of the first screen: interface and titles, Latin, upright. */
const FIRST = /(schibsted-grotesk-latin-wght-normal|literata-latin-wght-normal)-[^/]*\.woff2$/;

/** Lets the browser fetch the first screen's fonts beside the styles that name them, not after. */
export function preloadFonts(): Plugin {
  return {
    name: "stelai:preload-fonts",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle = {} }) =>
        Object.keys(bundle)
          .filter((file) => FIRST.test(file))
          .map((file) => ({
            tag: "link",
            attrs: { rel: "preload", href: `/${file}`, as: "font", type: "font/woff2", crossorigin: "anonymous" },
            injectTo: "head" as const,
          })),
    },
  };
}
