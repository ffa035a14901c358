// The service's API, with the types of its document: the only place that sends requests.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema";

type Schemas = components["schemas"];
export type Account = Schemas["Account"];
export type Color = Schemas["Color"];
export type FieldProblem = Schemas["FieldProblem"];
export type Hit = Schemas["Hit"];
export type Label = Schemas["Label"];
export type NewNote = Schemas["NewNote"];
export type Note = Schemas["Note"];
export type NotePatch = Schemas["NotePatch"];
export type NoteTarget = Schemas["NoteTarget"];
export type Place = Schemas["Place"];
export type Problem = Schemas["Problem"];
export type Revision = Schemas["Revision"];
export type Session = Schemas["Session"];
export type Token = Schemas["Token"];
export type Verb = Schemas["Verb"];

export const api = createClient<paths>({ baseUrl: "/", credentials: "same-origin" });

/** Why a request did not succeed. */
export class Failure extends Error {
  constructor(
    /** 0: the service was not reached. */
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId?: string,
    readonly fields: FieldProblem[] = [],
    readonly retryAfterSecs?: number,
  ) {
    super(message);
  }

  /** Whether the same request may succeed a little later. */
  get passing(): boolean {
    return (
      this.status === 0 || this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504
    );
  }

  /** The message about the field `name` of the body or the query. */
  field(name: string): string | undefined {
    return this.fields.find(({ field }) => field === `/${name}` || field === name)?.message;
  }

  static of(cause: unknown): Failure {
    return cause instanceof Failure ? cause : new Failure(-1, "page", String(cause));
  }
}

export const UNREACHED = "The server cannot be reached.";

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "title" in body;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
}

/** What a request answers, or a `Failure`. */
export async function answer<T>(request: Promise<Outcome<T>>): Promise<T> {
  let outcome: Outcome<T>;
  try {
    outcome = await request;
  } catch {
    throw new Failure(0, "unreached", UNREACHED);
  }
  const { data, error, response } = outcome;
  if (response.ok) return data as T;
  const requestId = response.headers.get("x-request-id") ?? undefined;
  const after = Number(response.headers.get("retry-after") ?? NaN);
  const retryAfterSecs = Number.isFinite(after) ? after : undefined;
  if (isProblem(error)) {
    const text = sentence(error.detail ?? error.title);
    throw new Failure(response.status, error.code, text, error.requestId, error.errors ?? [], retryAfterSecs);
  }
  // Not the service answered, but something between it and the page.
  const text = response.status >= 500 ? UNREACHED : `The server answered ${response.status}.`;
  throw new Failure(response.status, "foreign", text, requestId, [], retryAfterSecs);
}
