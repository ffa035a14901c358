// Sets links.

import type { Command } from "prosemirror-state";
import { linkOf } from "../commands";
import { isAddress, schema } from "../schema";

const { marks } = schema;

/** Links the selection, or what is linked at the cursor; takes the link away if there is no address. Without either, the address becomes text. */
export function setLink(href: string): Command {
  return (state, dispatch) => {
    let { from, to } = state.selection;
    const { $from, empty } = state.selection;
    const current = linkOf(state);
    if (empty && current) {
      // The whole link around the cursor.
      const has = (index: number) => {
        const { marks: active } = $from.parent.maybeChild(index) ?? {};
        return marks.link.isInSet(active ?? [])?.attrs["href"] === current;
      };
      let first = has($from.index()) ? $from.index() : $from.index() - 1;
      let last = first;
      while (first > 0 && has(first - 1)) first--;
      while (has(last + 1)) last++;
      from = $from.posAtIndex(first);
      to = $from.posAtIndex(last + 1);
    }
    const { tr } = state;
    const mark = marks.link.create({ href });
    if (!href) tr.removeMark(from, to, marks.link);
    else if (from === to) tr.insert(from, schema.text(href, mark.addToSet($from.marks())));
    else tr.removeMark(from, to, marks.link).addMark(from, to, mark);
    if (href && !isAddress(href)) return false;
    dispatch?.(tr.removeStoredMark(marks.link).scrollIntoView());
    return true;
  };
}
