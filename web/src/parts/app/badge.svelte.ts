// The number on the icon of the installed page: reminders that have come and were not looked at.
import { notes } from "../../state/notes.svelte";
import { ofAccount } from "../../state/owned.svelte";
import { route } from "../../state/route.svelte";
import { local } from "../../state/storage";

const KEY = "reminders-seen";
const LATER_MILLIS = 1000;

/** Reminders that came since `seen`, and before `now`. */
export function due(reminders: Iterable<string | undefined>, seen: number, now: number): number {
  let count = 0;
  for (const at of reminders) {
    const time = at === undefined ? NaN : Date.parse(at);
    if (time > seen && time <= now) count += 1;
  }
  return count;
}

/** Follows reminders until what it returns is called. */
export function followBadge(): () => void {
  if (!("setAppBadge" in navigator)) return () => {};
  let seen = local.get<number>(KEY) ?? Date.now();
  local.set(KEY, seen);
  let now = $state(Date.now());
  let shown = -1;
  let later: ReturnType<typeof setTimeout> | undefined;
  const count = (): void => {
    later = undefined;
    const reminders = [...notes.all.values()]
      .filter(({ place }) => place !== "trash")
      .map(({ reminderAt }) => reminderAt);
    const next = due(reminders, seen, now);
    if (next === shown) return;
    shown = next;
    void (next > 0 ? navigator.setAppBadge(next) : navigator.clearAppBadge()).catch(() => {});
  };
  const timer = setInterval(() => (now = Date.now()), 30_000);
  const end = $effect.root(() => {
    $effect(() => {
      // Who looks at the list has seen them.
      if (route.view.name === "reminders" && document.visibilityState === "visible") {
        seen = Math.max(now, Date.now());
        local.set(KEY, seen);
      }
      void notes.all;
      // All notes are looked through: not for every letter that is typed in one of them.
      later ??= setTimeout(count, LATER_MILLIS);
    });
  });
  return () => {
    clearInterval(timer);
    clearTimeout(later);
    end();
  };
}

ofAccount(() => {
  local.remove(KEY);
  void navigator.clearAppBadge?.().catch(() => {});
});
