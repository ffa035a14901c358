// HTML of parsed Markdown, for tests that compare with other implementations.

import { parse, type Block } from "./blocks";
import { inline, textOf, unescape, type Inline } from "./inline";

const escape = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? c);
const uri = (text: string) =>
  escape(
    encodeURI(text)
      .replace(/%25([\da-f]{2})/gi, "%$1")
      .replaceAll("%5B", "[")
      .replaceAll("%5D", "]")
      .replace(/[[\]]/g, (c) => encodeURIComponent(c)),
  );

export function html(source: string): string {
  const { blocks, definitions } = parse(source);
  const text = (nodes: Inline[]): string =>
    nodes
      .map((n) => {
        if (typeof n === "string") return escape(n);
        if (n.type === "code") return `<code>${escape(n.text)}</code>`;
        if (n.type === "break") return n.hard ? "<br />\n" : "\n";
        if (n.type === "html") return n.text;
        const title = "title" in n && n.title ? ` title="${escape(n.title)}"` : "";
        if (n.type === "image") return `<img src="${uri(n.href)}" alt="${escape(textOf(n.children))}"${title} />`;
        if (n.type === "link") return `<a href="${uri(n.href)}"${title}>${text(n.children)}</a>`;
        const tag = { strong: "strong", em: "em", strike: "del" }[n.type];
        return `<${tag}>${text(n.children)}</${tag}>`;
      })
      .join("");
  const line = (source: string) => text(inline(source, definitions));
  const all = (blocks: Block[], tight = false): string =>
    blocks
      .map((b, i) => {
        switch (b.type) {
          case "paragraph":
            return tight ? line(b.text) + (i < blocks.length - 1 ? "\n" : "") : `<p>${line(b.text)}</p>\n`;
          case "heading":
            return `<h${b.level}>${line(b.text)}</h${b.level}>\n`;
          case "code": {
            const lang = unescape(b.info).split(/\s/)[0];
            const body = b.text && !b.text.endsWith("\n") ? `${b.text}\n` : b.text;
            return `<pre><code${lang ? ` class="language-${escape(lang)}"` : ""}>${escape(body)}</code></pre>\n`;
          }
          case "html":
            return `${b.text}\n`;
          case "rule":
            return "<hr />\n";
          case "quote":
            return `<blockquote>\n${all(b.children)}</blockquote>\n`;
          case "list": {
            const tag = b.ordered ? "ol" : "ul";
            const items = b.items.map((item) => {
              const body = all(item.children, !b.loose);
              const box = item.task ? `[${item.task.checked ? "x" : "_"}] ` : "";
              const first = item.children[0];
              return `<li>${box}${first && (b.loose || first.type !== "paragraph") ? "\n" : ""}${body}</li>\n`;
            });
            return `<${tag}${b.ordered && b.start !== 1 ? ` start="${b.start}"` : ""}>\n${items.join("")}</${tag}>\n`;
          }
          case "table":
            return `<table>${[b.head, ...b.rows].map((r) => b.head.map((_, i) => line(r[i] ?? "")).join("|")).join("/")}</table>\n`;
          case "definition":
            return "";
        }
      })
      .join("");
  return all(blocks);
}
