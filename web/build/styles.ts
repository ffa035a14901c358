// Gives every part that is loaded on demand its own styles: it asks for them itself, and runs once they are there. So neither the style sheet nor
// the program that is loaded first grows with a part that comes later.
import { createHash } from "node:crypto";
import type { Plugin, Rolldown } from "vite";

/** What a part runs before everything else. Without its styles it still works. */
function ask(file: string): string {
  const href = JSON.stringify(`/${file}`);
  return `await new Promise((done)=>{const link=document.createElement("link");link.rel="stylesheet";link.href=${href};link.onload=link.onerror=done;document.head.append(link)});`;
}

/** Parts that are needed right after the first file: theirs come with the first sheet, which needs no round trip of its own. */
const NEXT = new Set(["markdown", "forms"]);

export function styles(): Plugin {
  return {
    name: "styles-of-parts",
    apply: "build",
    enforce: "pre",
    generateBundle: {
      // Before Vite lists the styles of all parts in what is loaded first.
      order: "pre",
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
        const first = new Set(
          chunks.filter(({ isEntry }) => isEntry).flatMap(({ fileName, imports }) => [fileName, ...imports]),
        );
        const sheet = Object.values(bundle).find(({ fileName }) => /^assets\/notes-[^/]+\.css$/.test(fileName));
        const next = chunks.filter(({ name }) => NEXT.has(name)).map(({ viteMetadata }) => viteMetadata!.importedCss);
        if (sheet?.type === "asset") {
          const names = new Set([sheet.fileName, ...next.flatMap((sheets) => [...sheets])]);
          const source = [...names].map((name) => (bundle[name] as Rolldown.OutputAsset).source).join("\n");
          const fileName = `assets/notes-${createHash("sha256").update(source).digest("base64url").slice(0, 8)}.css`;
          for (const name of names) delete bundle[name];
          this.emitFile({ type: "asset", fileName, source });
          for (const chunk of chunks) {
            const sheets = chunk.viteMetadata?.importedCss;
            if (sheets?.delete(sheet.fileName)) sheets.add(fileName);
          }
          for (const sheets of next) sheets.clear();
        }
        for (const chunk of chunks) {
          const sheets = chunk.viteMetadata?.importedCss;
          if (first.has(chunk.fileName) || !sheets) continue;
          chunk.code = [...sheets].map(ask).join("") + chunk.code;
          // The name of the chunk depends on theirs: Vite has seen to that.
          sheets.clear();
        }
      },
    },
  };
}
