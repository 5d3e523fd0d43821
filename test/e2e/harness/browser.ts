/** A Chromium for browser tests and Lighthouse: the system's where there is one, else the one that npm brought. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { freePort } from "./ports.ts";

const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** No call home, no services in the background, and no sandbox that a container would refuse. */
const ARGS = [
  "--no-sandbox",
  "--no-zygote",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--no-default-browser-check",
  "--no-pings",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--font-render-hinting=none",
];

/** Where an executable is, the environment it needs, and how to take away what was unpacked for it. */
interface Executable {
  path: string;
  environment: Record<string, string>;
  remove: () => void;
}

export interface LaunchedBrowser {
  browser: Browser;
  /** DevTools port on 127.0.0.1, for Lighthouse. */
  debuggingPort: number;
  close: () => Promise<void>;
}

function environmentNow(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** The package's own font configuration looks in fixed folders; without a single font Chromium dies at an input. */
const fontConfiguration = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;

/**
 * Unpacks the Chromium of `@sparticuz/chromium` into a fresh folder: the package reuses whatever binary it finds in
 * TMPDIR, and brings its own libraries only when it believes it runs on Lambda. Both are told by the environment,
 * which is put back afterwards.
 */
async function unpacked(): Promise<Executable> {
  const folder = mkdtempSync(join(tmpdir(), "stelai-chromium-"));
  const before = environmentNow();
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" });
  delete process.env.FONTCONFIG_PATH;
  try {
    // Imported once in a process, the package sets its paths up at once; a second launch sets them up here.
    const { default: packaged, setupLambdaEnvironment } = await import("@sparticuz/chromium");
    const path = await packaged.executablePath();
    setupLambdaEnvironment(join(folder, "al2023", "lib"));
    writeFileSync(join(folder, "fonts", "fonts.conf"), fontConfiguration(folder));
    const environment = { ...environmentNow(), FONTCONFIG_PATH: join(folder, "fonts") };
    return { path, environment, remove: () => rmSync(folder, { recursive: true, force: true }) };
  } finally {
    for (const key of Object.keys(process.env)) if (!(key in before)) delete process.env[key];
    Object.assign(process.env, before);
  }
}

async function findExecutable(): Promise<Executable> {
  const path = SYSTEM.find(existsSync);
  return path ? { path, environment: environmentNow(), remove: () => undefined } : unpacked();
}

/** Starts a headless Chromium. Close it: that also removes what was unpacked for it. */
export async function launchBrowser(): Promise<LaunchedBrowser> {
  const [{ path, environment, remove }, debuggingPort] = await Promise.all([findExecutable(), freePort()]);
  try {
    const browser = await chromium.launch({
      executablePath: path,
      args: [...ARGS, `--remote-debugging-port=${debuggingPort}`],
      env: environment,
    });
    return {
      browser,
      debuggingPort,
      async close() {
        await browser.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
