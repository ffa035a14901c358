// The buttons of the toolbar, and how their keys are written.

import { redoDepth, undoDepth } from "prosemirror-history";
import type { EditorState } from "prosemirror-state";
import { KEY_NAMES } from "../parts/keynames";
import { isIn, isMarked, linkOf, listKind } from "./commands";
import type { ICONS } from "./icons";
import { SHORTCUTS } from "./keys";
import { schema } from "./schema";
import { inTable } from "./tables";

const { nodes, marks } = schema;

export type Name = keyof typeof ICONS;

export interface Button {
  name: Name;
  label: string;
  /** Whether it is on; nothing if it is no switch. */
  on?: (state: EditorState) => boolean;
  off?: (state: EditorState) => boolean;
  /** Whether it opens a menu. */
  menu?: (state: EditorState) => boolean;
}

const undo: Button = { name: "undo", label: "Undo", off: (state) => undoDepth(state) === 0 };
const redo: Button = { name: "redo", label: "Redo", off: (state) => redoDepth(state) === 0 };
const tasks: Button = { name: "tasks", label: "Checklist", on: (state) => listKind(state) === "tasks" };

const looks: Button[] = [
  { name: "bold", label: "Bold", on: (state) => isMarked(state, marks.strong) },
  { name: "italic", label: "Italic", on: (state) => isMarked(state, marks.em) },
  { name: "strike", label: "Strike through", on: (state) => isMarked(state, marks.strike) },
  { name: "code", label: "Code", on: (state) => isMarked(state, marks.code) },
  { name: "link", label: "Link", on: (state) => linkOf(state) !== "" },
];
const lists: Button[] = [
  { name: "bullets", label: "Bullet list", on: (state) => listKind(state) === "bullets" },
  { name: "numbers", label: "Numbered list", on: (state) => listKind(state) === "numbers" },
];
const blocks: Button[] = [
  { name: "style", label: "Text style", menu: () => true },
  { name: "quote", label: "Quote", on: (state) => isIn(state, nodes.quote) },
  { name: "listing", label: "Code block", on: (state) => isIn(state, nodes.code_block) },
  { name: "table", label: "Table", menu: inTable },
];
const find: Button = { name: "find", label: "Find in note" };

/** Beside each other where there is place. */
export const WIDE: Button[][] = [looks, [tasks, ...lists], blocks, [find, undo, redo]];
/** On a phone: what is needed most, */
export const FIRST: Button[][] = [[undo, redo, { name: "format", label: "Formatting" }, tasks]];
/** and what is behind the button for it. */
export const FORMAT: Button[][] = [
  [{ name: "back", label: "Back" }],
  looks.slice(0, 3),
  [blocks[0] as Button, ...lists],
  [...looks.slice(3), ...blocks.slice(1), find],
];

const mac = /Mac|iP(?:hone|ad)/.test(navigator.platform);
const SIGNS: Record<string, string> = mac
  ? { Mod: "⌘", Shift: "⇧", Alt: "⌥" }
  : { Mod: KEY_NAMES.ctrl, Shift: KEY_NAMES.shift, Alt: KEY_NAMES.alt };
const KEYS: Record<string, string> = { Mod: mac ? "Meta" : "Control" };
const OWN: Record<string, string> = { link: "Mod-k", find: "Mod-f" };

function shortcut(name: string): string[] {
  const keys = OWN[name] ?? SHORTCUTS[name]?.[0];
  return keys ? keys.split("-") : [];
}

/** A shortcut as people of this system write it. */
export function spoken(name: string): string {
  return shortcut(name)
    .map((key) => SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join(mac ? "" : "+");
}

/** A shortcut as ARIA writes it. */
export function formal(name: string): string | undefined {
  const keys = shortcut(name).map((key) => KEYS[key] ?? (key.length === 1 ? key.toUpperCase() : key));
  return keys.join("+") || undefined;
}
