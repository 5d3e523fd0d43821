import { createHash } from "node:crypto";
import { Hono } from "hono";
import { html, raw } from "hono/html";
import { type AppEnv, json } from "../http.ts";
import { NOT_KEPT, type PrivacyFacts, privacyFacts } from "../people/privacy.ts";
import type { Services } from "../services.ts";

const STYLE = `
:root { color-scheme: light dark; --text: #1d1b18; --soft: #5c564e; --ground: #faf8f4; --line: #ddd6ca; }
@media (prefers-color-scheme: dark) {
  :root { --text: #eeeae3; --soft: #b0a99d; --ground: #171512; --line: #3a352e; }
}
body { margin: 0; background: var(--ground); color: var(--text); font: 1.0625rem/1.6 system-ui, sans-serif; }
main { max-width: 42rem; margin: 0 auto; padding: 3rem 1.25rem 5rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 0.5rem; }
h2 { font-size: 1.25rem; margin: 3rem 0 0.5rem; }
p, dd { margin: 0; }
.soft { color: var(--soft); }
.address { font-family: ui-monospace, monospace; font-size: 0.9em; overflow-wrap: anywhere; }
dl { margin: 0; }
dl > div { padding: 1rem 0; border-top: 1px solid var(--line); }
dt { font-weight: 600; }
.kept { color: var(--soft); font-size: 0.9375rem; margin-top: 0.25rem; }
`;

const HEADERS = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "public, max-age=300",
} as const;

/** What the operator sees and keeps: `GET /privacy` as a page, `GET /v1/privacy` as JSON. */
export function privacyRoutes({
  config,
  operator,
  provider,
  media,
}: Pick<Services, "config" | "operator" | "provider" | "media">): Hono<AppEnv> {
  const facts = privacyFacts(config, operator.address, { provider, media });
  const page = String(render(facts));
  return new Hono<AppEnv>()
    .get("/v1/privacy", () => json(facts, 200, { "Cache-Control": HEADERS["Cache-Control"] }))
    .get("/privacy", () => new Response(page, { headers: HEADERS }));
}

function render({ operator, contact, sections }: PrivacyFacts) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What this operator sees and keeps</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
<h1>What this operator sees and keeps</h1>
<p class="soft">Operator <span class="address">${operator}</span>${contact === null ? "" : html`, reached at ${contact}`}</p>
${sections.map(
  ({ title, facts }) => html`<section>
<h2>${title}</h2>
<dl>
${facts.map(
  ({ what, detail, kept }) => html`<div>
<dt>${what}</dt>
<dd>${detail}</dd>
<dd class="kept">${kept === NOT_KEPT ? "Not kept" : `Kept: ${kept}`}</dd>
</div>
`,
)}</dl>
</section>
`,
)}</main>
</body>
</html>
`;
}
