// What a browser shows and keeps, to look for what must not be there.
import type { Page } from "@playwright/test";

/** Everything that the browser shows or keeps for this site, but the files of the page. */
export async function everythingIn(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error as Error);
      });
    const rows: unknown[] = [];
    for (const { name } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name!));
      for (const store of db.objectStoreNames) rows.push(await done(db.transaction(store).objectStore(store).getAll()));
      db.close();
    }
    for (const name of await caches.keys()) {
      if (name.startsWith("notes-")) continue;
      const cache = await caches.open(name);
      for (const request of await cache.keys()) rows.push(request.url, await (await cache.match(request))?.text());
    }
    return JSON.stringify([
      document.documentElement.outerHTML,
      document.title,
      location.href,
      { ...localStorage },
      { ...sessionStorage },
      rows,
    ]);
  });
}
