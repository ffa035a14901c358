// What goes out to other programs: Markdown, and elements that they understand. Loaded once the note is seen.

import { DOMSerializer, Fragment, type Node, type Slice } from "prosemirror-model";
import type { EditorView } from "prosemirror-view";
import { schema } from "../schema";
import { writer } from "../write";

const { nodes } = schema;

/** Prepares a view for what is copied or dragged out of it. */
export function prepare(view: EditorView): void {
  view.setProps({ clipboardTextSerializer: toText, clipboardSerializer: outgoing });
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
