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

export async function changeLabel(label: Label, patch: { name?: string; color?: Color }): Promise<void> {
  const before = notes.labels;
  notes.takeLabels(before.map((other) => (other.id === label.id ? { ...other, ...patch } : other)));
  try {
    const params = { path: { id: label.id }, header: { "If-Match": `"${label.version}"` } };
    const changed = await ask(api.PATCH("/api/labels/{id}", { params, body: patch }));
    notes.takeLabels(notes.labels.map((other) => (other.id === changed.id ? changed : other)));
  } catch (cause) {
    notes.takeLabels(before);
    void loadLabels().catch(() => {});
    throw cause;
  }
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
