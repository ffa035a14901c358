// Changes of tables: cells, rows and columns. Loaded with the first table.

import { Fragment, type Node } from "prosemirror-model";
import { Selection, TextSelection, type Command, type EditorState, type Transaction } from "prosemirror-state";
import { schema } from "../schema";
import { cellAt, hasSeveral, type Cell } from "../tables";

const { nodes } = schema;

/** The place at which the text of a cell begins. */
function startOf({ table, at }: Cell, row: number, column: number): number {
  let pos = at + 1;
  for (let index = 0; index < row; index++) pos += table.child(index).nodeSize;
  pos += 1;
  for (let index = 0; index < column; index++) pos += table.child(row).child(index).nodeSize;
  return pos + 1;
}

function goTo(tr: Transaction, cell: Cell, row: number, column: number, whole = false): Transaction {
  const table = tr.doc.nodeAt(cell.at) as Node;
  const from = startOf({ ...cell, table }, row, column);
  const to = from + table.child(row).child(column).content.size;
  return tr.setSelection(TextSelection.create(tr.doc, whole ? from : to, to)).scrollIntoView();
}

function cellsOf(table: Node): Node[][] {
  return table.children.map((row) => [...row.children]);
}

function make(cells: Node[][], align: string[]): Node {
  const rows = cells.map((row, at) =>
    nodes.row.create(
      null,
      row.map((cell, column) => nodes.cell.create({ head: at === 0, align: align[column] ?? "" }, cell.content)),
    ),
  );
  return nodes.table.create({ align }, rows);
}

/** Makes another table of one, and goes to a cell of it. */
function remake(
  change: (cells: Node[][], align: string[], cell: Cell) => [row: number, column: number] | null,
): Command {
  return (state, dispatch) => {
    const cell = cellAt(state.selection.$from);
    if (!cell) return false;
    const cells = cellsOf(cell.table);
    const align = cells[0]?.map((_, at) => (cell.table.attrs["align"] as string[])[at] ?? "") ?? [];
    const to = change(cells, align, cell);
    if (!dispatch) return true;
    if (!to || !cells.length || !align.length) removeTable(state, dispatch);
    else {
      const tr = state.tr.replaceWith(cell.at, cell.at + cell.table.nodeSize, make(cells, align));
      dispatch(goTo(tr, cell, ...to));
    }
    return true;
  };
}

const blank = () => nodes.cell.create();

export const addRow = (side: "above" | "below"): Command =>
  remake((cells, align, { row, column }) => {
    // Nothing stands above the head: what is added there goes below.
    const at = side === "above" ? Math.max(row, 1) : row + 1;
    cells.splice(at, 0, align.map(blank));
    return [at, column];
  });

export const addColumn = (side: "before" | "after"): Command =>
  remake((cells, align, { row, column }) => {
    const at = side === "before" ? column : column + 1;
    for (const one of cells) one.splice(at, 0, blank());
    align.splice(at, 0, "");
    return [row, at];
  });

export const removeRow: Command = remake((cells, _align, { row, column }) => {
  cells.splice(row, 1);
  return cells.length ? [Math.min(row, cells.length - 1), column] : null;
});

export const removeColumn: Command = remake((cells, align, { row, column }) => {
  for (const one of cells) one.splice(column, 1);
  align.splice(column, 1);
  return align.length ? [row, Math.min(column, align.length - 1)] : null;
});

export const moveRow = (step: -1 | 1): Command =>
  remake((cells, _align, { row, column }) => {
    const to = Math.max(0, Math.min(cells.length - 1, row + step));
    cells.splice(to, 0, ...cells.splice(row, 1));
    return [to, column];
  });

export const setAlign = (value: "" | "left" | "center" | "right"): Command =>
  remake((_cells, align, { row, column }) => {
    align[column] = value;
    return [row, column];
  });

export const removeTable: Command = (state, dispatch) => {
  const cell = cellAt(state.selection.$from);
  if (!cell) return false;
  const tr = state.tr.replaceWith(cell.at, cell.at + cell.table.nodeSize, nodes.paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, cell.at + 1)).scrollIntoView());
  return true;
};

/** Puts a table where the cursor is, with what was selected in its first cells. */
export const insertTable: Command = (state, dispatch) => {
  const { $from } = state.selection;
  if (cellAt($from) || $from.parent.type.spec.code) return false;
  const table = make(
    [0, 1, 2].map(() => [blank(), blank()]),
    ["", ""],
  );
  const tr = state.tr;
  const empty = $from.parent.type === nodes.paragraph && !$from.parent.childCount;
  const inItem = $from.node(-1).type === nodes.item && $from.index(-1) === 0;
  // An item begins with its text.
  const at = empty && !inItem ? $from.before() : $from.after();
  tr.replaceWith(at, empty && !inItem ? $from.after() : at, table);
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, at + 3)).scrollIntoView());
  return true;
};

