// Names what is seen first before everything else that the page's head asks for, and writes the icon into the page: a browser that speaks HTTP 1 asks
// for six files at a time, and asks for the icon of a page twice.
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const icon = new URL("../public/icon.svg", import.meta.url);
/** The program and the style sheet, as Vite lists them at the end of the head. */
const FIRST = /\s*<(?:script type="module"|link rel="stylesheet") crossorigin (?:src|href)="[^"]+">(?:<\/script>)?/g;
/** The first thing that the page asks for. */
const BEFORE = /(?=\s*<script src="\/theme\.js">)/;

/** An SVG as an address; only what ends an attribute or means something in an address is escaped. */
function addressOf(svg: string): string {
  return `data:image/svg+xml,${svg.trim().replace(/["#%<>&]/g, (sign) => (sign === '"' ? "'" : encodeURIComponent(sign)))}`;
}

export function head(): Plugin {
  return {
    name: "head",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html) {
        const first = html.match(FIRST);
        const [program, sheet] = first ?? [];
        if (first?.length !== 2 || !program || !sheet?.includes("stylesheet") || !BEFORE.test(html))
          throw new Error(`the head of the page is written in another way now: ${first?.join()}`);
        const address = addressOf(readFileSync(icon, "utf8"));
        return html
          .replace(FIRST, "")
          .replace(BEFORE, () => sheet + program)
          .replaceAll('"/icon.svg"', () => `"${address}"`);
      },
    },
  };
}
