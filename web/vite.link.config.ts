// Builds the page of a link, which shares no file with the page of an account: who has a link loads what shows one note, and nothing else.
import { defineConfig } from "vite";
import { plainImports } from "./build/imports.ts";
import { wuchale } from "wuchale/vite";

export default defineConfig({
  plugins: [wuchale(), plainImports()],
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    emptyOutDir: false,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: "link.html" },
  },
});