/** Tab: the next cell; behind the last one is a new row. */
export const nextCell = (step: -1 | 1): Command => {
  return (state, dispatch) => {
    const cell = cellAt(state.selection.$from);
    if (!cell) return false;
    const columns = cell.table.child(cell.row).childCount;
    const to = cell.row * columns + cell.column + step;
    if (to < 0) return true;
    if (to >= columns * cell.table.childCount) return addRow("below")(atColumn(state, cell, 0), dispatch);
    dispatch?.(goTo(state.tr, cell, Math.floor(to / columns), to % columns, true));
    return true;
  };
};

function atColumn(state: EditorState, cell: Cell, column: number): EditorState {
  return state.apply(goTo(state.tr, cell, cell.row, column));
}

/** Enter: the cell below. An empty last row goes away, and the text goes on behind the table. */
export const enterCell: Command = (state, dispatch) => {
  const cell = cellAt(state.selection.$from);
  if (!cell) return false;
  const last = cell.table.childCount - 1;
  if (cell.row < last) dispatch?.(goTo(state.tr, cell, cell.row + 1, cell.column));
  else if (cell.row > 0 && !cell.table.child(last).textContent) {
    const cells = cellsOf(cell.table).slice(0, -1);
    const table = make(cells, cell.table.attrs["align"]);
    const tr = state.tr.replaceWith(cell.at, cell.at + cell.table.nodeSize, [table, nodes.paragraph.create()]);
    dispatch?.(tr.setSelection(TextSelection.create(tr.doc, cell.at + table.nodeSize + 1)).scrollIntoView());
  } else return addRow("below")(state, dispatch);
  return true;
};

/** The cells that are selected, if they are several of one table. */
function several(state: EditorState): [from: number, to: number][] | null {
  if (!hasSeveral(state)) return null;
  const { from, to } = state.selection;
  const found: [number, number][] = [];
  state.doc.nodesBetween(from, to, (node, pos) => {
    if (node.type === nodes.cell) {
      found.push([Math.max(pos + 1, from), Math.min(pos + 1 + node.content.size, to)]);
    }
    return node.type !== nodes.cell;
  });
  return found;
}

/** Empties the cells that are selected, which stay. */
export const clearCells: Command = (state, dispatch) => {
  const cells = several(state);
  if (!cells) return false;
  const { tr } = state;
  for (const [from, to] of cells.reverse()) tr.delete(from, to);
  dispatch?.(tr.setSelection(Selection.near(tr.doc.resolve(state.selection.from))));
  return true;
};

/** The cells of another table, from the cell of the cursor on; the table grows where they need more place. */
export function fill(state: EditorState, given: Node): Transaction | null {
  const cell = cellAt(state.selection.$from);
  if (!cell) return null;
  const cells = cellsOf(cell.table);
  const align = [...(cell.table.attrs["align"] as string[])];
  const news = cellsOf(given);
  const width = Math.max(align.length, cells[0]?.length ?? 0, cell.column + Math.max(...news.map((row) => row.length)));
  const height = Math.max(cells.length, cell.row + news.length);
  const all = Array.from({ length: height }, (_, row) =>
    Array.from(
      { length: width },
      (_, column) => news[row - cell.row]?.[column - cell.column] ?? cells[row]?.[column] ?? blank(),
    ),
  );
  const tr = state.tr.replaceWith(cell.at, cell.at + cell.table.nodeSize, make(all, align));
  const last = news.length - 1;
  return goTo(tr, cell, cell.row + last, cell.column + (news[last]?.length ?? 1) - 1);
}

/** Makes a table whole. */
export function mend(tr: Transaction, table: Node, pos: number): void {
  const columns = Math.max(...table.children.map((row) => row.childCount));
  const align = Array.from({ length: columns }, (_, at) => (table.attrs["align"] as string[])[at] ?? "");
  let at = pos + 1;
  const inserts: number[][] = [];
  table.forEach((row, _offset, index) => {
    row.forEach((cell, offset, column) => {
      const wanted = { head: index === 0, align: align[column] };
      if (cell.attrs["head"] !== wanted.head || cell.attrs["align"] !== wanted.align)
        tr.setNodeMarkup(at + 1 + offset, null, wanted);
    });
    inserts.push([at + row.nodeSize - 1, columns - row.childCount, index]);
    at += row.nodeSize;
  });
  for (const [end = 0, missing = 0, index = 0] of inserts.reverse()) {
    const more = Array.from({ length: missing }, (_, step) =>
      nodes.cell.create({ head: index === 0, align: align[columns - missing + step] ?? "" }),
    );
    if (missing) tr.insert(end, Fragment.fromArray(more));
  }
  if ((table.attrs["align"] as string[]).length !== columns) tr.setNodeAttribute(pos, "align", align);
}
