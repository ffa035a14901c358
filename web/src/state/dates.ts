// Points in time, in words of the user's language and place.
import { LOCALE } from "../locale";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** Days from the day of `now` to the day of `date`; summer time does not count. */
function daysBetween(now: Date, date: Date): number {
  return Math.round((startOfDay(date) - startOfDay(now)) / DAY);
}

function time(date: Date, locale = LOCALE): string {
  return date.toLocaleTimeString(locale, { timeStyle: "short" });
}

/** `Today, 14:30`, `Tomorrow, 08:00`, `3 Mar, 09:00`, `3 Mar 2031, 09:00`. */
export function moment(iso: string, now = new Date(), locale = LOCALE): string {
  const date = new Date(iso);
  const days = daysBetween(now, date);
  if (days === 0) return `Today, ${time(date, locale)}`;
  if (days === 1) return `Tomorrow, ${time(date, locale)}`;
  if (days === -1) return `Yesterday, ${time(date, locale)}`;
  return `${day(date, now, locale)}, ${time(date, locale)}`;
}

function day(date: Date, now: Date, locale = LOCALE): string {
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const };
  return date.toLocaleDateString(locale, { day: "numeric", month: "short", ...year });
}

/** How long ago something was: `just now`, `5 min ago`, `14:30`, `yesterday`, `3 Mar`. */
export function ago(iso: string, now = new Date(), locale = LOCALE): string {
  const date = new Date(iso);
  const passed = now.getTime() - date.getTime();
  // @wc-include
  if (passed < MINUTE) return "just now";
  const relative = (style: "short" | "long"): Intl.RelativeTimeFormat =>
    new Intl.RelativeTimeFormat(locale, { style, numeric: "auto" });
  if (passed < 60 * MINUTE) return relative("short").format(-Math.floor(passed / MINUTE), "minute");
  const days = daysBetween(date, now);
  if (days === 0) return time(date, locale);
  if (days === 1) return relative("long").format(-1, "day");
  return day(date, now, locale);
}

/** What `<input type="datetime-local">` shows. */
export function toInput(iso: string): string {
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * MINUTE).toISOString().slice(0, 16);
}
