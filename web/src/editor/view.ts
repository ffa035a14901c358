// The editor without its toolbar: a ProseMirror view that takes and gives Markdown.

import { history } from "prosemirror-history";
import { EditorState, Plugin, TextSelection, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet, EditorView } from "prosemirror-view";
import { clipboard } from "./clipboard";
import { appendParagraph } from "./commands";
import { item } from "./item";
import { keys } from "./keys";
import { read, type Note } from "./read";
import { rules } from "./rules";
import { schema } from "./schema";
import { taken } from "./taken";
import { writer } from "./write";

export interface Options {
  value: string;
  label: string;
  placeholder: string;
  /** Called with the Markdown after each change that the user makes. */
  onchange: (markdown: string) => void;
  /** Called after each change, of the selection, too. */
  onstate: (state: EditorState) => void;
  onlink: () => void;
}

export interface Editing {
  view: EditorView;
  /** Takes a value that comes from elsewhere; the selection and what can be undone stay. */
  take(value: string): void;
}

export function edit(place: HTMLElement, options: Options): Editing {
  const write = writer();
  let { value } = options;
  let note = read(value);
  let waiting: string | null = null;

  const view = new EditorView(
    { mount: place },
    {
      ...clipboard,
      state: EditorState.create({
        doc: note.doc,
        plugins: [rules(), ...keys(() => options.onlink()), history(), placeholder(options.placeholder)],
      }),
      nodeViews: { item },
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": options.label, class: "prose" },
      dispatchTransaction,
      handleClick: openLink,
      handleDOMEvents: {
        mousedown: belowEnd,
        compositionend: () => {
          setTimeout(() => waiting !== null && take(waiting));
        },
      },
    },
  );
  return { view, take };

  function dispatchTransaction(tr: Transaction) {
    view.updateState(view.state.apply(tr));
    if (tr.docChanged && !tr.getMeta("taken")) {
      value = write({ ...note, doc: tr.doc });
      options.onchange(value);
    }
    options.onstate(view.state);
  }

  function take(next: string) {
    waiting = null;
    if (next === value) return;
    // A word that an input method is composing is not taken from under it.
    if (view.composing) {
      waiting = next;
      return;
    }
    value = next;
    note = read(next);
    const tr = replaced(view.state, note);
    view.dispatch(tr.setMeta("taken", true).setMeta("addToHistory", false));
  }
}

/** Changes a document to a note where they differ. */
function replaced(state: EditorState, note: Note): Transaction {
  const tr = taken(state, note.doc);
  // Blocks that are the same are those of the note now, with the way they are written there.
  tr.doc.children.forEach((block, at) => {
    const written = note.origins.get(note.doc.child(at));
    if (written) note.origins.set(block, written);
  });
  return tr;
}

function placeholder(text: string): Plugin {
  return new Plugin({
    props: {
      decorations({ doc }) {
        const first = doc.firstChild;
        if (doc.childCount > 1 || first?.type !== schema.nodes.paragraph || first.childCount) return null;
        return DecorationSet.create(doc, [
          Decoration.node(0, first.nodeSize, { class: "empty", "data-placeholder": text }),
        ]);
      },
    },
  });
}

function openLink(view: EditorView, pos: number, event: MouseEvent): boolean {
  if (!event.ctrlKey && !event.metaKey) return false;
  const link = schema.marks.link.isInSet(view.state.doc.resolve(pos).marks());
  if (!link) return false;
  window.open(link.attrs["href"], "_blank", "noopener");
  return true;
}

/** A click below a note that ends with code or a rule begins a paragraph there. */
function belowEnd(view: EditorView, event: MouseEvent): boolean {
  const last = view.state.doc.lastChild;
  const bottom = view.dom.lastElementChild?.getBoundingClientRect().bottom ?? Infinity;
  if (event.target !== view.dom || event.clientY < bottom || last?.type === schema.nodes.paragraph) return false;
  event.preventDefault();
  appendParagraph(view.state, view.dispatch);
  view.focus();
  return true;
}

export function focusEnd(view: EditorView) {
  view.dispatch(view.state.tr.setSelection(TextSelection.atEnd(view.state.doc)));
  view.focus();
}
