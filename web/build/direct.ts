// Loads a part by its own file. A part that shares a file with others has a second one, which only names it: that would take another round trip.
import type { Plugin } from "vite";

/** The program of a file that only hands on what another exports. */
const ONLY_NAMES = /^export\s*\{([^}]*)\}\s*from\s*"\.\/([^"]+)";?\s*$/;

/** `a as b, c` as the fields of what an import gives. */
function fieldsOf(names: string): string {
  return names
    .split(",")
    .map((name) => name.trim().split(/\s+as\s+/))
    .map(([from, to = from]) => `${to}:m.${from}`)
    .join();
}

export function direct(): Plugin {
  return {
    name: "direct-imports",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
        const needed = new Set(chunks.flatMap(({ imports }) => imports));
        const targets = new Map<string, string>();
        for (const { fileName, code, isEntry } of chunks) {
          const [, names, target] = ONLY_NAMES.exec(code) ?? [];
          if (!names || !target || isEntry || needed.has(fileName)) continue;
          targets.set(
            fileName.slice(fileName.lastIndexOf("/") + 1),
            `import("./${target}").then(m=>({${fieldsOf(names)}}))`,
          );
          delete bundle[fileName];
        }
        // The names of the files stay right: each depends on the names of what it imports, and those on theirs.
        for (const chunk of chunks)
          chunk.code = chunk.code.replace(
            /import\([`"']\.\/([^`"']+)[`"']\)/g,
            (whole, file: string) => targets.get(file) ?? whole,
          );
      },
    },
  };
}
