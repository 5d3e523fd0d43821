import { createHash } from "node:crypto";
import type { Plugin } from "vite";

/** Where the page may connect is known only at run time (`/config.json`), so connections are limited by scheme. */
const CONNECT = "'self' https: wss: http://127.0.0.1:* http://localhost:* ws://127.0.0.1:* ws://localhost:*";

/** Adds a Content-Security-Policy to the built page that names its inline scripts by their hash. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: "stelai:content-security-policy",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html) {
        const hashes = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
          ([, script = ""]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
        );
        const policy = [
          "default-src 'self'",
          `script-src 'self' ${hashes.join(" ")}`,
          // React and Radix set positions as style attributes.
          "style-src 'self' 'unsafe-inline'",
          "img-src 'self' data: blob: https: http://127.0.0.1:* http://localhost:*",
          // What was made plays from the relayer that made it.
          "media-src 'self' blob: https: http://127.0.0.1:* http://localhost:*",
          `connect-src ${CONNECT}`,
          // WalletConnect's own check of the page's address.
          "frame-src https://verify.walletconnect.com https://verify.walletconnect.org",
          "object-src 'none'",
          "base-uri 'none'",
          "form-action 'self'",
        ].join("; ");
        return html.replace("<head>", `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`);
      },
    },
  };
}
