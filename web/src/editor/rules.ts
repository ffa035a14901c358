// Markdown that becomes what it means while it is typed.

import {
  InputRule,
  inputRules,
  textblockTypeInputRule,
  wrappingInputRule,
  type InputRule as Rule,
} from "prosemirror-inputrules";
import type { MarkType } from "prosemirror-model";
import { wrapRangeInList } from "prosemirror-schema-list";
import { TextSelection, type Plugin } from "prosemirror-state";
import { isAddress, schema } from "./schema";

const { nodes, marks } = schema;

export function rules(): Plugin {
  return inputRules({
    rules: [
      wrappingInputRule(/^\s*([-+*])\s$/, nodes.bullet_list, ([, marker]) => ({ marker })),
      wrappingInputRule(
        /^\s*(\d{1,9})([.)])\s$/,
        nodes.ordered_list,
        ([, start, marker]) => ({ start: Number(start), marker }),
        ([, start], list) => list.childCount + Number(list.attrs["start"]) === Number(start),
      ),
      wrappingInputRule(/^\s*>\s$/, nodes.quote),
      textblockTypeInputRule(/^(#{1,6})\s$/, nodes.heading, ([, signs = ""]) => ({ level: signs.length })),
      textblockTypeInputRule(/^```$/, nodes.code_block),
      task,
      rule,
      marked(/(?:^|[^*])(\*\*)([^\s*](?:[^*]*[^\s*])?)\*\*$/, marks.strong),
      marked(/(?:^|[^\w_])(__)([^\s_](?:[^_]*[^\s_])?)__$/, marks.strong),
      marked(/(?:^|[^*])(\*)([^\s*](?:[^*]*[^\s*])?)\*$/, marks.em),
      marked(/(?:^|[^\w_])(_)([^\s_](?:[^_]*[^\s_])?)_$/, marks.em),
      marked(/(?:^|[^~])(~~)([^\s~](?:[^~]*[^\s~])?)~~$/, marks.strike),
      marked(/(?:^|[^`])(`)([^`]+)`$/, marks.code),
      link,
    ],
  });
}

/** Text between marks, the last of which is being typed. */
function marked(pattern: RegExp, type: MarkType): Rule {
  return new InputRule(
    pattern,
    (state, [all, mark = "", text = ""], start, end) => {
      const from = start + all.length - mark.length * 2 - text.length;
      const { tr } = state;
      if (state.doc.textBetween(from + mark.length, end, undefined, "\ufffc").includes("\ufffc")) return null;
      tr.delete(from + mark.length + text.length, end).delete(from, from + mark.length);
      tr.addMark(from, from + text.length, type.create());
      return tr.removeStoredMark(type);
    },
    { inCodeMark: false },
  );
}

const link = new InputRule(
  /\[([^\]]+)\]\((\S+)\)$/,
  (state, [, text = "", href = ""], start, end) => {
    if (!isAddress(href)) return null;
    const mark = marks.link.create({ href });
    return state.tr
      .delete(start + 1 + text.length, end)
      .delete(start, start + 1)
      .addMark(start, start + text.length, mark);
  },
  { inCodeMark: false },
);

/** `[] ` and `[x] `: the item becomes a task, a paragraph a list of one. */
const task = new InputRule(/^\s*\[([ xX]?)\]\s$/, (state, [, mark = ""], start, end) => {
  const tr = state.tr.delete(start, end);
  const checked = mark.trim() !== "";
  let $pos = tr.doc.resolve(start);
  if ($pos.parent.type !== nodes.paragraph) return null;
  if ($pos.node(-1).type !== nodes.item) {
    const range = $pos.blockRange();
    if (!range || !wrapRangeInList(tr, range, nodes.bullet_list)) return null;
    $pos = tr.doc.resolve(tr.mapping.slice(1).map(start));
  }
  if ($pos.index(-1) > 0 || $pos.node(-1).attrs["checked"] !== null) return null;
  return tr.setNodeAttribute($pos.before(-1), "checked", checked);
});

const rule = new InputRule(/^---$/, (state, _match, start) => {
  const $start = state.doc.resolve(start);
  if ($start.parent.type !== nodes.paragraph || $start.node(-1).type === nodes.item) return null;
  const tr = state.tr.replaceWith($start.before(), $start.after(), [nodes.rule.create(), nodes.paragraph.create()]);
  return tr.setSelection(TextSelection.create(tr.doc, $start.before() + 2));
});
