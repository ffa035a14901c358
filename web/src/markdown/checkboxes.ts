// Makes a checklist of text, and text of a checklist.

import { parse } from "./blocks";

const ITEM = /^([ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+)(?!\[[ xX]\](?:\s|$))(?=\S)/;

/** Whether there is a task in it. */
export function hasTasks(source: string): boolean {
  return parse(source).tasks.length > 0;
}

/** Every line of text and every item becomes a task; headings, code, quotes and tables stay. */
export function showCheckboxes(source: string): string {
  return changed(source, (type, text) => {
    if (type === "paragraph") return text.replace(/(?:\\| {2,})$/gm, "").replace(/^[ \t]*(?=\S)/gm, "- [ ] ");
    if (type !== "list") return text;
    return text
      .split("\n")
      .map((line) => line.replace(ITEM, "$1[ ] "))
      .join("\n");
  });
}

/** Tasks become lines of text; where they are nested, items. What was checked is no longer said. */
export function hideCheckboxes(source: string): string {
  return changed(source, (type, text) => {
    if (type !== "list") return text;
    const lines = text.split("\n");
    const flat = lines.every((line) => !line || TASK.test(line));
    if (flat) return lines.map((line) => escaped(line.replace(TASK, ""))).join("\n");
    return lines.map((line) => line.replace(/^([ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+)\[[ xX]\][ \t]*/, "$1")).join("\n");
  });
}

const TASK = /^[-+*][ \t]+\[[ xX]\][ \t]*/;

/** A line that says the same without a mark before it. */
function escaped(line: string): string {
  return line.replace(/^([-+*>]|#{1,6}|=+|-+)(?=\s|$)/, "\\$1").replace(/^(\d{1,9})([.)])(?=\s)/, "$1\\$2");
}

function changed(source: string, change: (type: string, text: string) => string): string {
  const { blocks } = parse(source);
  let out = "";
  let end = 0;
  let before = "";
  for (const { type, from, to } of blocks) {
    if (from === undefined || to === undefined) continue;
    let gap = source.slice(end, from);
    const text = change(type, source.slice(from, to));
    // Tasks that come to stand below each other are one list.
    const task = /^[-+*] \[/.test(text);
    if (task && before === "task" && /^\s*$/.test(gap)) gap = "\n";
    out += gap + text;
    end = to;
    before = task && type === "paragraph" ? "task" : "";
  }
  return out + source.slice(end);
}
