// Makes a page of a comment on GitHub: GitHub-flavoured Markdown with alerts and coloured diffs, in GitHub's style.
//
// usage: INFRA_NODE_MODULES=… node markdown.mjs FILE.md > page.html
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const modules = process.env.INFRA_NODE_MODULES;
const require = createRequire(join(modules, "package.json"));
const load = async (name) => import(pathToFileURL(require.resolve(name)).href);
const { Marked } = await load("marked");
const { default: alert } = await load("marked-alert");
const { markedHighlight } = await load("marked-highlight");
const { default: highlighter } = await load("highlight.js");

const highlight = (code, language) =>
  highlighter.getLanguage(language) ? highlighter.highlight(code, { language }).value : code;
const marked = new Marked({ gfm: true }, alert(), markedHighlight({ langPrefix: "hljs language-", highlight }));
const body = marked.parse(readFileSync(process.argv[2], "utf8")).replaceAll("<details>", "<details open>");
const style = ["github-markdown-css/github-markdown-light.css", "highlight.js/styles/github.css"]
  .map((file) => readFileSync(join(modules, file), "utf8"))
  .join("\n");
process.stdout.write(`<!doctype html><meta charset="utf-8"><style>${style}
body { margin: 24px; background: #fff; }
.markdown-body { font-size: 14px; border: 1px solid #d1d9e0; border-radius: 6px; padding: 16px; }
</style><article class="markdown-body">${body}</article>
<script>document.documentElement.dataset.height = document.documentElement.scrollHeight + 24</script>\n`);
