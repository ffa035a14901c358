// Push messages to this browser: asked for by the user, kept up while the session lasts, ended with it.
import { api } from "../../api/client";
import type { PushSubscribed } from "../../api/types";
import { ofAccount } from "../../state/owned.svelte";
import { ask, session } from "../../state/session.svelte";
import { local } from "../../state/storage";

/** The session that the service was last told of this browser in. */
const SESSION = "push-session";

/** Says if this browser can be pushed to at all. */
export function canPush(): boolean {
  return "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
}

async function manager(): Promise<PushManager | undefined> {
  if (!canPush()) return undefined;
  const worker = await navigator.serviceWorker.getRegistration();
  return worker?.pushManager;
}

/** Subscribes this browser; the browser has asked the user before. */
export async function subscribe(): Promise<PushSubscribed> {
  const { publicKey } = await ask(api.GET("/api/push/key"));
  const { pushManager } = await navigator.serviceWorker.ready;
  const applicationServerKey = bytesOf(publicKey);
  const kept = await pushManager.getSubscription();
  const old = kept?.options.applicationServerKey;
  // A subscription with another key gets nothing.
  if (kept && old && !same(new Uint8Array(old), applicationServerKey)) await kept.unsubscribe();
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  return tell(subscription);
}

async function tell(subscription: PushSubscription): Promise<PushSubscribed> {
  const { endpoint, keys } = subscription.toJSON();
  const { p256dh = "", auth = "" } = keys ?? {};
  const body = { endpoint: endpoint ?? "", keys: { p256dh, auth } };
  const told = await ask(api.POST("/api/push/subscriptions", { body }));
  local.set(SESSION, told.sessionId);
  await keepAccount(session.account?.id);
  return told;
}

/** Keeps the account of the subscription for the worker, which the browser may wake to replace it; removes it without one. */
async function keepAccount(account: string | undefined): Promise<void> {
  if (!("caches" in globalThis)) return;
  const cache = await caches.open("push");
  if (account) await cache.put("/push/account", new Response(account));
  else await cache.delete("/push/account");
}

/** Ends the subscription of this browser. */
export async function unsubscribe(): Promise<void> {
  await keepAccount(undefined);
  await (await (await manager())?.getSubscription())?.unsubscribe();
}

/** Tells the service again of a subscription that is there: the session may be another, and the browser may have renewed it. */
export async function renew(): Promise<void> {
  if (session.account?.guest || globalThis.Notification?.permission !== "granted") return;
  const subscription = await (await manager())?.getSubscription();
  if (!subscription) return;
  const [subscribed, sessions] = await Promise.all([
    ask(api.GET("/api/push/subscriptions")),
    ask(api.GET("/api/sessions")),
  ]);
  const told = subscribed.items.some(({ current }) => current);
  const same = sessions.items.find(({ current }) => current)?.id === local.get<string>(SESSION);
  // What was removed on another device stays removed; what ended with an earlier session goes on with this one.
  if (same && !told) await subscription.unsubscribe();
  else await tell(subscription);
}

// Who comes next on this device is not told of these reminders.
ofAccount(() => {
  local.remove(SESSION);
  void unsubscribe().catch(() => {});
});

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
