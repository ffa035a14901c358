// Keys of the editor. What the toolbar shows as a shortcut is said here once.

import {
  baseKeymap,
  chainCommands,
  deleteSelection,
  joinBackward,
  joinTextblockBackward,
  selectNodeBackward,
  setBlockType,
} from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { undoInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import type { Command, Plugin } from "prosemirror-state";
import * as commands from "./commands";
import { schema } from "./schema";

const { nodes } = schema;

const breakLine: Command = (state, dispatch) => {
  if (state.selection.$from.parent.type.spec.code) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.break.create()).scrollIntoView());
  return true;
};

/** What a key does, by the name that the toolbar knows it by. */
export const SHORTCUTS: Record<string, [key: string, command: Command]> = {
  bold: ["Mod-b", commands.toggle.strong],
  italic: ["Mod-i", commands.toggle.em],
  strike: ["Mod-Shift-x", commands.toggle.strike],
  code: ["Mod-e", commands.toggle.code],
  heading: ["Mod-Alt-2", commands.toggleAnyHeading],
  bullets: ["Mod-Shift-8", commands.toggleList("bullets")],
  numbers: ["Mod-Shift-7", commands.toggleList("numbers")],
  tasks: ["Mod-Shift-9", commands.toggleList("tasks")],
  quote: ["Mod-Shift-b", commands.toggleQuote],
  listing: ["Mod-Alt-c", commands.toggleCode],
  undo: ["Mod-z", undo],
  redo: ["Mod-Shift-z", redo],
};

export function keys(askForLink: () => void): Plugin[] {
  const backspace = chainCommands(
    undoInputRule,
    deleteSelection,
    commands.leaveItem,
    joinTextblockBackward,
    joinBackward,
    selectNodeBackward,
  );
  const named = Object.fromEntries(Object.values(SHORTCUTS));
  return [
    keymap({
      ...named,
      "Mod-y": redo,
      "Mod-Alt-0": setBlockType(nodes.paragraph),
      "Mod-Alt-1": commands.toggleHeading(1),
      "Mod-Alt-3": commands.toggleHeading(3),
      "Mod-k": () => {
        askForLink();
        return true;
      },
      Enter: commands.splitItem,
      "Shift-Enter": breakLine,
      "Mod-Enter": commands.leaveCode,
      Backspace: backspace,
      "Mod-Backspace": backspace,
      "Shift-Backspace": backspace,
      Tab: commands.indent,
      "Shift-Tab": commands.outdent,
      ArrowDown: commands.downFromEnd,
      // Browsers do not find these places where a checkbox is first or last.
      "Ctrl-Home": commands.goTo("start"),
      "Ctrl-End": commands.goTo("end"),
      "Cmd-ArrowUp": commands.goTo("start"),
      "Cmd-ArrowDown": commands.goTo("end"),
    }),
    keymap(baseKeymap),
  ];
}
