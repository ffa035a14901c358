// The first page of the board, for somebody whom this browser does not know: it is asked for while what reads it is still on its way.
import { api } from "../api/client";

/** As many notes as a page of a list has. */
export const PAGE = 40;

type Page = Awaited<ReturnType<typeof ask>>;

const ask = () => api.GET("/api/notes", { params: { query: { place: "active", limit: PAGE } } });

let asked: { account: string; page: Promise<Page> } | undefined;

/** Asks for it; `account` is who has just been found to be signed in. */
export function askFirst(account: string): void {
  asked = { account, page: ask() };
  // Who takes it hears of that.
  asked.page.catch(() => {});
}

/** Returns it once, if it was asked for by the same account. */
export function takeFirst(account: string): Promise<Page> | undefined {
  const page = asked?.account === account ? asked.page : undefined;
  asked = undefined;
  return page;
}
