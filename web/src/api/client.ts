// The service's API, with the types of its document: the only place that sends requests.
//
// A hundred lines instead of a library: with one, what is loaded first would weigh more than it may.
import { LANGUAGE } from "../locale";
import type { components, paths } from "./schema";

type Schemas = components["schemas"];
export type Account = Schemas["Account"];
export type Changed = Schemas["Changed"];
export type Color = Schemas["Color"];
export type FieldProblem = Schemas["FieldProblem"];
export type Hit = Schemas["Hit"];
export type Imported = Schemas["Imported"];
export type Label = Schemas["Label"];
export type NewNote = Schemas["NewNote"];
export type Note = Schemas["Note"];
export type NotePatch = Schemas["NotePatch"];
export type NoteTarget = Schemas["NoteTarget"];
export type Place = Schemas["Place"];
export type Problem = Schemas["Problem"];
export type Reminded = Schemas["Reminded"];
export type Revision = Schemas["Revision"];
export type Session = Schemas["Session"];
export type SignInOptions = Schemas["SignInOptions"];
export type Token = Schemas["Token"];
export type Verb = Schemas["Verb"];

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
    /** The sentence of the service, in English, with its values. */
    readonly detail?: string,
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

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Paths that have an operation for a method. */
type Path<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<Lowercase<M>, { responses: unknown }> ? P : never;
}[keyof paths];

type Operation<M extends Method, P extends keyof paths> = paths[P] extends Record<Lowercase<M>, infer O> ? O : never;

type Answer<O> = O extends { responses: infer R }
  ? { [S in keyof R & (200 | 201 | 204)]: R[S] extends Content<infer T> ? T : undefined }[keyof R & (200 | 201 | 204)]
  : never;

interface Content<T> {
  content: { "application/json": T };
}

/** Parameters by where they go, those that the document knows. */
type Params<O> = O extends { parameters: infer P }
  ? { [K in "path" | "query" | "header" as P extends Record<K, object> ? K : never]: P[K & keyof P] } & {
      [K in "query" | "header" as P extends Record<K, object> ? never : K]?: P[K & keyof P];
    }
  : never;

type Options<O> = (Record<never, never> extends Params<O> ? { params?: Params<O> } : { params: Params<O> }) &
  (O extends { requestBody: Content<infer B> }
    ? { body: B }
    : O extends Upload
      ? { body: Blob }
      : { body?: undefined });

/** An operation that takes a file, whose media type goes along. */
interface Upload {
  requestBody: { content: Record<"application/octet-stream", unknown> };
}

type Call<M extends Method> = <P extends Path<M>>(
  path: P,
  ...options: Record<never, never> extends Options<Operation<M, P>>
    ? [Options<Operation<M, P>>?]
    : [Options<Operation<M, P>>]
) => Promise<Answer<Operation<M, P>>>;

/** The account for which this page speaks. */
let speaker: string | undefined;

export function speakFor(account: string | undefined): void {
  speaker = account;
}

function operations(account: () => string | undefined) {
  const call = <M extends Method>(method: M): Call<M> =>
    ((path: string, options: Parts = {}) => send(method, path, options, account())) as Call<M>;
  return {
    GET: call("GET"),
    POST: call("POST"),
    PUT: call("PUT"),
    PATCH: call("PATCH"),
    DELETE: call("DELETE"),
  };
}

/** What every operation of the document answers, or a `Failure`. The service refuses it if somebody else has signed in meanwhile. */
export const api = operations(() => speaker);

/** The same for an account that need not be there any more when it is sent; for nobody in particular, without one. */
export function apiFor(account?: string): typeof api {
  return operations(() => account);
}

interface Parts {
  params?: {
    path?: Record<string, string | number>;
    query?: Record<string, unknown>;
    header?: Record<string, string>;
  };
  body?: unknown;
}

/** The header that names the account for which a request was made. */
const ACCOUNT = "Notes-Account";

async function send(
  method: Method,
  path: string,
  { params = {}, body }: Parts,
  account: string | undefined,
  /** Gets the headers of the answer. */
  onheaders?: (headers: Headers) => void,
): Promise<unknown> {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params.path?.[name] ?? ""));
  const json = body !== undefined && !(body instanceof Blob);
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params.query ?? {})) {
    for (const one of [value].flat()) if (one !== undefined) query.append(name, String(one));
  }
  return fetched(
    query.size > 0 ? `${filled}?${query}` : filled,
    {
      method,
      headers: {
        // Who signs in is somebody else, perhaps.
        ...(account && !/^\/api\/auth\/(?!logout)/.test(path) ? { [ACCOUNT]: account } : {}),
        ...params.header,
        ...(json ? { "Content-Type": "application/json" } : {}),
      },
      body: json ? JSON.stringify(body) : (body ?? null),
    },
    onheaders,
  );
}

/** Ends the session. Returns the page that signs out at the provider, if the session was signed in there and it has such a page. */
export async function endSession(): Promise<string | undefined> {
  let page: string | null = null;
  await send("POST", "/api/auth/logout", {}, speaker, (headers) => (page = headers.get("location")));
  return page ?? undefined;
}

async function fetched(address: string, init: RequestInit, onheaders?: (headers: Headers) => void): Promise<unknown> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(address, { ...init, credentials: "same-origin" });
    text = await response.text();
  } catch {
    throw new Failure(0, "unreached", UNREACHED);
  }
  const value = parse(text);
  onheaders?.(response.headers);
  if (response.ok) return value;
  const after = Number(response.headers.get("retry-after") ?? NaN);
  const retryAfterSecs = Number.isFinite(after) ? after : undefined;
  if (isProblem(value)) {
    const { code, detail, title, requestId, errors = [] } = value;
    // In English the service says it; that the session has ended, the page shows in another way.
    const words =
      code === "unauthenticated" || (LANGUAGE === "en" && detail)
        ? undefined
        : await import("./problems").catch(() => undefined);
    throw new Failure(
      response.status,
      code,
      words?.problemSentence(value) ?? sentence(detail ?? title),
      requestId,
      words?.fieldProblems(errors) ?? errors,
      retryAfterSecs,
      detail,
    );
  }
  // Not the service answered, but something between it and the page.
  const message = response.status >= 500 ? UNREACHED : `The server answered ${response.status}.`;
  const requestId = response.headers.get("x-request-id") ?? undefined;
  throw new Failure(response.status, "foreign", message, requestId, [], retryAfterSecs);
}

function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "code" in value && "title" in value;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
}
