// The language of the page. `theme.js` has chosen it before anything else was loaded; another one is another load of the page.

/** The language with its region, as `de-AT`: for dates, numbers and lists. */
export const LOCALE = globalThis.document?.documentElement.lang || "en";

/** The language alone, as `de`: for texts. */
export const LANGUAGE = LOCALE.split("-", 1)[0]!;

/** 1 if lines are written from left to right, -1 if from right to left: the sign of what goes on along a line. */
export const FORWARD = globalThis.document?.documentElement.dir === "rtl" ? -1 : 1;

const number = new Intl.NumberFormat(LOCALE);

/** A number as the language writes it. */
export function numeral(value: number): string {
  return number.format(value);
}

/**
 * The form of a text that goes with a number. `#` stands for the number, `%` for another value. The extraction of texts adds the rule of the
 * language; a language with one form for all numbers has a text alone.
 */
export function plural(
  count: number,
  forms: readonly string[] | string,
  other = "",
  rule = (n: number): number => (n === 1 ? 0 : 1),
): string {
  const form = typeof forms === "string" ? forms : (forms[rule(count)] ?? forms.at(-1)!);
  return form.replace("#", () => numeral(count)).replace("%", () => other);
}
