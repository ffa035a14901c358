// What the form of a series offers, and what it makes of a series that is there.
import { LOCALE } from "../../locale";
import { type Day, type Frequency, formatRule, type Rule } from "../../state/recurrence";

export const WEEK: readonly Day[] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const WORKDAYS = WEEK.slice(0, 5);

/** The days of a week, from the one that begins it in the region of the page. */
export function week(locale = LOCALE): Day[] {
  const region = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  // 1 is Monday, 7 is Sunday.
  const { firstDay } = region.getWeekInfo?.() ?? region.weekInfo ?? { firstDay: 1 };
  return [...WEEK.slice(firstDay - 1), ...WEEK.slice(0, firstDay - 1)];
}

/** `kept` is a rule that the form cannot say. */
export type Kind = "never" | "DAILY" | "WORKDAYS" | "WEEKLY" | "MONTHLY" | "YEARLY" | "kept";

export interface Choice {
  kind: Kind;
  interval: number;
  days: readonly Day[];
  /** The day of a month: by its number, by its place among the days of its name, or the last. */
  on: "day" | "nth" | "last";
  ends: "never" | "on" | "after";
  until: string;
  count: number;
}

export function choiceOf(rule: Rule | undefined): Choice {
  const [first] = rule?.days ?? [];
  return {
    kind: rule ? kindOf(rule) : "never",
    interval: rule?.interval ?? 1,
    days: rule?.frequency === "WEEKLY" ? rule.days.map(({ day }) => day) : [],
    on: first?.nth ? "nth" : rule?.monthDays[0] === -1 ? "last" : "day",
    ends: rule?.count ? "after" : rule?.until ? "on" : "never",
    until: rule?.until ?? "",
    count: rule?.count ?? 10,
  };
}

function kindOf({ frequency, interval, days, monthDays, months, foreign }: Rule): Kind {
  const lone = days.length + monthDays.length <= 1;
  const said =
    frequency === "WEEKLY"
      ? monthDays.length === 0
      : frequency === "MONTHLY"
        ? lone && days.every(({ nth }) => nth) && monthDays.every((day) => day === -1)
        : days.length + monthDays.length === 0;
  if (foreign || months.length > 0 || !said) return "kept";
  const names = days.map(({ day }) => day).join();
  return frequency === "WEEKLY" && interval === 1 && names === WORKDAYS.join() ? "WORKDAYS" : frequency;
}

/** The rule of a choice, for a series that begins on a day. */
export function ruleOf(choice: Choice, first: Date, weekday: Day): string {
  const { kind, on, ends } = choice;
  const workdays = kind === "WORKDAYS";
  const weekly = workdays ? WORKDAYS : kind === "WEEKLY" ? WEEK.filter((day) => choice.days.includes(day)) : [];
  const nth = nthOf(first);
  return formatRule({
    frequency: workdays ? "WEEKLY" : (kind as Frequency),
    interval: workdays ? 1 : within(choice.interval),
    days: kind === "MONTHLY" && on === "nth" ? [{ day: weekday, nth }] : weekly.map((day) => ({ day })),
    monthDays: kind === "MONTHLY" && on === "last" ? [-1] : [],
    ...(ends === "after" ? { count: within(choice.count) } : {}),
    ...(ends === "on" && choice.until ? { until: choice.until } : {}),
  });
}

/** The place of a day among those of its name in the month; -1 for a fifth one, which not every month has. */
export function nthOf(day: Date): number {
  const nth = Math.ceil(day.getUTCDate() / 7);
  return nth > 4 ? -1 : nth;
}

function within(number: number): number {
  return Math.max(1, Math.min(999, Math.round(number) || 1));
}
