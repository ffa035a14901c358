// Finds words in the note, and marks where they stand.

import type { Node } from "prosemirror-model";
import { Decoration, DecorationSet } from "prosemirror-view";

export interface Place {
  from: number;
  to: number;
}

/** Letters as they are compared: of any case, with or without accents; one for one, so that places stay. */
function folded(text: string): string {
  return Array.from({ length: text.length }, (_, at) => {
    const char = text.charAt(at);
    const plain = char.normalize("NFD").charAt(0).toLowerCase();
    return plain.length === 1 ? plain : char;
  }).join("");
}

export function placesOf(doc: Node, query: string): Place[] {
  const wanted = folded(query);
  const places: Place[] = [];
  if (!wanted) return places;
  doc.descendants((block, pos) => {
    if (!block.isTextblock) return true;
    // Every leaf that is no text stands for one place, as it does in the document.
    const text = folded(block.textBetween(0, block.content.size, undefined, (leaf) => (leaf.isText ? "" : "\ufffc")));
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      places.push({ from: pos + 1 + at, to: pos + 1 + at + wanted.length });
    }
    return false;
  });
  return places;
}

/** Marks what was found, and the place that is shown most. */
export function marks(doc: Node, places: readonly Place[], current: number): DecorationSet {
  return DecorationSet.create(
    doc,
    places.map(({ from, to }, at) =>
      Decoration.inline(from, to, { class: at === current ? "found current" : "found" }),
    ),
  );
}
