// What the user does with labels. It needs the service: labels are few, and a wrong one is on many notes.
import { api, type Color, type Label } from "../api/client";
import { loadLabels } from "./account";
import { notes } from "./notes.svelte";
import { ask } from "./session.svelte";

export async function createLabel(name: string, color: Color = "white"): Promise<Label> {
  const label = await ask(api.POST("/api/labels", { body: { name, color } }));
  notes.takeLabels([...notes.labels.filter(({ id }) => id !== label.id), label]);
  return label;
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Sends changes one at a time: each needs the version that the one before it made, and the service must not get them in another order. What others
 * have changed meanwhile is read when no change waits any more.
 */
async function inTurn<T>(send: () => Promise<T>): Promise<T> {
  notes.labelsWaiting += 1;
  const sent = last.then(send);
  last = sent.catch(() => {});
  try {
    return await sent;
  } catch (cause) {
    notes.labelsMissed = true;
    throw cause;
  } finally {
    notes.labelsWaiting -= 1;
    if (notes.labelsWaiting === 0 && notes.labelsMissed) {
      notes.labelsMissed = false;
      void loadLabels().catch(() => {});
    }
  }
}

const put = (id: string, changed: Partial<Label>): void =>
  notes.takeLabels(notes.labels.map((other) => (other.id === id ? { ...other, ...changed } : other)));

/** Takes labels as the service has them. Of one that was asked for before a change that still waits, only the version is news. */
function answered(labels: readonly Label[]): void {
  const own = new Map(labels.map((label) => [label.id, label]));
  const waits = notes.labelsWaiting > 1;
  notes.takeLabels(
    notes.labels.map((label) => {
      const news = own.get(label.id);
      return news ? (waits ? { ...label, version: news.version } : news) : label;
    }),
  );
  if (waits) notes.labelsMissed = true;
}

export async function changeLabel(label: Label, patch: { name?: string; color?: Color }): Promise<void> {
  put(label.id, patch);
  try {
    await inTurn(async () => {
      const { version } = notes.label(label.id) ?? label;
      const params = { path: { id: label.id }, header: { "If-Match": `"${version}"` } };
      answered([await ask(api.PATCH("/api/labels/{id}", { params, body: patch }))]);
    });
  } catch (cause) {
    put(label.id, { name: label.name, color: label.color });
    throw cause;
  }
}

export async function deleteLabel(label: Label): Promise<void> {
  const params = { path: { id: label.id }, header: { "If-Match": "*" } };
  await inTurn(() => ask(api.DELETE("/api/labels/{id}", { params })));
  notes.takeLabels(notes.labels.filter(({ id }) => id !== label.id));
  notes.take(
    [...notes.base.values()]
      .filter((note) => note.labelIds.includes(label.id))
      .map((note) => ({ ...note, labelIds: note.labelIds.filter((id) => id !== label.id) })),
  );
}

export async function orderLabels(ids: string[]): Promise<void> {
  const before = new Map(notes.labels.map(({ id, sort }) => [id, sort]));
  const sorted = (sort: (label: Label) => number): void =>
    notes.takeLabels(notes.labels.map((label) => ({ ...label, sort: sort(label) })));
  sorted(({ id }) => ids.indexOf(id));
  try {
    await inTurn(async () => answered((await ask(api.PUT("/api/labels/order", { body: { ids } }))).items));
  } catch (cause) {
    sorted(({ id, sort }) => before.get(id) ?? sort);
    throw cause;
  }
}
