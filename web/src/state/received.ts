// What other programs have shared with the page and is no note yet: the service worker keeps it for the account that is in this browser.

/** What was shared, as the service worker describes it. */
interface Described {
  /** The account that was in this browser; none while nobody was. */
  account?: string;
  title: string;
  text: string;
  url: string;
  files: string[];
}

export interface Received {
  title: string;
  text: string;
  url: string;
  files: File[];
}

// The service worker uses the same names.
const WAITING = "shared";
const ACCOUNT = { cache: "account", key: "/account" };

const canKeep = (): boolean => "caches" in globalThis;

/** Tells the service worker for whom it keeps what is shared from now on. */
export async function receiveFor(account: string): Promise<void> {
  if (!canKeep()) return;
  await (await caches.open(ACCOUNT.cache)).put(ACCOUNT.key, new Response(account));
}

/** Returns what waits for an account, once; with `anybody`, also what came while nobody was signed in. Whatever else waits is deleted. */
export async function takeReceived(account: string, anybody: boolean): Promise<Received[]> {
  if (!canKeep() || !(await caches.has(WAITING))) return [];
  const cache = await caches.open(WAITING);
  const taken: Received[] = [];
  for (const request of await cache.keys()) {
    const path = new URL(request.url).pathname;
    if (!/^\/shared\/note\/[^/]+$/.test(path)) continue;
    const described = (await (await cache.match(request))?.json()) as Described | undefined;
    if (!described || (described.account ? described.account !== account : !anybody)) continue;
    const { title, text, url, files: names } = described;
    const files: File[] = [];
    for (const [at, name] of names.entries()) {
      const blob = await (await cache.match(`${path}/${at}`))?.blob();
      if (blob) files.push(new File([blob], name, { type: blob.type }));
    }
    // Another page of the browser may have been quicker.
    if (await cache.delete(request)) taken.push({ title, text, url, files });
  }
  await caches.delete(WAITING);
  return taken;
}

/** Deletes what waits, and for whom it was kept: that account has left this device. */
export function dropReceived(): void {
  if (!canKeep()) return;
  for (const name of [WAITING, ACCOUNT.cache]) void caches.delete(name).catch(() => {});
}
