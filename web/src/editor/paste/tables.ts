// Tables of spreadsheets and pages, as Markdown can have them: a head, and cells of one line.

import { styleOf } from "./tidy";

export function tidyTables(root: HTMLElement): void {
  // The innermost first: a table around others only lays them out.
  for (const table of [...root.querySelectorAll<HTMLTableElement>("table")].reverse()) {
    if (isLayout(table)) unwrap(table);
    else tidyTable(table);
  }
}

function rowsOf(table: Element): Element[] {
  return [...table.querySelectorAll("tr")].filter((row) => row.closest("table") === table);
}

function isLayout(table: Element): boolean {
  const cells = rowsOf(table).flatMap((row) => [...row.children]);
  return (
    cells.length < 2 ||
    table.getAttribute("role") === "presentation" ||
    table.querySelector("table, pre, h1, h2") !== null
  );
}

function unwrap(table: Element): void {
  const parts = rowsOf(table).flatMap((row) =>
    [...row.children].map((cell) => {
      const part = table.ownerDocument.createElement("div");
      part.append(...cell.childNodes);
      return part;
    }),
  );
  table.replaceWith(...parts);
}

function tidyTable(table: Element): void {
  const document = table.ownerDocument;
  const grid = gridOf(table);
  // Spreadsheets copy empty rows and columns around what was meant.
  while (grid.length > 1 && grid.at(-1)?.every((cell) => !filled(cell))) grid.pop();
  let width = Math.max(...grid.map((row) => row.length));
  while (width > 1 && grid.every((row) => !filled(row[width - 1]))) width--;
  const columns = Array.from({ length: width }, (_, column) => column);
  const align = columns.map((column) => alignOf(grid.map((row) => row[column])));
  const rows = grid.map((row, at) => {
    const made = document.createElement("tr");
    for (const column of columns) {
      const cell = document.createElement(at === 0 ? "th" : "td");
      const given = row[column];
      if (given) cell.append(...oneLine(given));
      // The head looks like one anyway.
      const says = (given as HTMLElement | undefined)?.dataset["says"];
      if (says && at > 0) {
        const text = document.createElement("span");
        text.dataset["says"] = says;
        text.append(...cell.childNodes);
        cell.append(text);
      }
      if (at === 0) cell.dataset["align"] = align[column] ?? "";
      made.append(cell);
    }
    return made;
  });
  const caption = table.querySelector("caption");
  if (caption?.textContent?.trim()) {
    const text = document.createElement("p");
    text.append(...caption.childNodes);
    table.before(text);
  }
  table.replaceChildren(...rows);
}

type Cell = Element | undefined;

const filled = (cell: Cell) => !!cell && (cell.textContent?.trim() !== "" || cell.querySelector("img") !== null);

/** The cells by row and column; those that others reach into are empty. */
function gridOf(table: Element): Cell[][] {
  const grid: Cell[][] = [];
  const taken = new Set<string>();
  rowsOf(table).forEach((row, y) => {
    const line: Cell[] = (grid[y] ??= []);
    let x = 0;
    for (const cell of row.children) {
      while (taken.has(`${x}/${y}`)) x++;
      const span = (name: string) => Math.max(1, Math.min(50, Number(cell.getAttribute(name)) || 1));
      for (let right = 0; right < span("colspan"); right++)
        for (let down = 0; down < span("rowspan"); down++) taken.add(`${x + right}/${y + down}`);
      line[x] = cell;
      x += span("colspan");
      line.length = Math.max(line.length, x);
    }
  });
  return grid.filter((line) => line.length).map((line) => Array.from(line));
}

/** The alignment that all filled cells below the head have. */
function alignOf(cells: Cell[]): string {
  const found = new Set(
    cells
      .slice(1)
      .filter(filled)
      .map((cell) => {
        const style = styleOf(cell as Element);
        const said = /text-align:\s*(right|center|end)/i.exec(style)?.[1] ?? (cell as Element).getAttribute("align");
        return said === "end" ? "right" : (said?.toLowerCase() ?? "");
      }),
  );
  const [only = "", more] = found;
  return more === undefined && /^(?:right|center)$/.test(only) ? only : "";
}

/** What is in a cell, with breaks between its blocks. */
function oneLine(cell: Element): Node[] {
  const found: Node[] = [];
  const document = cell.ownerDocument;
  const isBlock = (node: Node) => /^(?:P|DIV|UL|OL|LI|H[1-6]|BLOCKQUOTE|PRE|DL|DT|DD)$/.test(node.nodeName);
  const part = () => {
    if (found.length && found.at(-1)?.nodeName !== "BR") found.push(document.createElement("br"));
  };
  const walk = (node: Node) => {
    for (const child of [...node.childNodes]) {
      if (isBlock(child)) {
        part();
        walk(child);
        part();
      } else if (child.nodeType !== 3 || child.nodeValue?.trim() || found.length) found.push(child);
    }
  };
  walk(cell);
  while (
    found.length &&
    (found.at(-1)?.nodeName === "BR" || !found.at(-1)?.textContent?.trim()) &&
    isEmpty(found.at(-1))
  )
    found.pop();
  return found;
}

function isEmpty(node: Node | undefined): boolean {
  return node?.nodeName === "BR" || (node?.nodeType === 3 && !node.nodeValue?.trim());
}
