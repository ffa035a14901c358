// One action for many notes: by the service's batches when it can be reached, or one change each in the queue; with one way back for all.
import { numeral, plural } from "../locale";
import { api, type Color, Failure, type Note } from "../api/client";
import type { components } from "../api/schema";
import { move, movedWords, setColor, setLabels, setPinned } from "./actions";
import { notes } from "./notes.svelte";
import { isLocal, type PlaceVerb } from "./ops";
import { queue } from "./queue.svelte";
import { ask } from "./session.svelte";
import { announcer, link, toasts } from "./toasts.svelte";

type Operation = components["schemas"]["BatchOperation"];

/** Up to so many notes, each change waits in the queue like any other: it is seen at once, also without a connection. */
const FEW = 20;
/** How many operations a request may have. */
const PAGE = 100;

const BACK: Record<PlaceVerb, PlaceVerb> = {
  archive: "unarchive",
  unarchive: "archive",
  trash: "restore",
  restore: "trash",
};

function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

/** Sends operations in their order, and returns how many were refused. */
async function send(operations: readonly Operation[]): Promise<number> {
  let refused = 0;
  for (let at = 0; at < operations.length; at += PAGE) {
    const body = { operations: operations.slice(at, at + PAGE) };
    for (;;) {
      try {
        const { results } = await ask(api.POST("/api/notes/batch", { body }));
        refused += results.filter(({ status }) => status === "failed").length;
        break;
      } catch (cause) {
        // Somebody with very many notes has used up the requests of this minute.
        if (!(cause instanceof Failure) || cause.status !== 429) throw cause;
        await pause((cause.retryAfterSecs ?? 1) * 1000);
      }
    }
  }
  return refused;
}

/** Does something with many notes by batches, says so, and offers the way back. */
async function batch(
  chosen: readonly Note[],
  done: string,
  forth: readonly Operation[],
  back: readonly Operation[],
): Promise<void> {
  queue.flush();
  const count = chosen.length;
  const progress = count > PAGE ? toasts.show(plural(count, ["Changing # note…", "Changing # notes…"])) : undefined;
  try {
    const refused = await send(forth);
    if (progress !== undefined) toasts.dismiss(progress);
    if (refused > 0)
      toasts.show(
        plural(count, ["% of # note could not be changed.", "% of # notes could not be changed."], numeral(refused)),
        { kind: "error" },
      );
    const run = (): void => void send(back).then(() => announcer.say("Undone"), toasts.failure.bind(toasts));
    toasts.show(done, back.length > 0 ? { action: { label: "Undo", run } } : {});
  } catch (cause) {
    if (progress !== undefined) toasts.dismiss(progress);
    toasts.failure(cause, "Not all notes were changed.");
  }
}

/** The notes that are selected, unless there are so few of them, or so little connection, that the queue takes them. */
function many(ids: readonly string[]): Note[] | undefined {
  const found = ids.map((id) => notes.get(id)).filter((note) => note !== undefined);
  return found.length > FEW && !link.lost && !found.some(({ id }) => isLocal(id)) ? found : undefined;
}

export function moveAll(ids: readonly string[], verb: PlaceVerb): void {
  const chosen = many(ids);
  if (!chosen) return move(ids, verb);
  const back = BACK[verb];
  const pinned = verb === "unarchive" ? [] : chosen.filter((note) => note.pinned);
  void batch(
    chosen,
    movedWords(verb, chosen.length),
    chosen.map(({ id }) => ({ id, op: verb })),
    [...chosen.map(({ id }) => ({ id, op: back })), ...pinned.map(({ id }) => ({ id, op: "pin" as const }))],
  );
}

export function pinAll(ids: readonly string[], pinned: boolean): void {
  const chosen = many(ids);
  if (!chosen) return ids.forEach((id) => setPinned(id, pinned));
  const changed = chosen.filter((note) => note.pinned !== pinned);
  const [op, back] = pinned ? (["pin", "unpin"] as const) : (["unpin", "pin"] as const);
  void batch(
    chosen,
    pinned
      ? plural(chosen.length, ["# note pinned.", "# notes pinned."])
      : plural(chosen.length, ["# note unpinned.", "# notes unpinned."]),
    changed.map(({ id }) => ({ id, op })),
    changed.map(({ id }) => ({ id, op: back })),
  );
}

export function colorAll(ids: readonly string[], color: Color): void {
  const chosen = many(ids);
  if (!chosen) return ids.forEach((id) => setColor(id, color));
  const changed = chosen.filter((note) => note.color !== color);
  void batch(
    chosen,
    plural(chosen.length, ["# note coloured.", "# notes coloured."]),
    changed.map(({ id }) => ({ id, op: "setColor", color })),
    changed.map(({ id, color }) => ({ id, op: "setColor", color })),
  );
}

export function labelAll(ids: readonly string[], added: readonly string[], removed: readonly string[]): void {
  const chosen = many(ids);
  if (!chosen) {
    for (const id of ids) {
      const kept = notes.get(id)?.labelIds.filter((label) => !removed.includes(label)) ?? [];
      setLabels(id, [...new Set([...kept, ...added])]);
    }
    return;
  }
  const forth: Operation[] = [];
  const back: Operation[] = [];
  for (const { id, labelIds } of chosen) {
    for (const labelId of added) {
      if (labelIds.includes(labelId)) continue;
      forth.push({ id, op: "addLabel", labelId });
      back.push({ id, op: "removeLabel", labelId });
    }
    for (const labelId of removed) {
      if (!labelIds.includes(labelId)) continue;
      forth.push({ id, op: "removeLabel", labelId });
      back.push({ id, op: "addLabel", labelId });
    }
  }
  void batch(chosen, plural(chosen.length, ["# note changed.", "# notes changed."]), forth, back);
}
