// Gives every part that is loaded on demand its own styles: it asks for them itself, and runs once they are there. So neither the style sheet nor
// the program that is loaded first grows with a part that comes later.
import type { Plugin } from "vite";

/** What a part runs before everything else. Without its styles it still works. */
function ask(file: string): string {
  const href = JSON.stringify(`/${file}`);
  return `await new Promise((done)=>{const link=document.createElement("link");link.rel="stylesheet";link.href=${href};link.onload=link.onerror=done;document.head.append(link)});`;
}

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
