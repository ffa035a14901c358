// Where the user is: the address is the only place that says which view, search, filters and note are shown.

export class Route {
  #url = $state.raw(new URL(location.href));

  constructor() {
    addEventListener("popstate", () => (this.#url = new URL(location.href)));
  }

  get url(): URL {
    return this.#url;
  }

  get path(): string {
    return this.#url.pathname;
  }

  get query(): URLSearchParams {
    return this.#url.searchParams;
  }

  /** Goes to an address of the page; `replace` leaves no step to go back to. */
  go(href: string, how: "push" | "replace" = "push"): void {
    const to = new URL(href, location.href);
    if (to.href === this.#url.href) return;
    if (how === "push") history.pushState({ inside: true }, "", to);
    else history.replaceState(history.state, "", to);
    this.#url = to;
  }
}

export const route = new Route();
