/**
 * What the start page's own script asked for while this code was still on its way (build/startPage.ts). Each answer
 * serves once; without one, everything is asked for as usual.
 */
export interface Early {
  config?: Promise<Response> | undefined;
  /** The relayer's catalogue and its address; undefined when there is no usable configuration. */
  models?: Promise<{ url: string; response: Response } | undefined> | undefined;
}

declare global {
  interface Window {
    stelaiEarly?: Early;
  }
}

/** The answer for `/config.json` that is on its way, if one is. */
export function takeEarlyConfig(early = window.stelaiEarly): Promise<Response> | undefined {
  const config = early?.config;
  if (early) early.config = undefined;
  return config;
}

/** `fetch`, which takes the catalogue that was asked for early, once. */
export const fetchWithEarly: typeof fetch = async (input, init) => {
  const early = window.stelaiEarly;
  if (early?.models && typeof input === "string" && input.endsWith("/v1/models")) {
    const models = await early.models;
    early.models = undefined;
    if (models?.url === input && models.response.ok) return models.response;
  }
  return fetch(input, init);
};
