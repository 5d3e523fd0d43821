/** Serves the built dApp: `node scripts/dev/webServer.ts <port> <config.json>`. Every unknown path is the app's. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { secureHeaders } from "hono/secure-headers";

const [port, configFile] = process.argv.slice(2);
if (!port || !configFile) throw new Error("usage: node scripts/dev/webServer.ts <port> <config.json>");
const dist = fileURLToPath(new URL("../../web/dist", import.meta.url));

const app = new Hono();
app.use(compress());
app.use(secureHeaders({ crossOriginResourcePolicy: false }));
app.get("/config.json", (context) => {
  context.header("Cache-Control", "no-store");
  return context.body(readFileSync(configFile, "utf8"), 200, { "Content-Type": "application/json" });
});
app.use("/assets/*", async (context, next) => {
  await next();
  if (context.res.status === 200) context.header("Cache-Control", "public, max-age=31536000, immutable");
});
app.use(serveStatic({ root: dist }));
app.get("/assets/*", (context) => context.notFound());
// Read anew each time, as its chunks are: a build beside a running server must not leave it with names of old ones.
app.get("*", (context) => context.html(readFileSync(`${dist}/index.html`, "utf8")));

const server = serve({ fetch: app.fetch, port: Number(port), hostname: "127.0.0.1" }, ({ port: actual }) =>
  console.log(`The dApp is served on http://127.0.0.1:${actual}`),
);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => server.close(() => process.exit(0)));
