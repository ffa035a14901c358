// Changes of a list that is in order already.
import type { Note } from "../api/client";
import { type Change, type Follow, placeOf } from "./lists";
import { compareNotes } from "./order";

/** From so many changes on, a list is sorted instead. */
const MANY = 24;

/** Returns a sorted list after changes of some of its notes. */
export function changed(list: readonly Note[], changes: readonly Change[], all: Follow): Note[] {
  if (changes.length > MANY) return all(list, changes);
  const result = [...list];
  for (const [before, now] of changes) {
    const at = before ? placeOf(result, before) : -1;
    const there = before !== undefined && result[at] === before;
    if (there && now && compareNotes(before, now) === 0) {
      result[at] = now;
      continue;
    }
    if (there) result.splice(at, 1);
    if (now) result.splice(placeOf(result, now), 0, now);
  }
  return result;
}
