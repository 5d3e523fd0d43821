#!/usr/bin/env node
import { serve } from "@hono/node-server";
import { ConfigError, loadConfig } from "./config.ts";
import { startRelayer } from "./start.ts";

try {
  await main();
} catch (error) {
  // What is wrong with the environment is for a person to read, without a trace.
  console.error(
    error instanceof ConfigError || !(error instanceof Error) ? String(error) : (error.stack ?? error.message),
  );
  process.exitCode = 1;
  process.exit();
}

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const relayer = await startRelayer(config);
  const { log, operator } = relayer.services;
  const serverOptions = {
    // A client that sends a header or a byte of its body now and then holds its connection no longer than this.
    headersTimeout: config.HEADERS_TIMEOUT_MS,
    requestTimeout: config.REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: Math.min(5_000, config.HEADERS_TIMEOUT_MS),
  };
  const { HOST: hostname, PORT: port } = config;
  const server = serve({ fetch: relayer.app.fetch, hostname, port, serverOptions }, ({ port }) => {
    const { instance } = relayer.services.metering;
    log.info({ port, operator: operator.address, provider: relayer.services.provider.name, instance }, "listening");
  });
  server.on("error", (error: NodeJS.ErrnoException) => {
    const isBusy = error.code === "EADDRINUSE";
    console.error(isBusy ? `PORT ${config.PORT} is in use. Stop what uses it, or choose another PORT.` : error.message);
    void relayer.stop().finally(() => process.exit(1));
  });

  let isStopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    // A second signal does not wait.
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info({ signal }, "stopping: what is under way may end");
    // Whoever comes meanwhile is told to go to another process, and balancers see that this one is not ready.
    await relayer.drain();
    server.close();
    try {
      await relayer.stop();
      log.info("stopped");
    } catch (error) {
      log.error({ error }, "stopped, but not in order: what is not stored is made good at the next start");
      process.exitCode = 1;
    }
    log.flush(() => process.exit());
  };
  process.on("SIGTERM", (signal) => void stop(signal));
  process.on("SIGINT", (signal) => void stop(signal));
}
