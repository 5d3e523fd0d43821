import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.tsx";
import { ConfigProblem } from "./app/ConfigProblem.tsx";
import { keepOneChain } from "./config/chainState.ts";
import { loadConfig } from "./config/load.ts";
import { activateLocale } from "./i18n/index.ts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

const [, config] = await Promise.allSettled([
  activateLocale(),
  loadConfig(),
  // A referral link may lead to any page; what reads it comes only with one.
  /[?&]ref=/.test(location.search) && import("./referrer/arrive.ts"),
]);
if (config.status === "fulfilled") keepOneChain(config.value.chain.genesisHash);
createRoot(root).render(
  <StrictMode>
    {config.status === "fulfilled" ? <App config={config.value} /> : <ConfigProblem error={config.reason} />}
  </StrictMode>,
);
