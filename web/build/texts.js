// Finds the texts of the page: what people read, among the strings that programs read.
import { parse } from "svelte/compiler";

/** Names of keys of the keyboard, which programs compare. */
const KEYS =
  /^(Enter|Escape|Tab|Home|End|Insert|Backspace|Delete|Control|Meta|Alt|Shift|Arrow\w*|Page\w*|(Mod|Alt|Shift|Ctrl|Cmd)-.+)$/;
/** Names of headers and of interfaces, and drawings. */
const NAMES = /^([A-Z][a-z]+(-[A-Z][a-z]+)+|[A-Z][a-z]+[A-Z]\w+|M-?[\d{#][\s\S]*)$/;
/** What only looks like a text, with the files in which it does. */
const NO_TEXT = new Map([
  ["src/parts/reminders/push.ts", ["Notification"]],
  ["src/editor/paste/incoming.ts", ["Note"]],
]);
/** Elements whose content is code or a key. */
const CODE = ["script", "style", "path", "code", "pre", "kbd"];

/** Decides on a string that was found; the form is that of the extraction. */
export function isText({ msgStr, details }) {
  const { scope, element, attribute, file, call } = details;
  const text = msgStr.join("\n");
  // No text has to follow a change of the language: without this, constants of components would be `$derived`.
  details.leftSide = true;
  if (CODE.includes(element) || !/\p{L}/u.test(text)) return false;
  if (scope === "markup") return "message";
  if (call === "import" || NO_TEXT.get(file)?.includes(text)) return false;
  if (scope === "script" && attribute === undefined && KEYS.test(text)) return false;
  // A sentence that begins with a value.
  if (scope === "script" && attribute !== "class" && /^#[\p{L}\p{Z}#.,:;·+“”’-]* \p{L}{2,}/u.test(text))
    return "message";
  // Constants of programs, and all that begins like a name in a program.
  if (!/^\p{Lu}/u.test(text) || /^([A-Z]|\P{L})+$/u.test(text) || NAMES.test(text)) return false;
  return "message";
}

const words = (nodes) => nodes.some((node) => node.type === "Text" && /\p{L}/u.test(node.data));

/** Whether an element holds neither texts nor values: an icon, a field. */
function bare(node) {
  if (!["RegularElement", "Component"].includes(node.type)) return false;
  return (
    node.name === "kbd" ||
    node.fragment.nodes.every((child) => (child.type === "Text" ? !child.data.trim() : bare(child)))
  );
}

/**
 * Writes sentences of the markup as expressions, where no element is inside of a sentence: `<Icon /> Save {name}` as
 * ``<Icon /> {`Save ${name}`}``. So an icon is no part of a message, and a sentence needs no component to be put together.
 */
export function sentences(source) {
  const edits = [];
  const put = (run) => {
    const first = run[0];
    const last = run.at(-1);
    const [lead] = first.type === "Text" ? /^\s*/.exec(first.data) : [""];
    const [trail] = last.type === "Text" ? /\s*$/.exec(last.data) : [""];
    const parts = run.map((node) =>
      node.type === "Text"
        ? node.data.replace(/\s+/g, " ").replace(/[`\\]|\$(?=\{)/g, "\\$&")
        : `\${${source.slice(node.expression.start, node.expression.end)}}`,
    );
    const text = parts.join("").trim();
    const plain = run.length === 1 ? JSON.stringify(first.data.replace(/\s+/g, " ").trim()) : `\`${text}\``;
    // Lower case, too, is a text here.
    edits.push([first.start, last.end, `${lead}{/* @wc-include */ ${plain}}${trail}`]);
  };
  const visit = (node) => {
    if (!node || typeof node !== "object") return;
    if (Array.isArray(node)) return node.forEach(visit);
    if (CODE.includes(node.name)) return;
    if (node.type === "Fragment" && words(node.nodes)) {
      const rest = node.nodes.filter(({ type }) => type !== "Text" && type !== "ExpressionTag" && type !== "Comment");
      if (rest.every(bare)) {
        let run = [];
        for (const child of [...node.nodes, null]) {
          if (child?.type === "Text" || child?.type === "ExpressionTag") run.push(child);
          else {
            if (words(run)) put(run);
            run = [];
          }
        }
      }
    }
    for (const [key, value] of Object.entries(node)) if (key !== "css" && key !== "metadata") visit(value);
  };
  visit(parse(source, { modern: true }).fragment);
  edits.sort((a, b) => b[0] - a[0]);
  return edits.reduce((text, [from, to, by]) => text.slice(0, from) + by + text.slice(to), source);
}
