// The queue of changes as a list: how changes are put together, and what is left of it when one has reached the service.
import type { Note } from "../api/client";
import { merge3 } from "./merge";
import { type Create, type Edit, type Op, sameText, type Text } from "./ops";

/**
 * The queue with `op` at its end, or in what waits there already: typing makes one change, not one a key. `sending` is on its way and stays as
 * it is.
 */
export function enqueue(ops: readonly Op[], op: Op, sending: string | undefined): Op[] {
  const at = ops.findLastIndex(({ id }) => id === op.id);
  const last = ops[at];
  const merged = last && last.uid !== sending ? merge(last, op) : undefined;
  return merged ? ops.with(at, merged) : [...ops, op];
}

function merge(last: Op, op: Op): Op | undefined {
  const later = {
    at: op.at,
    ...(op.rev === undefined ? {} : { rev: op.rev }),
    ...(op.position === undefined ? {} : { position: op.position }),
    ...(op.notBefore === undefined ? {} : { notBefore: op.notBefore }),
  };
  if (last.kind === "create") {
    const { refused: _, ...create } = last;
    if (op.kind === "text") return { ...create, ...later, note: { ...create.note, ...op.text } };
    if (op.kind === "patch") {
      // A note that is still to be made has no reminder to end: what is null is left out.
      const { reminderAt, recurrence, ...patch } = op.patch;
      const { reminderAt: before, recurrence: seriesBefore, ...note } = create.note;
      const reminder = reminderAt === undefined ? before : (reminderAt ?? undefined);
      const series = recurrence === undefined ? seriesBefore : (recurrence ?? undefined);
      return {
        ...create,
        ...later,
        note: {
          ...note,
          ...patch,
          ...(reminder ? { reminderAt: reminder } : {}),
          ...(series ? { recurrence: series } : {}),
        },
      };
    }
  }
  if (last.kind === "text" && op.kind === "text") {
    const { refused: _, ...edit } = last;
    return { ...edit, ...later, base: op.base, text: op.text };
  }
  if (last.kind === "patch" && op.kind === "patch") return { ...last, ...later, patch: { ...last.patch, ...op.patch } };
  return undefined;
}

/** The queue once `done`, as it was sent, has become `note`: what is left is based on it. */
export function settle(ops: readonly Op[], done: Op, note: Note | undefined): Op[] {
  const left = ops.filter(({ uid }) => uid === done.uid).flatMap((op) => remainder(op, done));
  // What was left of it when less was known of it is replaced.
  const again = new Set(left.map(({ uid }) => uid));
  const rest = ops.flatMap((op) => (op.uid === done.uid ? left : again.has(op.uid) ? [] : [op]));
  if (!note) return rest;
  return rest.map((op) => {
    if (op.id !== done.id) return op;
    const moved = { ...op, id: note.id };
    if (moved.kind !== "text") return moved;
    const base = { title: note.title, content: note.content, version: note.version };
    const sent = sentText(done);
    // An edit changes what its user saw. One that saw less goes on with what the same page has sent.
    const text =
      combine(moved.base, moved.text, note) ??
      (sent && op.page === done.page ? combine(sent, moved.text, note) : undefined);
    return text ? { ...moved, base, text } : moved;
  });
}

/**
 * The queue once `sent` has met the same words of another: the user decides about all that the page has written meanwhile, also after it was
 * sent, as one text.
 */
export function conflicting(ops: readonly Op[], sent: Edit, theirs: Note): Op[] {
  const edit = ops.find((op): op is Edit => op.uid === sent.uid && op.kind === "text");
  if (!edit) return [...ops];
  const later = ops.filter(
    (op): op is Edit => op.kind === "text" && op.id === edit.id && op.page === edit.page && op.uid !== edit.uid,
  );
  const last = later.at(-1);
  const whole = last
    ? { ...edit, text: last.text, at: last.at, ...(last.rev === undefined ? {} : { rev: last.rev }), theirs }
    : { ...edit, theirs };
  return ops.flatMap((op) => (op.uid === edit.uid ? [whole] : later.includes(op as Edit) ? [] : [op]));
}

/** What another page has made of a change while it was on its way. */
export function remainder(now: Op, sent: Op): Op[] {
  const { refused: _, ...common } = now;
  const uid = `${now.uid}+`;
  if (now.kind === "text" && sent.kind === "text")
    return sameText(now.text, sent.text)
      ? []
      : [{ ...common, uid, kind: "text", base: { ...sent.text, version: sent.base.version }, text: now.text }];
  if (now.kind === "patch" && sent.kind === "patch")
    return JSON.stringify(now.patch) === JSON.stringify(sent.patch)
      ? []
      : [{ ...common, uid, kind: "patch", patch: now.patch }];
  if (now.kind !== "create" || sent.kind !== "create") return [];
  const { title: _title, content: _content, ...looks } = now.note;
  const { title: _t, content: _c, ...looked } = sent.note;
  const [before, text] = [sentText(sent)!, sentText(now)!];
  const { note: _note, kind: _kind, ...same } = common as Create;
  return [
    ...(sameText(before, text) ? [] : [{ ...same, uid, kind: "text" as const, base: { ...before, version: 0 }, text }]),
    ...(JSON.stringify(looks) === JSON.stringify(looked)
      ? []
      : [
          {
            ...same,
            uid: `${now.uid}*`,
            kind: "patch" as const,
            patch: { ...looks, ...(looked.reminderAt && !looks.reminderAt ? { reminderAt: null } : {}) },
          },
        ]),
  ];
}

function sentText(op: Op): Text | undefined {
  if (op.kind === "text") return op.text;
  return op.kind === "create" ? { title: op.note.title ?? "", content: op.note.content ?? "" } : undefined;
}

/** What becomes of an edit when the note was changed meanwhile: text of both, or nothing if both changed the same words. */
export function combine(base: Text, mine: Text, theirs: Text): Text | undefined {
  const title = merge3(base.title, mine.title, theirs.title);
  const content = merge3(base.content, mine.content, theirs.content);
  return title === undefined || content === undefined ? undefined : { title, content };
}
