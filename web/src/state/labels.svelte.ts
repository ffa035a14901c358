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

/** Changes that the service has not answered; each one needs the version that the one before it made. */
let sending: Promise<unknown> = Promise.resolve();

export async function changeLabel(label: Label, patch: { name?: string; color?: Color }): Promise<void> {
  const put = (id: string, changed: Partial<Label>) =>
    notes.takeLabels(notes.labels.map((other) => (other.id === id ? { ...other, ...changed } : other)));
  put(label.id, patch);
  const send = async () => {
    const { version } = notes.label(label.id) ?? label;
    const params = { path: { id: label.id }, header: { "If-Match": `"${version}"` } };
    return ask(api.PATCH("/api/labels/{id}", { params, body: patch }));
  };
  const sent = sending.then(send);
  sending = sent.then(
    (changed) => put(changed.id, changed),
    () => {},
  );
  try {
    await sent;
  } catch (cause) {
    put(label.id, { name: label.name, color: label.color });
    void loadLabels().catch(() => {});
    throw cause;
  }
  await sending;
}

export async function deleteLabel(label: Label): Promise<void> {
  await ask(api.DELETE("/api/labels/{id}", { params: { path: { id: label.id }, header: { "If-Match": "*" } } }));
  notes.takeLabels(notes.labels.filter(({ id }) => id !== label.id));
  notes.take(
    [...notes.base.values()]
      .filter((note) => note.labelIds.includes(label.id))
      .map((note) => ({ ...note, labelIds: note.labelIds.filter((id) => id !== label.id) })),
  );
}

export async function orderLabels(ids: string[]): Promise<void> {
  const before = notes.labels;
  notes.takeLabels(before.map((label) => ({ ...label, sort: ids.indexOf(label.id) })));
  try {
    notes.takeLabels((await ask(api.PUT("/api/labels/order", { body: { ids } }))).items);
  } catch (cause) {
    notes.takeLabels(before);
    throw cause;
  }
}
