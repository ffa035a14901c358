//! Help with commands grouped by task, which clap itself lists in one column.

use std::ffi::OsString;
use std::fmt::Write as _;

use clap::Command;

use crate::contract::CommandGroup;
use crate::words::width;

/// Columns between the name of a command and its summary.
const GAP: usize = 2;

/// Gives a command a help text whose subcommands stand under the titles of `groups`, wrapped to a number of columns.
pub fn group_commands(command: Command, groups: &[CommandGroup], columns: usize) -> Command {
    let names = groups.iter().flat_map(|group| group.commands);
    let longest = names.map(|(name, _)| name.len()).max().unwrap_or_default();
    let indent = 2 + longest + GAP;
    let mut listed = String::new();
    for group in groups {
        let _ = writeln!(listed, "{}:", group.title);
        for (name, summary) in group.commands {
            let _ = write!(listed, "  {name:longest$}");
            let lines = wrap(summary, columns.saturating_sub(indent));
            for (at, line) in lines.iter().enumerate() {
                let spaces = if at == 0 { GAP } else { indent };
                let _ = writeln!(listed, "{:spaces$}{line}", "");
            }
        }
        listed.push('\n');
    }
    let hint = wrap("`help COMMAND` lists the options of a command.", columns);
    let hint = hint.join("\n");
    command.term_width(columns).help_template(format!(
        "{{about}}\n\n{{usage-heading}} {{usage}}\n\n{listed}Options:\n{{options}}\n\n{hint}{{after-help}}"
    ))
}

/// Lines of at most this many columns, broken at spaces; a longer word has a line of its own.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().map_or(0, |line| width(line));
        if line > 0 && line + 1 + width(word) > columns {
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

/// Arguments in which `help COMMAND` is `COMMAND --help`, and `help` alone is `--help`; `name` of the program stays first.
///
/// Options before `help` stay where they are. Options with a value of their own are not looked through: `--env help` is none.
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

    use super::{expand_help, wrap};

    #[test]
    fn wraps_at_spaces() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("one two three", 13), ["one two three"]);
        assert_eq!(wrap("unbreakable a", 3), ["unbreakable", "a"]);
    }

    #[test]
    fn help_is_a_command_in_the_first_place_only() {
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
