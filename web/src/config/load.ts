import { takeEarlyConfig } from "./early.ts";
import { type AppConfig, InvalidConfigError, parseConfig } from "./schema.ts";

/** Thrown when `/config.json` is missing, unreachable or no JSON. */
export class ConfigUnavailableError extends Error {
  override readonly name = "ConfigUnavailableError";
}

/**
 * Fetches the host's configuration.
 * @throws {ConfigUnavailableError} when there is none. @throws {InvalidConfigError} when a field is wrong.
 */
export async function loadConfig(url = "/config.json"): Promise<AppConfig> {
  let value: unknown;
  try {
    const response = await (takeEarlyConfig() ?? fetch(url, { credentials: "same-origin" }));
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    value = await response.json();
  } catch (cause) {
    throw new ConfigUnavailableError("/config.json cannot be read", { cause });
  }
  return parseConfig(value);
}

export { InvalidConfigError };
