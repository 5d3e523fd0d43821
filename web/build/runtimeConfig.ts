import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";

/**
 * Serves `/config.json` from a file outside the build, in development and preview, read anew for each request.
 * Without a file it answers 404, as a host without configuration would, rather than the page itself.
 * @param file Absolute path, from `STELAI_WEB_CONFIG`.
 */
export function runtimeConfig(file: string | undefined): Plugin {
  const serve = async (_request: IncomingMessage, response: ServerResponse) => {
    response.setHeader("cache-control", "no-store");
    response.setHeader("content-type", "application/json");
    try {
      if (!file) throw new Error("STELAI_WEB_CONFIG is not set");
      response.end(await readFile(file));
    } catch (cause) {
      response.statusCode = 404;
      response.end(JSON.stringify({ error: cause instanceof Error ? cause.message : String(cause) }));
    }
  };
  return {
    name: "stelai:runtime-config",
    configureServer: (server) => void server.middlewares.use("/config.json", serve),
    configurePreviewServer: (server) => void server.middlewares.use("/config.json", serve),
  };
}
