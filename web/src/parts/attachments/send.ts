// Sends a file: at once if it is small, in pieces that survive a broken connection if it is large (tus 1.0).
import { api, Failure, UNREACHED } from "../../api/client";
import type { Attachment } from "../../api/types";
import { session } from "../../state/session.svelte";
import { local } from "../../state/storage";

/** What is larger is sent in pieces of this size: what a broken connection loses at most. */
const PIECE = 4 * 1024 * 1024;
/** Attempts in a row that get nothing further, before the user is asked. */
const ATTEMPTS = 5;

export interface Journey {
  noteId: string;
  file: File;
  signal: AbortSignal;
  /** Called with the number of bytes that have arrived. */
  onsent: (bytes: number) => void;
}

/** Sends a file to its note; the attachment that it has become, or a `Failure`. */
export async function send(journey: Journey): Promise<Attachment> {
  return journey.file.size > PIECE ? sendPieces(journey) : sendWhole(journey);
}

async function sendWhole({ noteId, file, signal, onsent }: Journey): Promise<Attachment> {
  const query = new URLSearchParams({ name: nameOf(file) });
  const address = `/api/notes/${encodeURIComponent(noteId)}/attachments?${query}`;
  return (await transfer("POST", address, file, {}, signal, onsent)) as Attachment;
}

/** Where an upload is remembered, so that the same file goes on after the page was closed. */
function keyOf({ noteId, file }: Journey): string {
  return `upload:${session.account?.id}:${noteId}:${file.size}:${file.lastModified}:${file.name}`;
}

async function sendPieces(journey: Journey): Promise<Attachment> {
  const { file, signal, onsent } = journey;
  const key = keyOf(journey);
  const upload = await begin(journey, key);
  const path = { id: upload.id };
  let { offset } = upload;
  let attempt = 0;
  onsent(offset);
  while (offset < file.size) {
    signal.throwIfAborted();
    try {
      await transfer(
        "PATCH",
        `/api/uploads/${upload.id}`,
        file.slice(offset, offset + PIECE),
        { "Upload-Offset": `${offset}`, "Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream" },
        signal,
        (bytes) => onsent(offset + bytes),
      );
      offset = Math.min(offset + PIECE, file.size);
      attempt = 0;
    } catch (cause) {
      const failure = Failure.of(cause);
      signal.throwIfAborted();
      // A conflict says that the service is somewhere else in the file: its answer may have been lost.
      const goesOn = failure.passing || failure.status >= 500 || failure.status === 409;
      attempt += 1;
      if (!goesOn || attempt >= ATTEMPTS) throw failure;
      await pause(attempt, failure.retryAfterSecs, signal);
      const now = await api.GET("/api/uploads/{id}", { params: { path } }).catch(() => undefined);
      if (now?.complete) break;
      if (now) offset = now.offset;
      onsent(offset);
    }
  }
  local.remove(key);
  return api.GET("/api/attachments/{id}", { params: { path } });
}

/** The upload that this file has begun earlier, or a new one. */
async function begin({ noteId, file }: Journey, key: string): Promise<{ id: string; offset: number }> {
  const kept = local.get<string>(key);
  if (kept) {
    const before = await api.GET("/api/uploads/{id}", { params: { path: { id: kept } } }).catch((cause: unknown) => {
      if (Failure.of(cause).passing) throw cause;
      return undefined;
    });
    if (before) return { id: before.id, offset: before.offset };
  }
  const header = { "Upload-Length": file.size, "Upload-Metadata": `filename ${base64(nameOf(file))}` };
  const upload = await api.POST("/api/notes/{id}/uploads", { params: { path: { id: noteId }, header } });
  local.set(key, upload.id);
  return { id: upload.id, offset: 0 };
}

/** Forgets an upload that the user has given up, here and in the service. */
export async function giveUp(noteId: string, file: File): Promise<void> {
  const key = keyOf({ noteId, file } as Journey);
  const id = local.get<string>(key);
  if (!id) return;
  local.remove(key);
  await api.DELETE("/api/uploads/{id}", { params: { path: { id } } }).catch(() => {});
}

/** Forgets which uploads could go on. */
export function forgetUploads(): void {
  for (const key of local.keys("upload:")) local.remove(key);
}

function nameOf(file: File): string {
  return file.name.slice(-255) || "file";
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function pause(attempt: number, wanted: number | undefined, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, wanted ? wanted * 1000 : Math.min(15_000, 500 * 2 ** attempt));
    // A connection that is back is not waited for.
    addEventListener("online", () => resolve(), { once: true, signal });
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}

/** A request that says how much of its body has gone, which `fetch` does not. */
function transfer(
  method: string,
  address: string,
  body: Blob,
  headers: Record<string, string>,
  signal: AbortSignal,
  onsent: (bytes: number) => void,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    const all = { "Content-Type": "application/octet-stream", "Notes-Account": session.account?.id ?? "", ...headers };
    for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onsent(loaded);
    request.onerror = request.ontimeout = () => reject(new Failure(0, "unreached", UNREACHED));
    request.onabort = () => reject(signal.reason as Error);
    request.onload = () => {
      if (request.status < 300) resolve(request.responseText ? JSON.parse(request.responseText) : undefined);
      else reject(failureOf(request));
    };
    signal.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}

function failureOf(request: XMLHttpRequest): Failure {
  const after = Number(request.getResponseHeader("retry-after") ?? NaN);
  const secs = Number.isFinite(after) ? after : undefined;
  if (request.status === 401) session.expire();
  try {
    const { code, detail, title, requestId } = JSON.parse(request.responseText) as Record<string, string>;
    return new Failure(request.status, code ?? "", detail ?? title ?? "", requestId, [], secs, detail);
  } catch {
    return new Failure(request.status, "foreign", UNREACHED, undefined, [], secs);
  }
}
