// Deletes what this device keeps of accounts.
import { dropReceived } from "./received";
import { local } from "./storage";

const PREFIX = "notes:";
/** The database of earlier versions of the page, one for all accounts. */
const OLD = "notes";

/** Deletes everything of an account. */
export function erase(account: string): void {
  for (const storage of [() => localStorage, () => sessionStorage]) {
    try {
      for (const key of Object.keys(storage())) if (key.includes(account)) storage().removeItem(key);
    } catch {
      // Then nothing is kept there.
    }
  }
  drop(PREFIX + account);
  dropReceived();
}

/** Deletes what is left of other accounts, but not what somebody wrote and could not send: it waits for them. */
export async function sweep(account: string): Promise<void> {
  drop(OLD);
  // A tab that the browser has restored may bring along what could be undone in it.
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith("undo:") && !key.includes(account)) sessionStorage.removeItem(key);
  const waiting = new Set(local.keys("queue:").map((key) => key.split(":")[1]));
  for (const { name } of (await indexedDB.databases?.()) ?? []) {
    const other = name?.startsWith(PREFIX) ? name.slice(PREFIX.length) : account;
    if (other === account) continue;
    const { Database } = await import("./database");
    const database = await Database.open(other);
    if (!database) continue;
    const ops = await database.ops();
    if (ops.length > 0 || waiting.has(other)) database.clear();
    database.close();
    if (ops.length === 0) drop(PREFIX + other);
  }
}

function drop(name: string): void {
  try {
    indexedDB.deleteDatabase(name);
  } catch {
    // Then there is none.
  }
}
