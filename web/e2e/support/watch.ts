// What a page must not do while somebody uses it: throw, break its own policy, complain on the console.
import { type BrowserContext, expect, type Page } from "@playwright/test";

export class Watch {
  readonly found: string[] = [];
  private readonly expected: RegExp[] = [];

  constructor(context: BrowserContext) {
    for (const page of context.pages()) this.see(page);
    context.on("page", (page) => this.see(page));
  }

  /** A request that is refused is on the console, whatever the page makes of it: a journey says which refusals it is about. */
  expect(...messages: RegExp[]): void {
    this.expected.push(...messages);
  }

  check(): void {
    expect(this.found, "what the browser complained about").toEqual([]);
  }

  private see(page: Page): void {
    page.on("pageerror", (error) => this.note(`thrown: ${error.message}`));
    page.on("crash", () => this.note("the page crashed"));
    // Chromium reports everything here: what the policy forbids, what Trusted Types forbid, what could not be loaded.
    page.on("console", (message) => {
      if (message.type() === "error") this.note(`${message.text()} (${message.location().url})`);
    });
  }

  private note(text: string): void {
    if (!this.expected.some((expected) => expected.test(text))) this.found.push(text);
  }
}
