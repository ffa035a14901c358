//! Reads the comments of a YAML template that are directly above an entry of a section. YAML parsers discard them.

use std::collections::BTreeMap;

/// Sections whose entries can have comments.
const SECTIONS: [&str; 6] = [
    "Parameters",
    "Mappings",
    "Conditions",
    "Rules",
    "Resources",
    "Outputs",
];

/// Returns the comments of a template by the path of the entry, for example `Resources.Web`. Lines are without `#` and joined by line breaks.
///
/// Only entries that start on a separate line are considered. JSON templates have no comments.
///
/// ```
/// let yaml = "Resources:\n  # Orders wait here.\n  Queue:\n    Type: AWS::SQS::Queue\n";
/// let found = infra_template::comments(yaml);
/// assert_eq!(found["Resources.Queue"], "Orders wait here.");
/// ```
pub fn comments(text: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut section = None;
    let mut indent = None;
    let mut above: Vec<&str> = Vec::new();
    for line in text.lines() {
        let content = line.trim_start_matches(' ');
        let depth = line.len() - content.len();
        // A deeper line is inside an entry, where `#` may be part of a text.
        if section.is_some() && indent.is_some_and(|indent| depth > indent) {
            above.clear();
            continue;
        }
        if let Some(comment) = content.strip_prefix('#') {
            above.push(comment.trim());
            continue;
        }
        // A colon inside a key has no blank behind it: `Fn::ForEach::Topics:`.
        let key = content
            .split_once(": ")
            .or_else(|| Some((content.trim_end().strip_suffix(':')?, "")))
            .map(|(key, _)| key.trim_matches(['\'', '"']));
        let comment = std::mem::take(&mut above);
        match key {
            Some(key) if depth == 0 => {
                section = SECTIONS.into_iter().find(|section| *section == key);
                indent = None;
            }
            Some(key) => {
                indent = indent.or(Some(depth));
                if let (Some(section), false) = (section, comment.is_empty()) {
                    found.insert(format!("{section}.{key}"), comment.join("\n"));
                }
            }
            None => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::comments;

    #[test]
    fn reads_comments_directly_above_entries() {
        let yaml = "\
# The file.
Description: |
  # no comment
Resources:
  # One.
  #
  # Two.
  A:
    # inside
    Type: T
    Text: |
      # text
  # lost by the empty line

  B: {Type: T}
  # Three.
  'C': {Type: T}
  # Loop.
  Fn::ForEach::Ds:
    - D
Outputs: # behind
    # Four: deeper.
    D:
      Value: 1
";
        let found: Vec<(String, String)> = comments(yaml).into_iter().collect();
        let pair = |key: &str, text: &str| (key.to_owned(), text.to_owned());
        assert_eq!(
            found,
            [
                pair("Outputs.D", "Four: deeper."),
                pair("Resources.A", "One.\n\nTwo."),
                pair("Resources.C", "Three."),
                pair("Resources.Fn::ForEach::Ds", "Loop."),
            ]
        );
        assert!(comments("{\"Resources\": {\"A\": {}}}").is_empty());
    }
}
