// Moves items of lists, rows of tables and blocks by keys.

import type { ResolvedPos } from "prosemirror-model";
import type { Command } from "prosemirror-state";
import { numeral } from "../../locale";
import { moved } from "../moves";
import { schema } from "../schema";
import { cellAt } from "../tables";
import { moveRow } from "./tables";

const { nodes } = schema;

/** The depth of what Alt and an arrow move: the item around the cursor, else the outermost block. */
function depthOf($pos: ResolvedPos): number {
  for (let depth = $pos.depth; depth > 0; depth--) if ($pos.node(depth).type === nodes.item) return depth;
  return Math.min($pos.depth, 1);
}

/** Puts the item or block of the cursor one place further; says nothing could be done at the edge. */
export function move(step: -1 | 1, say: (text: string) => void): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    if (cellAt($from)) return moveRow(step)(state, dispatch);
    const depth = depthOf($from);
    if (!depth) return false;
    const parent = $from.node(depth - 1);
    const index = $from.index(depth - 1);
    const other = parent.maybeChild(index + step);
    if (!other) {
      say(step < 0 ? "It is the first already" : "It is the last already");
      return true;
    }
    const from = $from.before(depth);
    const node = $from.node(depth);
    const to = step < 0 ? from - other.nodeSize : from + node.nodeSize + other.nodeSize;
    dispatch?.(moved(state, from, to).scrollIntoView());
    say(`Moved to place ${numeral(index + step + 1)} of ${numeral(parent.childCount)}`);
    return true;
  };
}
