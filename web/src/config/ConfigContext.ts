import { createContext, useContext } from "react";
import type { AppConfig } from "./schema.ts";

const ConfigContext = createContext<AppConfig | undefined>(undefined);

export const ConfigProvider = ConfigContext.Provider;

/** The host's configuration, which is loaded before anything is drawn. */
export function useAppConfig(): AppConfig {
  const config = useContext(ConfigContext);
  if (!config) throw new Error("useAppConfig outside of ConfigProvider");
  return config;
}
