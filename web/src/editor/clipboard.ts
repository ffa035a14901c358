// What goes out to other programs; and what comes in from them, as far as it has to be ready at once.

import { DOMSerializer, Fragment, type Node, type Slice } from "prosemirror-model";
import type { EditorProps, EditorView } from "prosemirror-view";
import { isText } from "../files";
import { schema } from "./schema";
import { writer } from "./write";

const { nodes } = schema;

const incoming = () => import("./paste/incoming");

export function clipboard(): EditorProps {
  let shift = false;

  return {
    clipboardTextSerializer: toText,
    clipboardSerializer: outgoing,
    transformPastedHTML: withoutLooks,
    handleDOMEvents: {
      keydown: (_view, event) => {
        shift = event.shiftKey && event.key !== "Insert";
      },
      keyup: () => {
        shift = false;
      },
      paste: (view, event) => {
        if (!event.clipboardData || view.composing) return false;
        event.preventDefault();
        take(view, event.clipboardData, shift);
        return true;
      },
      // What is dragged here can be read once it is dropped.
      dragenter: (view) => void incoming().then(({ prepare }) => !view.isDestroyed && prepare(view)),
      drop: (view, event) => {
        const files = [...(event.dataTransfer?.files ?? [])];
        // Files of text become text here; whoever keeps files takes all others.
        if (!event.dataTransfer || !files.length || !files.every(isText)) return false;
        event.preventDefault();
        take(view, event.dataTransfer, false, { left: event.clientX, top: event.clientY });
        return true;
      },
    },
  };

  function take(view: EditorView, data: DataTransfer, plain: boolean, at?: { left: number; top: number }): void {
    // It is there for the time of the event only.
    const [text, html, code] = ["text/plain", "text/html", "vscode-editor-data"].map((type) => data.getData(type));
    const pasted = {
      text: text ?? "",
      html: html ?? "",
      code: code ?? "",
      files: [...data.files],
      plain,
      ...(at && { at }),
    };
    void incoming().then(({ paste }) => !view.isDestroyed && paste(view, pasted));
  }
}

/** Text copied from within one block is that text; blocks are Markdown. */
function toText({ content, openStart, openEnd }: Slice): string {
  let within: Fragment = content;
  let around: Node | undefined;
  for (let depth = Math.min(openStart, openEnd); depth > 0 && within.childCount === 1; depth--) {
    const [only] = within.content;
    if (only?.isTextblock) return only.textBetween(0, only.content.size, undefined, leafText);
    around = only ?? around;
    within = only?.content ?? within;
  }
  const first = within.firstChild?.type;
  let blocks: readonly Node[] = within.content;
  if (first === nodes.cell) return blocks.map((cell) => cell.textContent).join("\t");
  if (first === nodes.row) blocks = [nodes.table.create(around?.attrs, within)];
  else if (first === nodes.item) blocks = [(around ?? nodes.bullet_list.create()).copy(within)];
  else blocks = blocks.map((node) => (node.isInline ? nodes.paragraph.create(null, node) : node));
  return writer()({ doc: nodes.doc.create(null, blocks), origins: new WeakMap(), gaps: [], tail: "" });
}

function leafText(leaf: Node): string {
  return leaf.type.spec.leafText?.(leaf) ?? "";
}

/** Elements as other programs read them: checkboxes are some. */
class Outgoing extends DOMSerializer {
  override serializeFragment(...given: Parameters<DOMSerializer["serializeFragment"]>) {
    const made = super.serializeFragment(...given);
    // Inside of it, this is called again.
    if (given[2]) return made;
    for (const item of made.querySelectorAll<HTMLElement>("li[data-checked]")) {
      const box = item.ownerDocument.createElement("input");
      box.setAttribute("type", "checkbox");
      if (item.dataset["checked"] === "true") box.setAttribute("checked", "");
      item.prepend(box);
    }
    for (const link of made.querySelectorAll("a[data-note]")) {
      link.setAttribute("href", `${location.origin}${link.getAttribute("href")}`);
    }
    return made;
  }
}

const { nodes: writers, marks } = DOMSerializer.fromSchema(schema);
const outgoing = new Outgoing(writers, marks);

/** What another page looks like and does stays there, and parsing it would be against the policy of this one. Styles become data: they tell lists
 * and looks that mean something. */
function withoutLooks(html: string): string {
  const attributes = /\s(style|on[a-z]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi;
  return html
    .replace(/<style\b[^]*?<\/style\s*>/gi, "")
    .replace(/<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi, (tag) =>
      tag.replace(attributes, (_, name: string, value: string) =>
        name.toLowerCase() === "style" ? ` data-style=${value}` : "",
      ),
    );
}
