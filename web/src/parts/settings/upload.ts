// A file on its way to the service: by `XMLHttpRequest`, because `fetch` does not tell how much has been sent.
import { fieldProblems, problemSentence } from "../../api/problems";
import { Failure, type Imported, type Problem, UNREACHED } from "../../api/client";

interface Sending {
  /** The account that the notes are for. */
  account: string;
  kind: string;
  onprogress: (sent: number) => void;
  signal: AbortSignal;
}

/** Sends a file to be imported. */
export function upload(file: Blob, { account, kind, onprogress, signal }: Sending): Promise<Imported> {
  const request = new XMLHttpRequest();
  request.open("POST", `/api/import?offset=${encodeURIComponent(offset())}`);
  request.setRequestHeader("Content-Type", kind);
  request.setRequestHeader("Notes-Account", account);
  request.upload.onprogress = ({ loaded }) => onprogress(loaded);
  signal.addEventListener("abort", () => request.abort());
  return new Promise((resolve, reject) => {
    request.onerror = () => reject(new Failure(0, "unreached", UNREACHED));
    request.onabort = () => reject(new Failure(-1, "page", "The import was cancelled. What was taken before stays."));
    request.onload = () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText) as Imported);
      else reject(failureOf(request));
    };
    request.send(file);
  });
}

function failureOf(request: XMLHttpRequest): Failure {
  const after = Number(request.getResponseHeader("retry-after") ?? NaN);
  const retryAfterSecs = Number.isFinite(after) ? after : undefined;
  try {
    const problem = JSON.parse(request.responseText) as Problem;
    const { code, detail, title, requestId, errors } = problem;
    if (code) {
      const words = problemSentence(problem) ?? sentence(detail ?? title);
      return new Failure(request.status, code, words, requestId, fieldProblems(errors ?? []), retryAfterSecs, detail);
    }
  } catch {
    // Not the service answered, but something between it and the page.
  }
  const requestId = request.getResponseHeader("x-request-id") ?? undefined;
  const message = request.status === 413 ? "The file is too large for this service." : UNREACHED;
  return new Failure(request.status, "foreign", message, requestId, [], retryAfterSecs);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
}

/** The offset of this browser's zone, for times in files that name none. */
function offset(): string {
  const minutes = -new Date().getTimezoneOffset();
  const two = (part: number) => String(Math.floor(part)).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}
