// Where the texts of the page are, and which of them are loaded together. `npm run texts` writes them into `src/locales/*.po`.
import { adapter as svelte } from "@wuchale/svelte";
import { pofile } from "wuchale";
import { adapter as script } from "wuchale/adapter-vanilla";
import { isText, sentences } from "./build/texts.js";

/** The files of each catalog: the chunks of `vite.config.ts`. All others are of the catalog `later`. */
const GROUPS = {
  first: [
    "src/{main,api/client}.ts",
    "src/{App,views/Board}.svelte",
    "src/views/board/*.ts",
    "src/parts/{Card,Header,Sidebar,Masonry,Popover,Icon}.svelte",
    "src/parts/{text.svelte,masonry,estimate,returning,icons,colors,confirm.svelte}.ts",
    "src/state/{notes.svelte,lists,signal.svelte,tabs,order,storage,session.svelte,settings.svelte,walks.svelte,search.svelte,route.svelte,toasts.svelte,selection.svelte,dates,account,doing}.ts",
  ],
  forms: [
    "src/views/Auth.svelte",
    "src/parts/{Field,LanguagePicker,Wrong}.svelte",
    "src/parts/settings/form.svelte.ts",
    "src/sign-in/{options,words,passkeys}.ts",
    "src/api/problems.ts",
  ],
  // Of the manifest and the service worker, into which the build writes them.
  outside: ["src/outside.ts"],
  // Shared by the page of a link and the page of an account.
  shown: ["src/markdown/*.{ts,svelte}"],
  link: ["src/link/*.ts"],
};
const NEVER = ["**/*.d.ts", "**/*.test.ts", "**/*.testing.ts", "src/api/schema.ts"];

const plain = { wrapInit: (expr) => expr, wrapUse: (expr) => expr };

/** Without the component that puts sentences around elements, where there is no such sentence. */
function lean({ code, ...rest }) {
  return { ...rest, code: /<W_tx_/.test(code) ? code : code.replace(/import W_tx_ from ".*"/, "") };
}

/** Keeps the glossary at the top of a file, and an order in which new texts are far from each other. */
async function storage(opts) {
  const write = async (file, text) => {
    const head = /^(#.*\n)*/.exec((await opts.fs.read(file)) ?? "")[0];
    return opts.fs.write(file, head + text);
  };
  const inner = await pofile()({ ...opts, fs: { ...opts.fs, write } });
  const place = ({ references, translations }) => `${references[0]?.file} ${translations.get("en")}`;
  return {
    key: inner.key,
    files: inner.files,
    load: () => inner.load(),
    save: ({ items, ...rest }) =>
      inner.save({ ...rest, items: [...items].sort((a, b) => (place(a) < place(b) ? -1 : 1)) }),
  };
}

/** The catalog `key`. Another language is another load of the page, so that nothing has to react to it. */
function group(key, include, ignore = []) {
  const options = {
    loader: "custom",
    storage,
    files: { include, ignore: [...NEVER, ...ignore] },
    heuristic: isText,
    patterns: [{ name: "plural", args: ["other", "message", "other", "pluralFunc"] }],
    granularLoad: true,
    // Another name than that of the first adapter, which all texts together are written under.
    generateLoadID: () => `of_${key}`,
    runtime: {
      initReactive: ({ funcName }) => (funcName === undefined ? false : null),
      useReactive: false,
      plain,
      reactive: plain,
    },
  };
  const [component, module] = [svelte({ ...options }), script({ ...options })];
  return {
    ...component,
    async transform(file) {
      if (!file.filename.endsWith(".svelte")) {
        const { output, ...rest } = await module.transform(file);
        // Once for the module: its constants have texts, too.
        return { ...rest, output: (head) => output(`${head}\nconst _w_runtime_ = ${file.expr.plain};`) };
      }
      const { output, ...rest } = await component.transform({ ...file, content: sentences(file.content) });
      return { ...rest, output: (head) => lean(output(head)) };
    },
  };
}

export default {
  locales: ["en", "de", "es", "ja", "ar"],
  localesDir: "src/locales",
  ai: null,
  logLevel: "warn",
  adapters: {
    ...Object.fromEntries(Object.entries(GROUPS).map(([key, files]) => [key, group(key, files)])),
    later: group("later", ["src/**/*.svelte", "src/**/*.ts"], Object.values(GROUPS).flat()),
  },
};
