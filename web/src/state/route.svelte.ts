// Where the user is: the address is the only place that says which view, search, filters and note are shown.
import type { Color } from "../api/client";
import { COLORS } from "../parts/colors";

export type View =
  | { name: "notes" | "reminders" | "archive" | "trash" | "labels" | "settings" | "login" | "register" | "missing" }
  | { name: "recovery"; mode: "forgot" | "reset" | "verify" | "unsubscribe" }
  | { name: "label"; id: string }
  | { name: "shared"; id: string };

type Params = Record<string, string | string[] | null>;

export function viewOf(path: string): View {
  const [, first = "", second = ""] = path.replace(/\/$/, "").split("/");
  if (first === "label" && second) return { name: "label", id: second };
  if (first === "shared") return { name: "shared", id: second };
  // Parts of the settings have addresses of their own.
  if (second && first !== "settings") return { name: "missing" };
  switch (first) {
    case "":
      return { name: "notes" };
    case "reminders":
    case "archive":
    case "trash":
    case "labels":
    case "settings":
    case "login":
    case "register":
      return { name: first };
    case "forgot":
    case "reset":
    case "verify":
    case "unsubscribe":
      return { name: "recovery", mode: first };
    default:
      return { name: "missing" };
  }
}

/** What an entry of the browser's history remembers. */
interface Step {
  notes?: number;
}

class Route {
  #url = $state.raw(new URL(location.href));

  readonly view: View = $derived(viewOf(this.#url.pathname));
  readonly q: string = $derived(this.#url.searchParams.get("q")?.slice(0, 200) ?? "");
  readonly labelIds: string[] = $derived(this.#url.searchParams.getAll("label"));
  readonly color: Color | undefined = $derived(COLORS.find((color) => color === this.#url.searchParams.get("color")));
  /** The note that is open; `new` for one that is not made yet. */
  readonly note: string | null = $derived(this.#url.searchParams.get("note"));

  constructor() {
    addEventListener("popstate", () => (this.#url = new URL(location.href)));
  }

  get path(): string {
    return this.#url.pathname;
  }

  /** The present address with other parameters; `null` removes one. */
  with(params: Params): string {
    const to = new URL(this.#url);
    for (const [name, value] of Object.entries(params)) {
      to.searchParams.delete(name);
      for (const one of value === null ? [] : [value].flat()) to.searchParams.append(name, one);
    }
    return to.pathname + to.search;
  }

  /** Goes to an address of the page; `replace` leaves no step to go back to. */
  go(href: string, how: "push" | "replace" = "push"): void {
    const to = new URL(href, location.href);
    if (to.href === this.#url.href) return;
    const elsewhere = to.pathname !== this.#url.pathname;
    if (how === "push") history.pushState({ notes: this.#stepsTo(to) }, "", to);
    else history.replaceState(history.state, "", to);
    this.#url = to;
    if (elsewhere) scrollTo(0, 0);
  }

  /** Steps back from an address with a note to the view from which notes were opened; none if it was not left by steps of this page. */
  #stepsTo(to: URL): number | undefined {
    if (!to.searchParams.has("note")) return undefined;
    if (!this.note) return 1;
    const before = (history.state as Step | null)?.notes;
    return before && before + 1;
  }

  /** Leaves the note that is open, and those from which it was opened. */
  closeNote(): void {
    if (!this.note) return;
    const steps = (history.state as Step | null)?.notes;
    if (steps) history.go(-steps);
    else this.go(this.with({ note: null }), "replace");
  }

  /** Follows a link of the page without loading it again. */
  follow(event: MouseEvent): void {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = (event.target as Element).closest?.("a");
    if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.pathname.startsWith("/api/") || link.pathname.startsWith("/docs")) return;
    event.preventDefault();
    this.go(link.href);
  }
}

export const route = new Route();
