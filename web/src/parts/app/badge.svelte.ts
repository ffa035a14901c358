// The number on the icon of the installed page: reminders that have come and were not looked at.
import { notes } from "../../state/notes.svelte";
import { ofAccount } from "../../state/owned.svelte";
import { route } from "../../state/route.svelte";
import { local } from "../../state/storage";

const KEY = "reminders-seen";

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
  const timer = setInterval(() => (now = Date.now()), 30_000);
  const end = $effect.root(() => {
    $effect(() => {
      // Who looks at the list has seen them.
      if (route.view.name === "reminders" && document.visibilityState === "visible") {
        seen = Math.max(now, Date.now());
        local.set(KEY, seen);
      }
      const reminders = [...notes.all.values()]
        .filter(({ place }) => place !== "trash")
        .map(({ reminderAt }) => reminderAt);
      const count = due(reminders, seen, now);
      void (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => {});
    });
  });
  return () => {
    clearInterval(timer);
    end();
  };
}

ofAccount(() => {
  local.remove(KEY);
  void navigator.clearAppBadge?.().catch(() => {});
});
