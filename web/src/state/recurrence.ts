// Series of reminders: rules of RFC 5545 as the service takes them, read, said in words, and followed to their next time.
import { LOCALE, numeral, plural } from "../locale";
import type { Recurrence } from "../api/types";

export const DAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"] as const;
export type Day = (typeof DAYS)[number];
export type Frequency = "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";

export interface Rule {
  frequency: Frequency;
  interval: number;
  /** Days of the week, with their number in the month where one is meant: -1 is the last. */
  days: { day: Day; nth?: number }[];
  /** Days of the month; -1 is the last. */
  monthDays: number[];
  months: number[];
  count?: number;
  /** The last day, as `2026-12-31`. */
  until?: string;
  weekStart: Day;
  /** Has parts that are kept as they are and not understood here. */
  foreign: boolean;
}

export function parseRule(text: string): Rule {
  const parts = new Map(text.split(";").map((part) => part.split("=", 2) as [string, string]));
  const numbers = (name: string): number[] => (parts.get(name)?.split(",") ?? []).map(Number);
  const until = /^(\d{4})(\d{2})(\d{2})/.exec(parts.get("UNTIL") ?? "");
  const count = parts.get("COUNT");
  return {
    frequency: (parts.get("FREQ") ?? "DAILY") as Frequency,
    interval: Number(parts.get("INTERVAL") ?? 1),
    days: (parts.get("BYDAY")?.split(",") ?? []).map((text) => {
      const nth = Number(text.slice(0, -2));
      return { day: text.slice(-2) as Day, ...(nth ? { nth } : {}) };
    }),
    monthDays: numbers("BYMONTHDAY"),
    months: numbers("BYMONTH"),
    ...(count ? { count: Number(count) } : {}),
    ...(until ? { until: `${until[1]}-${until[2]}-${until[3]}` } : {}),
    weekStart: (parts.get("WKST") ?? "MO") as Day,
    foreign: parts.has("BYSETPOS"),
  };
}

export function formatRule(rule: Omit<Rule, "foreign" | "months" | "weekStart">): string {
  const { frequency, interval, days, monthDays, count, until } = rule;
  return [
    `FREQ=${frequency}`,
    ...(interval > 1 ? [`INTERVAL=${interval}`] : []),
    ...(days.length > 0 ? [`BYDAY=${days.map(({ day, nth }) => `${nth ?? ""}${day}`).join(",")}`] : []),
    ...(monthDays.length > 0 ? [`BYMONTHDAY=${monthDays.join(",")}`] : []),
    ...(count ? [`COUNT=${count}`] : []),
    // A day alone: the last reminder may come on it, whatever its time.
    ...(until ? [`UNTIL=${until.replaceAll("-", "")}`] : []),
  ].join(";");
}

/** A name of a day of the week. */
export function dayName(day: Day, form: "long" | "short" | "narrow" = "long", locale = LOCALE): string {
  // The 4th of January 1970 was a Sunday.
  const date = new Date(Date.UTC(1970, 0, 4 + DAYS.indexOf(day)));
  return new Intl.DateTimeFormat(locale, { weekday: form, timeZone: "UTC" }).format(date);
}

const WORKDAYS = "MO,TU,WE,TH,FR";
/** A series in a sentence. */
export function describe({ rule: text, start }: Pick<Recurrence, "rule" | "start">, locale = LOCALE): string {
  const rule = parseRule(text);
  const parts = [sentence(rule, new Date(`${start}Z`), locale)];
  if (rule.count) parts.push(plural(rule.count, ["once", "# times"]));
  else if (rule.until) {
    const last = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(rule.until));
    parts.push(/* @wc-include */ `until ${last}`);
  }
  return new Intl.ListFormat(locale, { type: "unit", style: "short" }).format(parts);
}

function sentence(rule: Rule, start: Date, locale = LOCALE): string {
  const { frequency, interval, days, monthDays, months } = rule;
  const list = (texts: string[]): string => new Intl.ListFormat(locale, { type: "conjunction" }).format(texts);
  const foreign =
    rule.foreign ||
    (frequency === "DAILY" && days.length + monthDays.length > 0) ||
    (months.length > 0 && frequency !== "YEARLY") ||
    days.some(({ day, nth }) => nth && !nthDay(nth, day));
  if (foreign) return "Repeats by a custom rule";
  switch (frequency) {
    case "DAILY":
      return plural(interval, ["Every day", "Every # days"]);
    case "WEEKLY": {
      const names = days.map(({ day }) => day);
      if (interval === 1 && names.join() === WORKDAYS) return "Every weekday";
      const on = list(
        (names.length > 0 ? names : [DAYS[start.getUTCDay()]!]).map((day) => dayName(day, "long", locale)),
      );
      return plural(interval, ["Every week on %", "Every # weeks on %"], on);
    }
    case "MONTHLY": {
      const on = inMonth(rule, start, list, locale);
      return plural(interval, ["Every month %", "Every # months %"], on);
    }
    case "YEARLY": {
      if (days.length + monthDays.length + months.length > 0) return "Repeats by a custom rule";
      const on = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" }).format(start);
      return plural(interval, ["Every year on %", "Every # years on %"], on);
    }
  }
}

