// The number on the icon of the installed page: reminders that have come and were not looked at.
import { notes } from "../../state/notes.svelte";
import { ofAccount } from "../../state/owned.svelte";
import { route } from "../../state/route.svelte";
import { local } from "../../state/storage";

const KEY = "reminders-seen";
const LATER_MILLIS = 1000;
/** Timers of browsers cannot wait longer than 24.8 days. */
const LONGEST_MILLIS = 86_400_000;

/** Returns how many reminders came after `seen` and until `now`, and when the next one comes. */
export function due(
  reminders: Iterable<string | undefined>,
  seen: number,
  now: number,
): { count: number; next: number } {
  let [count, next] = [0, Infinity];
  for (const at of reminders) {
    const time = at === undefined ? NaN : Date.parse(at);
    if (time > now) next = Math.min(next, time);
    else if (time > seen) count += 1;
  }
  return { count, next };
}

/** Follows reminders until what it returns is called. */
export function followBadge(): () => void {
  if (!("setAppBadge" in navigator)) return () => {};
  let seen = local.get<number>(KEY) ?? Date.now();
  local.set(KEY, seen);
  const isVisible = (): boolean => document.visibilityState === "visible";
  let visible = $state(isVisible());
  let now = $state(Date.now());
  let later: ReturnType<typeof setTimeout> | undefined;
  let coming: ReturnType<typeof setTimeout> | undefined;
  const count = (): void => {
    later = undefined;
    // They may have been looked at in another page.
    seen = Math.max(seen, local.get<number>(KEY) ?? 0);
    const reminders = [...notes.all.values()]
      .filter(({ place }) => place !== "trash")
      .map(({ reminderAt }) => reminderAt);
    const at = Date.now();
    const { count, next } = due(reminders, seen, at);
    // Also if it is the number of before: another page, or a push message, may have set another.
    void (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => {});
    clearTimeout(coming);
    coming = setTimeout(look, Math.min(next - at, LONGEST_MILLIS));
  };
  /** Timers are late in pages that nobody sees: what has come meanwhile counts as soon as somebody does. */
  const look = (): void => {
    now = Date.now();
    visible = isVisible();
  };
  document.addEventListener("visibilitychange", look);
  const end = $effect.root(() => {
    $effect(() => {
      // Who looks at the list has seen them.
      if (visible && route.view.name === "reminders") {
        seen = Math.max(now, Date.now());
        local.set(KEY, seen);
      }
      void now;
      void notes.all;
      // All notes are looked through: not for every letter that is typed in one of them.
      later ??= setTimeout(count, LATER_MILLIS);
    });
  });
  return () => {
    document.removeEventListener("visibilitychange", look);
    clearTimeout(later);
    clearTimeout(coming);
    end();
  };
}

ofAccount(() => {
  local.remove(KEY);
  void navigator.clearAppBadge?.().catch(() => {});
});
