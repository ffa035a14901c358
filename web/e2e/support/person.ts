// Somebody with an account and a browser, and what they do with the page, in the words of the page.
import { expect, type APIResponse, type BrowserContext, type Locator, type Page } from "@playwright/test";
import type { Watch } from "./watch";

export interface Note {
  id: string;
  title: string;
  content: string;
  version: number;
  color: string;
  place: string;
  pinned: boolean;
  labelIds: string[];
  reminderAt?: string;
}

export interface Label {
  id: string;
  name: string;
  color: string;
  version: number;
}

export const PASSWORD = "correct horse battery";

async function middle(what: Locator): Promise<{ x: number; y: number }> {
  const box = await what.boundingBox();
  if (!box) throw new Error(`${String(what)} is not to be seen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The page as its user sees it. */
export class Person {
  constructor(
    readonly name: string,
    readonly context: BrowserContext,
    readonly page: Page,
    readonly watch: Watch,
  ) {}

  /** Asks the service without the page. */
  async api<T>(method: string, path: string, data?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const answer: APIResponse = await this.context.request.fetch(`/api${path}`, { method, data, headers });
    expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
    return (answer.status() === 204 ? undefined : await answer.json()) as T;
  }

  /** A note that is there before the page is looked at. */
  has(note: Partial<Note>): Promise<Note> {
    return this.api("POST", "/notes", note);
  }

  label(name: string, color = "blue"): Promise<Label> {
    return this.api("POST", "/labels", { name, color });
  }

  /** All notes of a place, as the service has them. */
  async notes(place = "active"): Promise<Note[]> {
    const { items } = await this.api<{ items: Note[] }>("GET", `/notes?place=${place}&limit=100`);
    return items;
  }

  async titles(place = "active"): Promise<string[]> {
    return (await this.notes(place)).map(({ title }) => title);
  }

  /** Opens a path, and waits until there is something to see. */
  async goes(path = "/"): Promise<void> {
    await this.page.goto(path);
    await this.#sees();
  }

  /** Follows a link to another view of the page, which stays loaded. */
  async follows(path: string): Promise<void> {
    await this.page.evaluate((path) => {
      const link = document.createElement("a");
      link.href = path;
      document.body.append(link);
      link.click();
      link.remove();
    }, path);
    await this.#sees();
  }

  async #sees(): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(this.page.getByRole("status").filter({ hasText: "Loading" })).toHaveCount(0);
  }

  /** A card on the board. */
  card(title: string | RegExp): Locator {
    const exact = typeof title === "string";
    return this.page.getByRole("article", { name: title, exact });
  }

  /** The titles of the cards of a section, as they are ordered. */
  cards(section = "Notes"): Promise<string[]> {
    return this.page
      .getByRole("list", { name: section, exact: true })
      .getByRole("article")
      .evaluateAll((cards) => cards.map((card) => card.getAttribute("aria-label") ?? ""));
  }

  /** Presses a button of a card, which shows them when it is pointed at. */
  async presses(title: string, button: string): Promise<void> {
    const card = this.card(title);
    await card.hover();
    await card.getByRole("button", { name: `${button}: ${title}`, exact: true }).click();
  }

  /** Chooses from the menu of a card. */
  async chooses(title: string, item: string | RegExp): Promise<void> {
    await this.presses(title, "More");
    await this.page.getByRole("menuitem", { name: item }).click();
  }

  /** Puts a finger on what is there, lets it rest, and lifts it there or where something else is. */
  async holds(what: Locator, where: Locator = what): Promise<void> {
    const [from, to] = [await middle(what), await middle(where)];
    const devtools = await this.context.newCDPSession(this.page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", at?: { x: number; y: number }) =>
      devtools.send("Input.dispatchTouchEvent", { type, touchPoints: at ? [at] : [] });
    await touch("touchStart", from);
    await this.page.waitForTimeout(700);
    if (where !== what) {
      for (let step = 1; step <= 10; step += 1) {
        const part = step / 10;
        await touch("touchMove", { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part });
        await this.page.waitForTimeout(30);
      }
      await this.page.waitForTimeout(300);
    }
    await touch("touchEnd");
    await devtools.detach();
  }

  /** Opens a note, and returns its dialog. */
  async opens(title: string): Promise<Locator> {
    await this.card(title)
      .getByRole("link", { name: `Open ${title}`, exact: true })
      .click();
    return this.dialog;
  }

  /** The dialog on top. */
  get dialog(): Locator {
    return this.page.getByRole("dialog").last();
  }

  get title(): Locator {
    return this.dialog.getByRole("textbox", { name: "Title" });
  }

  get text(): Locator {
    return this.dialog.getByRole("textbox", { name: "Text" });
  }

  get search(): Locator {
    return this.page.getByRole("searchbox");
  }

  get messages(): Locator {
    return this.page.getByRole("region", { name: "Messages" });
  }

  async closes(): Promise<void> {
    await this.dialog.getByRole("button", { name: "Close", exact: true }).click();
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
  }

  /** Takes a note as people do: opens, types, closes. */
  async writes(title: string, text = ""): Promise<void> {
    await this.page.getByRole("link", { name: "Take a note" }).first().click();
    await this.title.fill(title);
    if (text) {
      await this.text.click();
      await this.page.keyboard.type(text);
    }
    await this.closes();
  }

  /** Pastes into the text what another program has put on the clipboard, by its types. */
  async pastes(data: Record<string, string>): Promise<void> {
    await this.text.evaluate((text, data) => {
      const clipboardData = new DataTransfer();
      for (const [type, value] of Object.entries(data)) clipboardData.setData(type, value);
      text.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, data);
  }

  /** Lets requests of these addresses wait until what it returns is called. */
  async holdsBack(addresses: RegExp): Promise<() => void> {
    let go = (): void => {};
    const held = new Promise<void>((resolve) => (go = resolve));
    await this.page.route(addresses, async (route) => {
      await held;
      await route.continue();
    });
    return go;
  }

  /** The page itself is kept by the browser: from then on it needs no connection. */
  async isKept(): Promise<void> {
    await this.page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
  }

  /** Everything has reached the service. */
  async isSaved(): Promise<void> {
    await expect(this.dialog.getByText(/^Saved/)).toBeVisible();
  }
}
