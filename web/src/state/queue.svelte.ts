// What the user does, in order. Nothing of it is lost: it is kept on this device until the service has it, whatever becomes of the page, the
// network or the session. One page of the browser sends it, for all.
import type { Note } from "../api/client";
import { combine, enqueue } from "./changes";
import { listen, setOps, sorted, unkept, without } from "./keeper";
import { notes } from "./notes.svelte";
import { combineWith, type Edit, type Op, sameText, type Text } from "./ops";
import { local } from "./storage";
import { hear, PAGE, tell } from "./tabs";
import { toasts } from "./toasts.svelte";

/** After the last key was typed. */
const TYPING_MILLIS = 700;

class Queue {
  /** What is on its way, if this page sends. */
  sending = $state.raw<string>();
  /** Looks for what can be sent; it is there in the page that sends. */
  sender: ((hurry: boolean) => void) | undefined;

  #keeper: ReturnType<typeof setTimeout> | undefined;
  #order = 0;

  constructor() {
    combineWith(combine);
    if (typeof addEventListener === "undefined") return;
    hear((message) => {
      if (message.account !== notes.account || message.kind === "says") return;
      if (message.kind === "hurry") this.sender?.(true);
      else if (message.kind === "news" && message.news.ops?.length) this.sender?.(false);
    });
    addEventListener("online", () => this.hurry());
    addEventListener("pagehide", () => this.#keepNow());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") {
        this.#keepNow();
        this.flush();
      } else void this.#adopt();
    });
    // Another page of this browser must not take over what this one keeps.
    void navigator.locks?.request(`page:${PAGE}`, () => new Promise(() => {}));
  }

  /** Goes on with what an account left behind. */
  open(): void {
    listen();
    void this.#inherit();
    this.#sayWhatIsMissing();
    // The page that this one replaces may be going just now.
    setTimeout(() => void this.#adopt(), 1500);
    this.hurry();
  }

  /** Says once in a tab that this browser has no database for notes. */
  #sayWhatIsMissing(): void {
    if (notes.durable) return;
    try {
      if (sessionStorage.getItem("database-missing")) return;
      sessionStorage.setItem("database-missing", "said");
    } catch {
      // Then it is said at each visit.
    }
    toasts.show("This browser keeps no notes on this device: without a connection you see none.");
  }

  async #inherit(): Promise<void> {
    const { account, fresh } = notes;
    await this.#adopt();
    if (fresh) await import("./legacy").then(({ takeOver }) => takeOver(account)).catch(() => {});
    await import("./erase").then(({ sweep }) => sweep(account)).catch(() => {});
  }

  push(...ops: Op[]): void {
    let all = notes.ops;
    for (const op of ops) {
      const last = all.findLast(({ id }) => id === op.id);
      // What another page does, it goes on with itself.
      const mine = !last || last.page === PAGE;
      const order = this.#next();
      const own = { ...op, page: PAGE, order, rev: order };
      all = mine ? enqueue(all, own, this.sending) : [...all, own];
    }
    this.#set(all);
  }

  remove(uid: string): void {
    this.#set(notes.ops.filter((op) => op.uid !== uid));
  }

  /** The user has changed the text of a note, or an earlier one, `base`; sent when they stop. */
  write(id: string, changed: Text, base?: Text): void {
    const name = notes.nameOf(id);
    const note = notes.get(name);
    if (!note) return;
    const text = (base && combine(base, changed, note)) ?? changed;
    if (sameText(note, text)) return;
    this.push({
      kind: "text",
      ...stamp(name),
      notBefore: Date.now() + TYPING_MILLIS,
      text,
      base: this.#baseOf(name, note),
    });
  }

  /** What the user sees and changes; below the edit that this one goes on with. */
  #baseOf(name: string, note: Note): Edit["base"] {
    const of = ({ title, content, version }: Edit["base"]) => ({ title, content, version });
    const last = notes.ops.findLast(({ id }) => id === name);
    if (last?.kind !== "text" || last.page !== PAGE || last.uid === this.sending) return of(note);
    const below = without(name, last.uid);
    // Who has changed the same words meanwhile is not overwritten.
    if (!below || last.theirs || !combine(last.base, last.text, below)) return last.base;
    return of(below);
  }

  /** Sends at once what waits for the user to stop typing. */
  flush(): void {
    if (!notes.ops.some((op) => op.notBefore && op.page === PAGE)) return;
    this.#set(
      notes.ops.map((op) => {
        if (!op.notBefore || op.page !== PAGE) return op;
        const { notBefore: _, ...rest } = op;
        return rest as Op;
      }),
    );
  }

  /** Tries again at once. */
  hurry(): void {
    if (this.sender) this.sender(true);
    else if (notes.account) tell({ account: notes.account, kind: "hurry" });
  }

  /** Tries again what the service has refused. */
  retry(uid: string): void {
    this.replace(uid, ({ refused: _, ...op }) => op as Op);
  }

  /** Decides a conflict: the user's text replaces the other. */
  keepMine(edit: Edit): void {
    const { theirs, ...rest } = edit;
    if (!theirs) return;
    const { title, content, version } = theirs;
    this.replace(edit.uid, () => ({ ...rest, base: { title, content, version } }));
  }

  /** Decides a conflict: the user's text is given up. */
  keepTheirs(edit: Edit): void {
    if (edit.theirs) notes.take([edit.theirs]);
    this.remove(edit.uid);
  }

  /** Decides a conflict: the user's text becomes a note of its own. */
  keepBoth(edit: Edit): void {
    const note = notes.base.get(edit.id) ?? edit.theirs;
    this.keepTheirs(edit);
    this.saveAsNew(edit, note);
  }

  saveAsNew(edit: Edit, like: Note | undefined): void {
    this.push({
      kind: "create",
      ...stamp(`local-${crypto.randomUUID()}`),
      note: {
        title: edit.text.title,
        content: edit.text.content,
        ...(like ? { color: like.color, labelIds: like.labelIds } : {}),
      },
    });
  }

  replace(uid: string, change: (op: Op) => Op): void {
    this.#set(notes.ops.map((op) => (op.uid === uid ? change(op) : op)));
  }

  /** Takes the list as it is after something was sent. */
  settle(ops: readonly Op[]): void {
    this.#set(ops);
  }

  #set(ops: readonly Op[]): void {
    setOps(ops);
    if (!notes.durable) this.#keeper ??= setTimeout(() => this.#keepNow(), 150);
    this.sender?.(false);
  }

  /** Later than whatever any page of this browser has done. */
  #next(): number {
    this.#order = Math.max(this.#order + 1, Date.now(), (notes.ops.at(-1)?.order ?? 0) + 1);
    return this.#order;
  }

  get #key(): string {
    return `queue:${notes.account}:${PAGE}`;
  }

  /** Keeps at once what is not in the database yet: a page that goes has no time for it. */
  #keepNow(): void {
    clearTimeout(this.#keeper);
    this.#keeper = undefined;
    if (!notes.account) return;
    const left = unkept();
    if (left.length === 0) local.remove(this.#key);
    else if (!local.set(this.#key, left) && !notes.durable) {
      toasts.show("This browser stores nothing: unsaved changes are lost when you close the page.", {
        kind: "error",
      });
    }
  }

  /** Takes over what pages have left that are closed. */
  async #adopt(): Promise<void> {
    await notes.opened;
    const { account } = notes;
    if (!account) return;
    // It was kept because this page was about to go, and is in the database since.
    if (unkept().length === 0) local.remove(this.#key);
    const prefix = `queue:${account}:`;
    for (const key of local.keys(prefix)) {
      const page = key.slice(prefix.length);
      if (page === PAGE) continue;
      const take = (): void => {
        if (notes.account !== account) return;
        const left = local.get<Op[]>(key) ?? [];
        const uids = new Set(left.map(({ uid }) => uid));
        const rest = notes.ops.filter(({ uid }) => !uids.has(uid));
        this.#set(sorted([...left, ...rest]));
        local.remove(key);
        if (!notes.durable) this.#keepNow();
      };
      if (!navigator.locks) take();
      else await navigator.locks.request(`page:${page}`, { ifAvailable: true }, (lock) => (lock ? take() : undefined));
    }
  }
}

/** What every change has. */
export function stamp(id: string): { uid: string; id: string; at: string } {
  return { uid: crypto.randomUUID(), id, at: new Date().toISOString() };
}

export const queue = new Queue();
