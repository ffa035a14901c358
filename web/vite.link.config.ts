// Builds the page of a link, which shares no file with the page of an account: who has a link loads what shows one note, and nothing else.
import { defineConfig } from "vite";

export default defineConfig({
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    emptyOutDir: false,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: "link.html" },
  },
});
