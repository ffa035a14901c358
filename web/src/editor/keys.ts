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
import { NodeSelection, type Command, type Plugin } from "prosemirror-state";
import * as commands from "./commands";
import { part } from "./part";
import { schema } from "./schema";
import { hasSeveral, inTable, tables } from "./tables";

const { nodes } = schema;

const clear = part(() => import("./later/clear"));
export const code = part(() => import("./later/code"));
const moves = part(() => import("./later/moves"));
const clearCells = tables.command(({ clearCells }) => clearCells, hasSeveral);

const breakLine: Command = (state, dispatch) => {
  if (state.selection.$from.parent.type.spec.code) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.break.create()).scrollIntoView());
  return true;
};

const openSelected =
  (open: (id: string) => void): Command =>
  ({ selection }) => {
    if (!(selection instanceof NodeSelection) || selection.node.type !== nodes.reference) return false;
    open(selection.node.attrs["id"]);
    return true;
  };

/** What a key does, by the name that the toolbar knows it by. */
export const SHORTCUTS: Record<string, [key: string, command: Command]> = {
  bold: ["Mod-b", commands.toggle.strong],
  italic: ["Mod-i", commands.toggle.em],
  strike: ["Mod-Shift-x", commands.toggle.strike],
  code: ["Mod-e", commands.toggle.code],
  clear: ["Mod-\\", clear.command(({ clearMarks }) => clearMarks)],
  text: ["Mod-Alt-0", setBlockType(nodes.paragraph)],
  heading1: ["Mod-Alt-1", commands.toggleHeading(1)],
  heading: ["Mod-Alt-2", commands.toggleAnyHeading],
  heading3: ["Mod-Alt-3", commands.toggleHeading(3)],
  bullets: ["Mod-Shift-8", commands.toggleList("bullets")],
  numbers: ["Mod-Shift-7", commands.toggleList("numbers")],
  tasks: ["Mod-Shift-9", commands.toggleList("tasks")],
  quote: ["Mod-Shift-b", commands.toggleQuote],
  listing: ["Mod-Alt-c", commands.toggleCode],
  table: ["Mod-Alt-t", tables.command(({ insertTable }) => insertTable)],
  undo: ["Mod-z", undo],
  redo: ["Mod-Shift-z", redo],
};

/** What keys ask of the editor around the text. */
export interface Asked {
  link: () => void;
  find: () => void;
  /** Leaves the text; the note stays open. */
  leave: () => void;
  /** Closes the note. */
  close: () => void;
  say: (text: string) => void;
  /** Opens another note. */
  open: (id: string) => void;
  /** Whether items that are done go below the others. */
  sink: () => boolean;
}

export function keys(asked: Asked): Plugin[] {
  const backspace = chainCommands(
    undoInputRule,
    clearCells,
    deleteSelection,
    commands.leaveItem,
    joinTextblockBackward,
    joinBackward,
    selectNodeBackward,
  );
  const always =
    (run: () => void): Command =>
    () => {
      run();
      return true;
    };
  const named = Object.fromEntries(Object.values(SHORTCUTS));
  return [
    keymap({
      ...named,
      "Mod-y": redo,
      "Alt-Shift-5": commands.toggle.strike,
      "Mod-Alt-4": commands.toggleHeading(4),
      "Mod-Alt-5": commands.toggleHeading(5),
      "Mod-Alt-6": commands.toggleHeading(6),
      "Mod-k": always(asked.link),
      "Mod-f": always(asked.find),
      Escape: always(asked.leave),
      Enter: chainCommands(
        openSelected(asked.open),
        tables.command(({ enterCell }) => enterCell, inTable),
        commands.newLineOfCode,
        commands.splitItem,
      ),
      "Shift-Enter": breakLine,
      "Mod-Enter": (state, dispatch, view) =>
        commands.toggleTask(asked.sink())(state, dispatch, view) ||
        commands.exitCode(state, dispatch) ||
        always(asked.close)(state, dispatch, view),
      Backspace: backspace,
      "Mod-Backspace": backspace,
      "Shift-Backspace": backspace,
      Delete: clearCells,
      Tab: chainCommands(
        tables.command(({ nextCell }) => nextCell(1), inTable),
        code.command(({ indentCode }) => indentCode, commands.inCode),
        commands.indent,
      ),
      "Shift-Tab": chainCommands(
        tables.command(({ nextCell }) => nextCell(-1), inTable),
        code.command(({ outdentCode }) => outdentCode, commands.inCode),
        commands.outdent,
      ),
      "Alt-ArrowUp": moves.command(({ move }) => move(-1, asked.say)),
      "Alt-ArrowDown": moves.command(({ move }) => move(1, asked.say)),
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
