//! Formats help with commands grouped by task; clap itself lists them in one group.

use std::ffi::OsString;
use std::fmt::Write as _;

use clap::Command;

use crate::contract::CommandGroup;
use crate::words::display_width;

/// Number of columns between the name of a command and its summary.
const GAP: usize = 2;

/// Sets the help template of a command, with its subcommands under the titles of `groups`, wrapped to the given number of columns.
pub fn group_commands(command: Command, groups: &[CommandGroup], columns: usize) -> Command {
    let names = groups.iter().flat_map(|group| group.commands);
    let longest = names.map(|(name, _)| name.len()).max().unwrap_or_default();
    let indent = 2 + longest + GAP;
    let mut listed = String::new();
    for group in groups {
        let _ = writeln!(listed, "{}:", group.title);
        for (name, summary) in group.commands {
            let _ = write!(listed, "  {name:longest$}");
            let lines = wrap_words(summary, columns.saturating_sub(indent));
            for (at, line) in lines.iter().enumerate() {
                let spaces = if at == 0 { GAP } else { indent };
                let _ = writeln!(listed, "{:spaces$}{line}", "");
            }
        }
        listed.push('\n');
    }
    let hint = wrap_words("`help COMMAND` lists the options of a command.", columns);
    let hint = hint.join("\n");
    command.term_width(columns).help_template(format!(
        "{{about}}\n\n{{usage-heading}} {{usage}}\n\n{listed}Options:\n{{options}}\n\n{hint}{{after-help}}"
    ))
}

/// Wraps text at spaces to lines of at most this many columns; a longer word gets its own line.
fn wrap_words(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().map_or(0, |line| display_width(line));
        if line > 0 && line + 1 + display_width(word) > columns {
            lines.push(word.to_owned());
        } else if let Some(last) = lines.last_mut() {
            if line > 0 {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}

/// Converts the arguments `help COMMAND` to `COMMAND --help`, and `help` alone to `--help`. The first argument is the program name.
///
/// Options before `help` are kept. Options with a separate value are not recognized: `--env help` is not converted.
pub fn expand_help(arguments: &[OsString]) -> Vec<OsString> {
    let is_option = |word: &&OsString| word.to_string_lossy().starts_with('-');
    let first = arguments.iter().skip(1).take_while(is_option).count() + 1;
    let mut expanded = arguments.to_vec();
    if expanded.get(first).is_some_and(|word| word == "help") {
        expanded.remove(first);
        expanded.push("--help".into());
    }
    expanded
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::{expand_help, wrap_words};

    #[test]
    fn wraps_help_text_at_spaces() {
        assert_eq!(wrap_words("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap_words("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap_words("one two three", 13), ["one two three"]);
        assert_eq!(wrap_words("unbreakable a", 3), ["unbreakable", "a"]);
    }

    #[test]
    fn expands_help_only_as_first_command() {
        let expand = |arguments: &[&str]| {
            let words: Vec<OsString> = arguments.iter().map(OsString::from).collect();
            let words = expand_help(&words);
            let words: Vec<String> = words
                .iter()
                .map(|word| word.to_string_lossy().into_owned())
                .collect();
            words.join(" ")
        };
        assert_eq!(expand(&["infra", "help"]), "infra --help");
        assert_eq!(expand(&["infra", "help", "plan"]), "infra plan --help");
        assert_eq!(
            expand(&["infra", "-q", "help", "plan"]),
            "infra -q plan --help"
        );
        assert_eq!(expand(&["infra", "new", "help"]), "infra new help");
        assert_eq!(expand(&["infra"]), "infra");
    }
}
