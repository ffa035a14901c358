import { readFileSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

const service = process.env["NOTES_SERVICE"] ?? "http://127.0.0.1:8080";
// The host stays that of the page: the service compares it with `Origin`.
const proxy = { "/api": { target: service, changeOrigin: false }, "/docs": { target: service, changeOrigin: false } };
const policy = readFileSync(new URL("csp.txt", import.meta.url), "utf8").trim();

export default defineConfig({
  plugins: [svelte()],
  build: {
    target: "es2023",
    // The page may load nothing from `data:` but images, and every file is hashed.
    assetsInlineLimit: 0,
    // One style sheet: parts that come later need no second one, and no program that waits for it.
    cssCodeSplit: false,
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, files, { hostType }) => (hostType === "html" ? files : []),
    },
  },
  server: { port: 5173, proxy },
  preview: { port: 4173, headers: { "Content-Security-Policy": policy }, proxy },
});