function inMonth({ days, monthDays }: Rule, start: Date, list: (texts: string[]) => string, locale = LOCALE): string {
  const named = days.map(({ day, nth }) => (nth ? nthDay(nth, day, locale)! : everyDay(dayName(day, "long", locale))));
  if (named.length > 0) return list(named);
  const numbers = monthDays.length > 0 ? monthDays : [start.getUTCDate()];
  if (numbers.join() === "-1") return lastDay();
  return dayOfMonth(list(numbers.map(numeral)));
}

/** `on the second Friday`; nothing for a place that has no words. */
export function nthDay(nth: number, day: Day, locale = LOCALE): string | undefined {
  const name = dayName(day, "long", locale);
  // @wc-include
  const words: Record<number, string> = {
    1: `on the first ${name}`,
    2: `on the second ${name}`,
    3: `on the third ${name}`,
    4: `on the fourth ${name}`,
    5: `on the fifth ${name}`,
    [-1]: `on the last ${name}`,
  };
  return words[nth];
}

function everyDay(day: string): string {
  return /* @wc-include */ `on every ${day}`;
}

export function lastDay(): string {
  return /* @wc-include */ "on the last day";
}

export function dayOfMonth(number: string): string {
  return /* @wc-include */ `on day ${number}`;
}

const DAY = 86_400_000;

/** A local time as if it were one of UTC. */
function localOf(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
}

/** The time at which clocks of a zone show a local time. */
function instantOf(local: number, zone: string): Date {
  let at = local;
  for (let look = 0; look < 2; look += 1) at = local - (localOf(new Date(at), zone) - at);
  return new Date(at);
}

/** The local time of a point in time, as `2026-01-31T09:30:00`. */
export function localText(at: Date, zone: string): string {
  return new Date(localOf(at, zone)).toISOString().slice(0, 19);
}

/** The zone of this browser. */
export function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The next time of a series after another; `null` if there is none, `undefined` if the rule is not understood here. */
export function nextAfter({ rule: text, timeZone, start }: Recurrence, after: Date): Date | null | undefined {
  const rule = parseRule(text);
  if (rule.foreign) return undefined;
  const first = Date.parse(`${start}Z`);
  const firstDay = Math.floor(first / DAY);
  const untilDay = rule.until ? Date.parse(rule.until) / DAY : Infinity;
  const lastDay = Math.min(untilDay, Math.floor(localOf(after, timeZone) / DAY) + 366 * 30);
  let left = rule.count ?? Infinity;
  for (let day = firstDay; day <= lastDay && left > 0; day += 1) {
    if (!falls(rule, day, firstDay)) continue;
    left -= 1;
    const at = instantOf(day * DAY + (first - firstDay * DAY), timeZone);
    if (at > after) return at;
  }
  return null;
}

function falls(rule: Rule, day: number, first: number): boolean {
  const date = new Date(day * DAY);
  const began = new Date(first * DAY);
  const { frequency, interval, days, monthDays, months } = rule;
  if (months.length > 0 && !months.includes(date.getUTCMonth() + 1)) return false;
  const size = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const number = date.getUTCDate();
  const inDays = days.some(
    ({ day, nth }) =>
      DAYS[date.getUTCDay()] === day &&
      (!nth || (nth > 0 ? Math.ceil(number / 7) === nth : Math.ceil((size - number + 1) / 7) === -nth)),
  );
  const inMonthDays = monthDays.includes(number) || monthDays.includes(number - size - 1);
  const named = (days.length === 0 || inDays) && (monthDays.length === 0 || inMonthDays);
  const monthsPassed = (date.getUTCFullYear() - began.getUTCFullYear()) * 12 + date.getUTCMonth() - began.getUTCMonth();
  switch (frequency) {
    case "DAILY":
      return (day - first) % interval === 0 && named;
    case "WEEKLY": {
      const monday = (at: number): number =>
        at - ((new Date(at * DAY).getUTCDay() - DAYS.indexOf(rule.weekStart) + 7) % 7);
      const week = (monday(day) - monday(first)) / 7;
      return week % interval === 0 && (days.length > 0 ? named : date.getUTCDay() === began.getUTCDay());
    }
    case "MONTHLY":
      return (
        monthsPassed % interval === 0 && (days.length + monthDays.length > 0 ? named : number === began.getUTCDate())
      );
    case "YEARLY": {
      if ((date.getUTCFullYear() - began.getUTCFullYear()) % interval !== 0) return false;
      if (days.length + monthDays.length > 0) return named;
      return number === began.getUTCDate() && (months.length > 0 || date.getUTCMonth() === began.getUTCMonth());
    }
  }
}
