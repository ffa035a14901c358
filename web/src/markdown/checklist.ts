// Checks and unchecks a task in Markdown.

import { parse } from "./blocks";

/** The source with one task checked or not, every other character as it was. Tasks are counted in the order they are written, from 0. */
export function toggleItem(source: string, index: number, checked: boolean): string {
  const task = parse(source).tasks[index];
  if (!task || task.checked === checked) return source;
  return source.slice(0, task.at) + (checked ? "x" : " ") + source.slice(task.at + 1);
}
