// Puts the few lines of the bundler's own into the files that use them: in a file of their own, they would be one more request before anything is seen.
import type { Plugin } from "vite";

const OWN = /^assets\/rolldown-runtime-[^/]+\.js$/;

/** The program of the bundler's file as an expression that has what it exports. */
function expressionOf(code: string): string {
  const [whole, names] = /export\s*\{([^}]*)\};?\s*$/.exec(code) ?? [];
  if (!whole || names === undefined) throw new Error(`the bundler's own file exports nothing: ${code}`);
  const fields = names.split(",").map((name) => {
    const [from, to = from] = name.trim().split(/\s+as\s+/);
    return `${to}:${from}`;
  });
  return `(()=>{${code.slice(0, -whole.length)}return{${fields.join()}}})()`;
}

export function runtime(): Plugin {
  return {
    name: "bundlers-own",
    apply: "build",
    generateBundle: {
      // Before Vite lists what is loaded first.
      order: "pre",
      handler(_, bundle) {
        const own = Object.values(bundle).find(({ fileName }) => OWN.test(fileName));
        if (own?.type !== "chunk") return;
        const expression = expressionOf(own.code);
        const name = own.fileName.replace("assets/", "");
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== "chunk" || !chunk.imports.includes(own.fileName)) continue;
          chunk.code = chunk.code.replace(
            new RegExp(`import\\s*\\{([^}]*)\\}\\s*from\\s*"\\./${name.replaceAll(".", "\\.")}";?`),
            (_, names: string) => `const{${names.replaceAll(/\s+as\s+/g, ":")}}=${expression};`,
          );
          if (chunk.code.includes(name)) this.error(`${chunk.fileName} imports ${name} in another way`);
          chunk.imports = chunk.imports.filter((other) => other !== own.fileName);
        }
        delete bundle[own.fileName];
      },
    },
  };
}
