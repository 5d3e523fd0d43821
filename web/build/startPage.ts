import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin, Rolldown } from "vite";
import { en } from "../src/locales/en/index.ts";

const START = "/src/pages/ExplorePage.tsx";

const style = readFileSync(fileURLToPath(new URL("startPage.css", import.meta.url)), "utf8");

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What stands where the app will be until it runs: the header, and on the start page its title, in their places. */
const drawing = `<div class="start">
        <header>
          <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true">
            <path d="M7 29V13a9 9 0 0 1 18 0v16z" fill="currentColor" />
            <path d="M12 13h8M12 18h8M12 23h5" fill="none" stroke="var(--bg)" stroke-width="1.75" stroke-linecap="square" />
          </svg>
          <span translate="no">${escaped(en["app.name"])}</span>
        </header>
        <main>
          <h1>${escaped(en["explore.title"])}</h1>
          <p>${escaped(en["explore.lead"])}</p>
        </main>
      </div>`;

/** Files of the start page that the frame does not bring: its chunk, what that imports, and their styles. */
function filesOf(bundle: Rolldown.OutputBundle): { scripts: string[]; styles: string[] } {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const withImports = (from: readonly Rolldown.OutputChunk[]): Set<Rolldown.OutputChunk> => {
    const found = new Set(from);
    // A set grows while it is walked.
    for (const { imports } of found) for (const chunk of chunks) if (imports.includes(chunk.fileName)) found.add(chunk);
    return found;
  };
  const frame = withImports(chunks.filter(({ isEntry }) => isEntry));
  const page = chunks.filter(({ facadeModuleId }) => facadeModuleId?.endsWith(START));
  if (page.length === 0) throw new Error(`${START} has no chunk of its own`);
  const added = [...withImports(page)].filter((chunk) => !frame.has(chunk));
  const styles = added.flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]);
  return { scripts: added.map(({ fileName }) => fileName), styles };
}

/**
 * Marks the start page, so that its title is drawn; fetches its files beside the frame, not after it has run, and
 * the catalogue that it shows (src/config/early.ts). On other pages nothing of this is needed.
 */
function scriptFor(bundle: Rolldown.OutputBundle | undefined): string {
  const { scripts, styles } = bundle ? filesOf(bundle) : { scripts: [], styles: [] };
  const files = [...scripts.map((file) => [file, "modulepreload"]), ...styles.map((file) => [file, "preload"])];
  return `
      if (location.pathname === "/") {
        if (!location.search) document.documentElement.dataset.start = "";
        const config = fetch("/config.json", { credentials: "same-origin" });
        const askModels = async () => {
          const { relayerUrl } = await (await config).clone().json();
          const url = relayerUrl.replace(/\\/$/, "") + "/v1/models";
          return { url, response: await fetch(url) };
        };
        // Whatever fails here is asked for again, and told, by the app.
        window.stelaiEarly = { config, models: askModels().catch(() => undefined) };
        for (const [file, rel] of ${JSON.stringify(files)}) {
          const link = document.createElement("link");
          if (rel === "preload") link.as = "style";
          link.rel = rel;
          link.crossOrigin = "";
          link.href = "/" + file;
          document.head.append(link);
        }
      }
    `;
}

/** The start page's first paint without JavaScript, and its chunk fetched in time. */
export function startPage(): Plugin {
  return {
    name: "stelai:start-page",
    transformIndexHtml: {
      order: "post",
      handler: (html, { bundle }) =>
        html
          .replace('<div id="root"></div>', `<div id="root">\n      ${drawing}\n    </div>`)
          // Right after the first script, before any file is named: a script behind a style sheet waits for it.
          .replace("</script>", `</script>\n    <style>\n${style}</style>\n    <script>${scriptFor(bundle)}</script>`),
    },
  };
}
