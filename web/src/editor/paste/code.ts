// Code of other programs: its lines, its indentation and its language.

import { styleOf } from "./tidy";

const LANGUAGE = /(?:^|\s)(?:language|lang|highlight-source|source|brush:)[- ]?([\w+#.-]+)/;

export function tidyCode(root: HTMLElement): void {
  for (const block of root.querySelectorAll<HTMLElement>("pre")) {
    if (block.dataset["raw"] !== undefined) continue;
    const info = block.dataset["info"] ?? languageOf(block);
    settle(block, linesOf(block), info);
  }
  // Editors copy lines as blocks of a fixed pitch.
  for (const block of root.querySelectorAll<HTMLElement>("div")) {
    const style = styleOf(block);
    if (!/white-space:\s*pre(?:;|$)/i.test(style) || !/font-family:[^;]*mono|consolas|menlo|courier/i.test(style))
      continue;
    const pre = block.ownerDocument.createElement("pre");
    settle(pre, linesOf(block), "");
    block.replaceWith(pre);
  }
}

function settle(block: HTMLElement, text: string, info: string): void {
  block.textContent = text.replace(/^\n|\n$/g, "");
  if (info) block.dataset["info"] = info;
}

function languageOf(block: HTMLElement): string {
  for (const node of [block.querySelector("code"), block, block.parentElement]) {
    const { lang, language } = (node as HTMLElement | null)?.dataset ?? {};
    const named = language ?? lang ?? LANGUAGE.exec(node?.className ?? "")?.[1];
    if (named && named !== "none" && named !== "plaintext") return named;
  }
  return "";
}

/** The text of an element, in which breaks and blocks are lines. */
function linesOf(block: HTMLElement): string {
  let out = "";
  const walk = (node: Node) => {
    if (node.nodeType === 3) out += node.nodeValue ?? "";
    else if (node.nodeName === "BR") out += "\n";
    else {
      const isLine = /^(?:DIV|P|LI|TR)$/.test(node.nodeName) && node !== block;
      const had = out.length;
      node.childNodes.forEach(walk);
      // An empty line is a block with only a break in it.
      if (isLine && !(out.length > had && out.endsWith("\n"))) out += "\n";
    }
  };
  walk(block);
  return out.replaceAll("\u00a0", " ").replace(/\r\n?/g, "\n");
}
