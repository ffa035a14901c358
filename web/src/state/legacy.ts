// Takes over what earlier versions of the page kept, in one database for whoever was there.
import type { Label, Note } from "../api/client";
import { type KeptWalk, notes } from "./notes.svelte";

interface Kept {
  account: string;
  revision: number;
  notes: Note[];
  labels: Label[];
  walks: [string, KeptWalk][];
}

export async function takeOver(account: string): Promise<void> {
  if (!(await indexedDB.databases?.())?.some(({ name }) => name === "notes")) return;
  const kept = await new Promise<Kept | undefined>((resolve) => {
    const request = indexedDB.open("notes");
    request.onerror = () => resolve(undefined);
    request.onsuccess = () => {
      const db = request.result;
      try {
        const read = db.transaction("kept").objectStore("kept").get("state") as IDBRequest<Kept | undefined>;
        read.onsuccess = () => resolve(read.result);
        read.onerror = () => resolve(undefined);
      } catch {
        resolve(undefined);
      }
      db.close();
    };
  });
  if (kept?.account !== account || notes.account !== account) return;
  notes.take(kept.notes.filter(({ id }) => !notes.base.has(id)));
  if (!notes.labelsKnown) notes.takeLabels(kept.labels);
  for (const [key, walk] of kept.walks) if (!notes.walks.has(key)) notes.takeWalk(key, walk);
  notes.revision = Math.min(kept.revision, notes.revision ?? kept.revision);
}
