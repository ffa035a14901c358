// The editor without its toolbar: a ProseMirror view that takes and gives Markdown.

import { history, isHistoryTransaction, redo, undo } from "prosemirror-history";
import { EditorState, Plugin, TextSelection, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet, EditorView } from "prosemirror-view";
import { clipboard } from "./clipboard";
import { appendParagraph } from "./commands";
import { readCursor } from "./cursor";
import { item } from "./item";
import { keys, type Asked } from "./keys";
import type * as Recall from "./later/recall";
import type * as Taken from "./later/taken";
import { Log, type Text } from "./log";
import { patience } from "./part";
import { read, type Note } from "./read";
import { reference, type Titles } from "./reference";
import { referring } from "./refer";
import { rules } from "./rules";
import { schema } from "./schema";
import { tables, whole } from "./tables";
import { writer } from "./write";

export interface Options {
  value: string;
  title: string;
  label: string;
  /** The element that says how to leave the text by keyboard. */
  describedBy: string;
  placeholder: string;
  /** Called after each change that the user makes; with the text that it changes, if another came meanwhile and could not be merged here. */
  onchange: (text: Text, base?: Text) => void;
  /** Called after each change, of the selection, too. */
  onstate: (state: EditorState) => void;
  /** Called when undoing changed the title, and not the text. */
  ontitle: () => void;
  /** Gets the keys while a note is asked for. */
  onrefer: (event: KeyboardEvent) => boolean;
  asked: Asked;
  titles: Titles;
  /** What the note is called where its steps are kept. */
  name: () => string | undefined;
  /** Reads what could be undone before a reload, if anything was kept. */
  recall?: typeof Recall | undefined;
}

export interface Editing {
  view: EditorView;
  /** Takes a text that comes from elsewhere; the selection and what can be undone stay. */
  take(text: Text): void;
  /** Takes the title that is being typed. */
  entitle(title: string): void;
  undo(): void;
  redo(): void;
  destroy(): void;
}

/** The time in which what is typed into the title is one step. */
const PAUSE = 700;

/** The time after which the view has read a composed word, in milliseconds. */
const COMPOSED = 50;

export function edit(place: HTMLElement, options: Options): Editing {
  const { asked, name } = options;
  const write = writer();
  let text: Text = { title: options.title, content: options.value };
  let note = read(text.content);
  let waiting: Text | null = null;
  const typed = { at: -PAUSE, id: 0 };
  let taking: typeof Taken | undefined;
  /** The text before the first change that is held back. */
  let held: Text | undefined;

  const plugins = [
    patience(),
    referring((event) => options.onrefer(event)),
    rules(),
    ...keys(asked),
    history(),
    whole(),
    placeholder(options.placeholder),
  ];
  const known = name();
  const kept = (known && options.recall?.recall(known, text)) || null;
  const first = kept?.texts[0] ?? text;
  const { doc } = read(first.content);
  const begin = EditorState.create({ doc: doc.type.create({ title: first.title }, doc.content), plugins });
  const state = (kept && options.recall?.redone(begin, kept.texts, kept.at)) || begin;
  // Unchanged blocks are written as they were.
  adopt(state.doc, note);
  const log = new Log(first, name);
  if (kept) log.recall(kept.texts, kept.at);

  const board = clipboard();
  const view = new EditorView(
    { mount: place },
    {
      ...board,
      state,
      nodeViews: { item: item(asked), reference: reference(options.titles) },
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": options.label,
        "aria-describedby": options.describedBy,
        class: "prose",
      },
      dispatchTransaction,
      handleClick: openLink,
      handleDOMEvents: {
        ...board.handleDOMEvents,
        mousedown: belowEnd,
        // After the view has read the last of it from the page, which it does 20 ms later.
        compositionend: () => {
          setTimeout(() => waiting !== null && !view.isDestroyed && take(waiting), COMPOSED);
        },
      },
    },
  );
  if (state.doc.children.some(({ type }) => type === schema.nodes.table)) void tables.load().catch(() => {});
  const keep = () => {
    flush();
    log.keep();
  };
  addEventListener("pagehide", keep);
  return {
    view,
    take,
    entitle,
    undo: () => undo(view.state, view.dispatch),
    redo: () => redo(view.state, view.dispatch),
    destroy() {
      removeEventListener("pagehide", keep);
      keep();
      view.destroy();
    },
  };

  function dispatchTransaction(tr: Transaction) {
    const before = view.state.doc;
    const { state, transactions } = view.state.applyTransaction(tr);
    view.updateState(state);
    if (tr.docChanged && !tr.getMeta("entitled")) typed.at = -PAUSE;
    const changes = transactions.some((one) => one.docChanged);
    if (changes && !tr.getMeta("taken")) {
      const title = state.doc.attrs["title"] as string;
      const entitled = title !== text.title;
      const last = text;
      text = {
        title,
        content: before.content.eq(state.doc.content) ? text.content : write({ ...note, doc: state.doc }),
      };
      give(last);
      if (entitled && isHistoryTransaction(tr) && before.content.eq(state.doc.content)) options.ontitle();
    }
    if (changes) log.note(tr, state, text);
    options.onstate(view.state);
  }

  /** Gives the text away, with the one that waits merged in: what it lacks of that would count as deleted. */
  function give(last: Text) {
    if (!waiting) return options.onchange(text);
    held ??= last;
    // Until what merges is there, nothing is given away.
    if (!taking) return;
    waiting = taking.merged(held, text, waiting);
    held = undefined;
    options.onchange(waiting);
  }

  /** Gives away what was held back, and what it changes. */
  function flush() {
    if (held) options.onchange(text, held);
    held = undefined;
  }

  function entitle(title: string) {
    const now = performance.now();
    // Letters that follow each other soon are one step.
    if (now - typed.at > PAUSE) typed.id += 1;
    typed.at = now;
    const tr = view.state.tr.setDocAttribute("title", title).setMeta("entitled", true);
    view.dispatch(tr.setMeta("composition", `title-${typed.id}`));
  }

  function take(next: Text) {
    waiting = null;
    if (next.title === text.title && next.content === text.content) {
      held = undefined;
      return;
    }
    waiting = next;
    if (!taking) return void load();
    // A word that an input method is composing is not taken from under it.
    if (view.composing) return;
    // The cursor stays where the user has just put it; what the view reads with that is merged.
    readCursor();
    next = waiting;
    waiting = null;
    const same = next.content === text.content;
    text = next;
    if (!same) note = read(next.content);
    const tr = same ? view.state.tr.setDocAttribute("title", next.title) : taking.changed(view.state, note, next.title);
    view.dispatch(tr.setMeta("taken", true).setMeta("addToHistory", false));
    if (!same) adopt(view.state.doc, note);
  }

  /** Loads what takes other texts, and takes the one that waits. */
  async function load(): Promise<void> {
    taking = await import("./later/taken").catch(() => undefined);
    if (view.isDestroyed) return;
    if (!taking) return flush();
    if (held) give(held);
    if (waiting) take(waiting);
  }
}

/** Blocks that are those of the note are written as they are written there. */
function adopt(doc: Note["doc"], note: Note): void {
  doc.children.forEach((block, at) => {
    const other = note.doc.maybeChild(at);
    const written = other && block.eq(other) && note.origins.get(other);
    if (written) note.origins.set(block, written);
  });
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
