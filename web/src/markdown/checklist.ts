// Checks and unchecks a task in Markdown.

import { parse, type Block, type List } from "./blocks";

/** The source with one task checked or not, every other character as it was. Tasks are counted in the order they are written, from 0. */
export function toggleItem(source: string, index: number, checked: boolean): string {
  const task = parse(source).tasks[index];
  if (!task || task.checked === checked) return source;
  return source.slice(0, task.at) + (checked ? "x" : " ") + source.slice(task.at + 1);
}

/** The same, after which the task stands between those that are done and those that are not. Lists with anything but tasks keep their order. */
export function sinkItem(source: string, index: number, checked: boolean): string {
  const changed = toggleItem(source, index, checked);
  const { blocks, tasks } = parse(changed);
  const at = tasks[index]?.at;
  if (at === undefined) return changed;
  for (const block of blocks) {
    if (block.from === undefined || block.to === undefined || at < block.from || at > block.to) continue;
    return sunk(changed, [block], index, block.to) ?? changed;
  }
  return changed;
}

function sunk(source: string, blocks: Block[], index: number, end: number): string | undefined {
  for (const list of blocks) {
    if (list.type !== "list") continue;
    const starts = startsOf(source, list);
    for (const [place, item] of list.items.entries()) {
      const to = starts?.[place + 1] ?? end;
      if (item.task?.index !== index) {
        const inner = sunk(source, item.children, index, to);
        if (inner !== undefined) return inner;
      } else if (starts) return moved(source, list, starts, end, place);
      else return undefined;
    }
  }
  return undefined;
}

/** Where the items of a list begin; nothing if it has others than tasks, or if they begin behind other marks. */
function startsOf(source: string, list: List): number[] | undefined {
  if (list.ordered) return undefined;
  const starts: number[] = [];
  for (const { task } of list.items) {
    if (!task) return undefined;
    const start = source.lastIndexOf("\n", task.at) + 1;
    if (!/^[ \t]*[-+*][ \t]+\[$/.test(source.slice(start, task.at))) return undefined;
    starts.push(start);
  }
  return starts;
}

function moved(source: string, { items }: List, starts: number[], end: number, place: number): string {
  const texts = starts.map((start, at) => source.slice(start, starts[at + 1] ?? end));
  const parts = texts.map((text) => /\s*$/.exec(text)?.[0] ?? "");
  const bodies = texts.map((text, at) => text.slice(0, text.length - (parts[at]?.length ?? 0)));
  const order = items.map((_, at) => at).filter((at) => at !== place);
  const before = order.filter((at) => !items[at]?.task?.checked);
  order.splice(before.length ? order.indexOf(before.at(-1) ?? 0) + 1 : 0, 0, place);
  return source.slice(0, starts[0]) + order.map((at, to) => `${bodies[at]}${parts[to]}`).join("") + source.slice(end);
}
