// Puts texts together. A catalog is an array: a text, or its parts, of which numbers are values and arrays are elements.
import { LANGUAGE } from "../locale";

type Part = string | number | Part[];

export interface Catalog {
  c: Part[];
  /** The number of the plural form for a number. */
  p?: (n: number) => number;
}

/** The texts of a catalog; the names are those that compiled files use. */
function runtime(catalog: Catalog) {
  const parts = (id: number): Part[] => {
    const found = catalog.c[id] ?? "";
    return Array.isArray(found) ? found : [found];
  };
  const joined = (list: Part[], values: unknown[] = [], from = 1): string =>
    list
      .slice(from)
      .map((part) => (typeof part === "number" ? values[part] : part))
      .join("");
  const text = (id: number, values?: unknown[]): string => joined(parts(id), values, 0);
  return Object.assign(text, { _: catalog, c: parts, x: joined, p: (id: number) => catalog.c[id] });
}

/** The texts in the language of the page, once they are there. English may be there already. */
export async function texts(catalogs: Record<string, () => Promise<unknown>>, english?: Catalog) {
  if (english && LANGUAGE === "en") return runtime(english);
  const [, load] = Object.entries(catalogs).find(([path]) => path.includes(`.${LANGUAGE}.`))!;
  return runtime((await load()) as Catalog);
}
