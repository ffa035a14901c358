// A person's way through the API with three generated clients: openapi-fetch, hey-api and the OpenAPI Generator's typescript-fetch.
import createClient from "openapi-fetch";
import * as hey from "./hey";
import { client as heyClient } from "./hey/client.gen";
import { AuthApi, Configuration, NotesApi, Place } from "./typescript-fetch";
import type { paths } from "./schema";

declare const process: { argv: string[]; exitCode: number };

interface Person {
  email: string;
  username: string;
  password: string;
}

interface Note {
  id: string;
  title: string;
  place: string;
}

/** The steps of the way, in the words of one client. */
interface Client {
  register(person: Person): Promise<{ username: string }>;
  create(title: string, content: string): Promise<Note>;
  search(q: string): Promise<Note[]>;
  list(place: "active" | "trash"): Promise<Note[]>;
  trash(id: string): Promise<Note>;
  restore(id: string): Promise<Note>;
}

function expect(what: string, got: unknown, wanted: unknown): void {
  if (got !== wanted) throw new Error(`${what} is ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
}

async function travel(name: string, client: Client): Promise<void> {
  const person = { email: `${name}@example.com`, username: name, password: "a password of the check" };
  expect("the name", (await client.register(person)).username, name);
  const note = await client.create("Groceries", "- [ ] eggs");
  const found = await client.search("eggs");
  expect("what is found", found.map(({ id }) => id).join(), note.id);
  expect("the place in the trash", (await client.trash(note.id)).place, "trash");
  expect("what is active", (await client.list("active")).length, 0);
  expect("what is in the trash", (await client.list("trash"))[0]?.title, "Groceries");
  expect("the place after that", (await client.restore(note.id)).place, "active");
  expect("what is active again", (await client.list("active")).length, 1);
}

/** `fetch` as in a browser, which keeps the cookie of its session. */
function remembering(): typeof fetch {
  let cookie = "";
  return async (input, init) => {
    const request = new Request(input, init);
    if (cookie) request.headers.set("cookie", cookie);
    const response = await fetch(request);
    cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
    return response;
  };
}

/** The data of an answer that is no failure. */
function data<T>(answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

function openapiFetch(baseUrl: string): Client {
  const client = createClient<paths>({ baseUrl, fetch: remembering() });
  return {
    register: async (body) => data(await client.POST("/api/auth/register", { body })),
    create: async (title, content) => data(await client.POST("/api/notes", { body: { title, content } })),
    search: async (q) => data(await client.GET("/api/search", { params: { query: { q } } })).items.map(({ note }) => note),
    list: async (place) => data(await client.GET("/api/notes", { params: { query: { place } } })).items,
    trash: async (id) => data(await client.DELETE("/api/notes/{id}", { params: { path: { id } } })),
    restore: async (id) => data(await client.POST("/api/notes/{id}/restore", { params: { path: { id } } })),
  };
}

function heyApi(baseUrl: string): Client {
  heyClient.setConfig({ baseUrl, fetch: remembering() });
  return {
    register: async (body) => data(await hey.register({ body })),
    create: async (title, content) => data(await hey.createNote({ body: { title, content } })),
    search: async (q) => data(await hey.searchNotes({ query: { q } })).items.map(({ note }) => note),
    list: async (place) => data(await hey.listNotes({ query: { place } })).items,
    trash: async (id) => data(await hey.trashNote({ path: { id } })),
    restore: async (id) => data(await hey.restoreNote({ path: { id } })),
  };
}

function typescriptFetch(basePath: string): Client {
  const configuration = new Configuration({ basePath, fetchApi: remembering() });
  const [auth, notes] = [new AuthApi(configuration), new NotesApi(configuration)];
  return {
    register: (registration) => auth.register({ registration }),
    create: (title, content) => notes.createNote({ newNote: { title, content } }),
    search: async (q) => (await notes.searchNotes({ q })).items.map(({ note }) => note),
    list: async (place) => (await notes.listNotes({ place: place === "trash" ? Place.Trash : Place.Active })).items,
    trash: (id) => notes.trashNote({ id }),
    restore: (id) => notes.restoreNote({ id }),
  };
}

const clients: Record<string, (address: string) => Client> = {
  "openapi-fetch": openapiFetch,
  "hey-api": heyApi,
  "typescript-fetch": typescriptFetch,
};

const [name = "", address = ""] = process.argv.slice(2);
travel(name, clients[name]!(address)).catch((cause: unknown) => {
  console.error(cause);
  process.exitCode = 1;
});
