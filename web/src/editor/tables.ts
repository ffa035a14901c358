// Where tables are, and what keeps them whole; what is done with them is loaded later (`later/tables`).

import type { Node, ResolvedPos } from "prosemirror-model";
import { Plugin, type EditorState } from "prosemirror-state";
import { part } from "./part";
import { schema } from "./schema";

const { nodes } = schema;

/** Changes of tables. */
export const tables = part(() => import("./later/tables"));

/** The cell that a place is in, with its table. */
export interface Cell {
  table: Node;
  /** The place before the table. */
  at: number;
  row: number;
  column: number;
}

export function cellAt($pos: ResolvedPos): Cell | null {
  for (let depth = $pos.depth; depth > 2; depth--) {
    if ($pos.node(depth).type !== nodes.cell) continue;
    const top = depth - 2;
    return { table: $pos.node(top), at: $pos.before(top), row: $pos.index(top), column: $pos.index(top + 1) };
  }
  return null;
}

export const inTable = (state: EditorState): boolean => cellAt(state.selection.$from) !== null;

/** Whether several cells of one table are selected. */
export function hasSeveral({ selection: { $from, $to } }: EditorState): boolean {
  const first = cellAt($from);
  return first !== null && first.at === cellAt($to)?.at && !$from.sameParent($to);
}

/** Keeps tables whole, whatever was deleted or put into them: rows of one length, the first of which is the head. */
export function whole(): Plugin {
  return new Plugin({
    appendTransaction(transactions, _before, { doc, tr }) {
      if (!transactions.some((one) => one.docChanged)) return null;
      const found: [Node, number][] = [];
      doc.descendants((node, pos) => {
        if (node.type === nodes.table) {
          // Notes with a table load it when they are opened; tables may come later, too.
          if (!tables.now()) tables.load().catch(() => {});
          if (!isWhole(node)) found.push([node, pos]);
        }
        return !node.isTextblock && node.type !== nodes.table;
      });
      for (const [table, pos] of found.reverse()) tables.now()?.mend(tr, table, pos);
      return tr.docChanged ? tr : null;
    },
  });
}

function isWhole(table: Node): boolean {
  const columns = table.firstChild?.childCount;
  const align = table.attrs["align"] as string[];
  return table.children.every(
    (row, at) =>
      row.childCount === columns &&
      row.children.every(
        ({ attrs }, column) => attrs["head"] === (at === 0) && attrs["align"] === (align[column] ?? ""),
      ),
  );
}
