// Shows a note to whoever has a link to it: no account, nothing kept, nothing but this note.
import { LOCALE } from "../locale";
import "./link.css";
import type { LinkedNote } from "../api/types";
import { render } from "../markdown/render";

const main = document.getElementById("note")!;
main.firstElementChild!.textContent = "Loading…";

function element(name: string, text: string): HTMLElement {
  const node = document.createElement(name);
  node.textContent = text;
  return node;
}

function say(title: string, text: string, again = false): void {
  document.title = title;
  main.replaceChildren(element("h1", title), element("p", text));
  main.className = "nothing";
  if (!again) return;
  const button = element("button", "Try again");
  button.className = "button";
  button.addEventListener("click", () => void show());
  main.append(button);
}

function put({ title, content, color, updatedAt }: LinkedNote): void {
  document.title = title || "Note";
  main.className = "";
  main.dataset["color"] = color;
  const text = document.createElement("div");
  text.className = "markdown";
  text.dir = "auto";
  text.append(render(content));
  const changed = new Intl.DateTimeFormat(LOCALE, { dateStyle: "long", timeStyle: "short" }).format(
    new Date(updatedAt),
  );
  // Headings of a note begin two levels below that of its page, wherever it is shown.
  const page = element("h1", "Shared note");
  page.className = "visually-hidden";
  const heading = element("h2", title || "Untitled note");
  heading.dir = "auto";
  const when = element("p", `Last changed on ${changed}`);
  when.className = "when";
  main.replaceChildren(page, heading, text, when);
}

/** Asks for the note. The token goes in the body: addresses stand in logs. */
async function show(): Promise<void> {
  const token = location.hash.slice(1);
  if (!token) return say("This link is not complete", "Copy the whole link, and open it again.");
  try {
    const response = await fetch("/api/links/open", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token: token.slice(0, 100) }),
      credentials: "omit",
    });
    if (response.ok) put((await response.json()) as LinkedNote);
    else if (response.status === 429) say("Too many links were opened", "Wait a minute, then try again.", true);
    else if (response.status < 500)
      say("This link shows nothing", "It has expired, or it was deleted. Ask whoever sent it for another.");
    else say("The note cannot be shown now", "Try again in a moment.", true);
  } catch {
    say("The server cannot be reached", "Look at your connection, and try again.", true);
  }
}

addEventListener("hashchange", () => void show());
void show();
