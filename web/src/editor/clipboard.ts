// What goes out to other programs, and what comes in from them.

import { Fragment, Slice, type Node, type ResolvedPos } from "prosemirror-model";
import type { EditorProps, EditorView } from "prosemirror-view";
import { setLink } from "./commands";
import { read } from "./read";
import { isAddress, schema } from "./schema";
import { writer } from "./write";

const { nodes } = schema;

export const clipboard: EditorProps = {
  clipboardTextSerializer: toText,
  clipboardTextParser: fromText as NonNullable<EditorProps["clipboardTextParser"]>,
  transformPastedHTML: withoutLooks,
  handlePaste: pasteAddress,
};

/** Text copied from within one block is that text; blocks are Markdown. */
function toText({ content, openStart, openEnd }: Slice): string {
  let within: Fragment = content;
  for (let depth = Math.min(openStart, openEnd); depth > 0 && within.childCount === 1; depth--) {
    const [only] = within.content;
    if (only?.isTextblock) return only.textBetween(0, only.content.size);
    within = only?.content ?? within;
  }
  const blocks = within.content.flatMap((node): Node | readonly Node[] => {
    if (node.isInline) return nodes.paragraph.create(null, node);
    return node.type === nodes.item ? nodes.bullet_list.create(null, node) : node;
  });
  return writer()({ doc: nodes.doc.create(null, blocks), origins: new WeakMap(), gaps: [], tail: "" });
}

/** Text is Markdown, unless it is pasted as plain text. */
function fromText(text: string, _$context: ResolvedPos, plain: boolean): Slice | undefined {
  if (plain) return;
  const address = text.trim();
  const { doc } = read(isAddress(address) && !/\s/.test(address) ? `<${address}>` : text);
  const open = (node: Node | null) => (node?.type === nodes.paragraph ? 1 : 0);
  return new Slice(doc.content, open(doc.firstChild), open(doc.lastChild));
}

/** What another page looks like and does stays there, and parsing it would be against the policy of this one. Of styles, only what says something is
 * kept. */
function withoutLooks(html: string): string {
  const attributes = /\s(style|on[a-z]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi;
  return html
    .replace(/<style\b[^]*?<\/style\s*>/gi, "")
    .replace(/<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi, (tag) =>
      tag.replace(attributes, (_, name: string, value: string) =>
        name.toLowerCase() === "style" ? saying(value) : "",
      ),
    );
}

function saying(style: string): string {
  const says = [
    /font-weight:\s*(?:bold|[6-9]00)/i.test(style) && "strong",
    /font-weight:\s*(?:normal|[1-5]00)/i.test(style) && "normal",
    /font-style:\s*italic/i.test(style) && "em",
    /text-decoration[^;:]*:[^;]*line-through/i.test(style) && "strike",
  ].filter(Boolean);
  return says.length ? ` data-says="${says.join(" ")}"` : "";
}

/** An address pasted over text links the text. */
function pasteAddress(view: EditorView, event: ClipboardEvent): boolean {
  const text = event.clipboardData?.getData("text/plain").trim() ?? "";
  const { selection } = view.state;
  if (selection.empty || !selection.$from.sameParent(selection.$to) || /\s/.test(text) || !isAddress(text))
    return false;
  if (selection.$from.parent.type.spec.code) return false;
  return setLink(text)(view.state, view.dispatch);
}
