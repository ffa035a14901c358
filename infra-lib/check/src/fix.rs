//! Corrections of findings: [`Fix`].

use infra_core::Diagnostic;
use infra_yaml::{Position, Span};

/// A correction of a finding: text that replaces a word of the template.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Fix {
    /// Range of the word, which is within one line.
    pub span: Span,
    /// Text in place of the word.
    pub replacement: String,
    /// `true` if no other meaning is possible: the word has the right letters in the wrong case. Other corrections are suggestions.
    pub is_certain: bool,
}

/// Returns the correction of a finding whose help suggests a name: the wrong name is a word that the message quotes, and that its range contains
/// once.
pub(crate) fn find_fix(
    found: &Diagnostic,
    text: &str,
    start: Position,
    end: Position,
) -> Option<Fix> {
    let help = found.help.as_deref()?;
    let name = help.strip_prefix("did you mean `")?.strip_suffix("`?")?;
    if start.line != end.line {
        return None;
    }
    let to_index = |number: u32| usize::try_from(number.saturating_sub(1)).ok();
    let line = text.lines().nth(to_index(start.line)?)?;
    // The columns of the first line start after a byte order mark.
    if line.starts_with('\u{feff}') {
        return None;
    }
    let (from, to) = (to_index(start.column)?, to_index(end.column)?);
    let marked: Vec<char> = line
        .chars()
        .skip(from)
        .take(to.checked_sub(from)?)
        .collect();
    let quoted = found.message.split('`').skip(1).step_by(2);
    let actual = found.actual.as_deref();
    let mut candidates = quoted.chain(actual).filter(|word| *word != name);
    let (at, length, wrong) = candidates.find_map(|word| {
        let at = find_only_word(&marked, word)?;
        Some((at, word.chars().count(), word))
    })?;
    let column = |index: usize| {
        start
            .column
            .saturating_add(u32::try_from(index).unwrap_or(u32::MAX))
    };
    let (mut first, mut last) = (start, start);
    first.column = column(at);
    last.column = column(at + length);
    Some(Fix {
        span: Span::new(first, last),
        replacement: name.to_owned(),
        is_certain: wrong.eq_ignore_ascii_case(name),
    })
}

/// Returns the index of a word in a text that contains it exactly once, not as part of a longer word.
fn find_only_word(text: &[char], word: &str) -> Option<usize> {
    let is_part = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric() || "_-:".contains(*c));
    let word: Vec<char> = word.chars().collect();
    if word.is_empty() {
        return None;
    }
    let mut found = text.windows(word.len()).enumerate().filter(|(at, part)| {
        let before = at.checked_sub(1).and_then(|at| text.get(at));
        *part == word.as_slice() && !is_part(before) && !is_part(text.get(at + word.len()))
    });
    let (at, _) = found.next()?;
    found.next().is_none().then_some(at)
}

/// Returns the text with the certain ones of these corrections, and their number.
pub(crate) fn apply_fixes<'f>(fixes: impl Iterator<Item = &'f Fix>, text: &str) -> (String, usize) {
    let mut fixes: Vec<&Fix> = fixes.filter(|fix| fix.is_certain).collect();
    fixes.sort_by_key(|fix| (fix.span.start, fix.span.end));
    fixes.dedup_by_key(|fix| fix.span);
    let mut corrected = String::with_capacity(text.len());
    let mut number = 0;
    let mut open = fixes.into_iter().peekable();
    for (at, line) in (1_u32..).zip(text.split_inclusive('\n')) {
        let mut column = 1;
        let mut characters = line.chars();
        while let Some(fix) = open.next_if(|fix| fix.span.start.line == at) {
            // Of two corrections of one word, the first is applied.
            let Some(before) = fix.span.start.column.checked_sub(column) else {
                continue;
            };
            corrected.extend(characters.by_ref().take(to_count(before)));
            let width = to_count(fix.span.end.column.saturating_sub(fix.span.start.column));
            characters.by_ref().take(width).for_each(drop);
            corrected.push_str(&fix.replacement);
            column = fix.span.end.column;
            number += 1;
        }
        corrected.extend(characters);
    }
    (corrected, number)
}

fn to_count(columns: u32) -> usize {
    usize::try_from(columns).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use crate::{Finding, Options, check_text};

    /// Returns the corrections of a text: column of the word, replacement, and certainty.
    fn fixes(text: &str) -> Vec<(String, String, bool)> {
        let report = check_text("a.yaml", text, &Options::default());
        let fixes = report.findings.iter().filter_map(Finding::fix);
        fixes
            .map(|fix| {
                let at = fix.span.start.to_string();
                (at, fix.replacement.clone(), fix.is_certain)
            })
            .collect()
    }

    fn fix(at: &str, replacement: &str, is_certain: bool) -> (String, String, bool) {
        (at.to_owned(), replacement.to_owned(), is_certain)
    }

    #[test]
    fn finds_word_of_keys_values_and_functions() {
        let property =
            "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      DelaySecond: 5\n";
        assert_eq!(fixes(property), [fix("5:7", "DelaySeconds", false)]);
        let ty = "Resources:\n  Q:\n    Type: AWS::SQS::queue\n";
        assert_eq!(fixes(ty), [fix("3:11", "AWS::SQS::Queue", true)]);
        let reference = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\nOutputs:\n  A: {Value: !Ref Quee}\n  B: {Value: !Sub 'a ${Quee}'}\n";
        assert_eq!(
            fixes(reference),
            [fix("5:19", "Queue", false), fix("6:24", "Queue", false)]
        );
    }

    #[test]
    fn finds_value_in_the_wrong_case() {
        let text = "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      VersioningConfiguration:\n        Status: enabled\n";
        assert_eq!(fixes(text), [fix("6:17", "Enabled", true)]);
    }

    #[test]
    fn applies_certain_fixes_and_keeps_the_rest() {
        let text = "# ä\r\nResources:\r\n  Q: {Type: AWS::SQS::queue, Properties: {}}\r\n  R: {Type: AWS::SQS::Queue, Properties: {delaySeconds: 1, queueName: ä, Tgas: []}}\r\n";
        let report = check_text("a.yaml", text, &Options::default());
        let (corrected, number) = report.apply_fixes("a.yaml", text);
        let expected = text
            .replace("queue,", "Queue,")
            .replace("delaySeconds", "DelaySeconds")
            .replace("queueName", "QueueName");
        assert_eq!((corrected.as_str(), number), (expected.as_str(), 3));
        assert_eq!(report.apply_fixes("b.yaml", text), (text.to_owned(), 0));
    }
}
