import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { catalogues } from "./build/catalogues.ts";
import { contentSecurityPolicy } from "./build/contentSecurityPolicy.ts";
import { preloadFonts } from "./build/preloadFonts.ts";
import { pushWorker } from "./build/pushWorker.ts";
import { runtimeConfig } from "./build/runtimeConfig.ts";
import { startPage } from "./build/startPage.ts";

export default defineConfig({
  plugins: [
    react(),
    catalogues(),
    runtimeConfig(process.env.STELAI_WEB_CONFIG),
    preloadFonts(),
    startPage(),
    pushWorker(),
    contentSecurityPolicy(),
  ],
  resolve: { alias: { "@reown/appkit/core": fileURLToPath(new URL("build/noModal.ts", import.meta.url)) } },
  server: { host: "127.0.0.1" },
  preview: { host: "127.0.0.1" },
  build: {
    target: "baseline-widely-available",
    // Fonts stay files of their own: they are preloaded and cached apart.
    assetsInlineLimit: 0,
    // Which chunks a page needs: what is preloaded, and what the bundle benchmark counts.
    manifest: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page needs comes in two files, not in fifty that wait for each other's connection.
          groups: [
            { name: "libraries", tags: ["$initial"], test: /[\\/]node_modules[\\/]/ },
            { name: "frame", tags: ["$initial"], test: /[\\/](?:web[\\/]src[\\/](?!main\.tsx)|sdk[\\/]src[\\/])/ },
          ],
        },
      },
    },
  },
});
