// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { type Account, Failure } from "../api/client";
import { ask, session } from "./session.svelte";
import type { Message } from "./tabs";

const ANN = { id: "1", username: "ann" } as unknown as Account;
const BOB = { id: "2", username: "bob" } as unknown as Account;

afterEach(() => vi.unstubAllGlobals());

/** Says something as another page of the browser. */
function say(message: Message): void {
  const channel = new BroadcastChannel("notes");
  channel.postMessage(message);
  channel.close();
}

test("an answer that another page overtook does not change who is signed in there", async () => {
  const refused = { code: "other_account", detail: "You are signed out of that account." };
  let release!: () => void;
  vi.stubGlobal(
    "fetch",
    () =>
      new Promise((give) => {
        const headers = { "Content-Type": "application/problem+json" };
        release = () => give(new Response(JSON.stringify(refused), { status: 409, headers }));
      }),
  );
  session.set(ANN);
  const refreshed = session.refresh();
  await vi.waitFor(() => expect(release).toBeDefined());
  say({ account: BOB.id, kind: "in", who: BOB });
  await vi.waitFor(() => expect(session.other).toEqual(BOB));
  release();
  await refreshed;
  expect(session.status).toBe("left");
  expect(session.other).toEqual(BOB);
});

test("nor does the first answer of a page, which was given for an account that has left since", async () => {
  let release!: () => void;
  vi.stubGlobal("fetch", () => new Promise((give) => (release = () => give(Response.json({ account: ANN })))));
  session.set(ANN);
  const refreshed = session.refresh(true);
  await vi.waitFor(() => expect(release).toBeDefined());
  say({ account: BOB.id, kind: "in", who: BOB });
  await vi.waitFor(() => expect(session.other).toEqual(BOB));
  const heard: Message[] = [];
  const channel = new BroadcastChannel("notes");
  channel.onmessage = ({ data }: MessageEvent<Message>) => heard.push(data);
  release();
  await refreshed;
  expect(session.status).toBe("left");
  expect(session.account).toBeUndefined();
  // The page of the other account is not told that its own has left.
  session.set(BOB);
  await vi.waitFor(() => expect(heard).toMatchObject([{ kind: "in", who: BOB }]));
  channel.close();
});

test("at its start a page goes on as whoever is signed in, also if a request for the account before is refused first", async () => {
  let release!: () => void;
  vi.stubGlobal("fetch", () => new Promise((give) => (release = () => give(Response.json({ account: BOB })))));
  session.set(ANN);
  const refreshed = session.refresh(true);
  await vi.waitFor(() => expect(release).toBeDefined());
  const refused = new Failure(409, "other_account", "You are signed out of that account.");
  await expect(ask(Promise.reject(refused))).rejects.toBe(refused);
  expect(session.status).toBe("left");
  release();
  await refreshed;
  expect(session.status).toBe("in");
  expect(session.account).toEqual(BOB);
});

test("keeps who is signed in before it removes the mark of an ended session, which other pages look at", () => {
  const kept = new Map<string, string>();
  const atRemoval: (string | undefined)[] = [];
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => {
      if (key === "expired" && kept.delete(key)) atRemoval.push(kept.get("account"));
    },
  });
  session.set(ANN);
  session.expire();
  session.set(BOB);
  expect(atRemoval).toEqual([JSON.stringify(BOB)]);
});
