import { createHash } from "node:crypto";
import { html, raw } from "hono/html";

/** What a shared page says, all of it plain text, and where it leads. */
export type SharePage = {
  title: string;
  description: string;
  /** Of the page itself, of its picture, and of the dApp's page that it sends people on to. */
  url: string;
  imageUrl: string;
  target: string;
};

const STYLE = `
body { margin: 0; background: #f6f3ec; color: #1e1b16; font: 1.125rem/1.5 system-ui, sans-serif; }
main { max-width: 42rem; margin: 0 auto; padding: 3rem 1.25rem; }
h1 { font-size: 1.75rem; line-height: 1.25; overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; border-radius: 4px; }
a { color: #0b6557; }
`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

export const PAGE_HEADERS = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": `default-src 'none'; img-src 'self'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "public, max-age=300",
} as const;

/**
 * The page as HTML: with Open Graph and Twitter tags for programs that show links, and a way on for people. Every text is
 * escaped.
 */
export function sharePage({ title, description, url, imageUrl, target }: SharePage): string {
  const imagePath = new URL(imageUrl).pathname;
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Stelai</title>
<meta name="description" content="${description}">
<meta property="og:type" content="website">
<meta property="og:site_name" content="Stelai">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${url}">
<meta property="og:image" content="${imageUrl}">
<meta property="og:image:type" content="image/png">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="${title}">
<meta name="twitter:card" content="summary_large_image">
<meta name="twitter:title" content="${title}">
<meta name="twitter:description" content="${description}">
<meta name="twitter:image" content="${imageUrl}">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0;url=${target}">
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${description}</p>
<p><a href="${target}">Open it in Stelai</a></p>
<img src="${imagePath}" alt="" width="1200" height="630">
</main>
</body>
</html>
`);
}
