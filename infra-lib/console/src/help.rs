//! Help with commands grouped by task, which clap itself lists in one column.

use std::fmt::Write as _;

use clap::Command;

use crate::contract::CommandGroup;

/// Gives a command a help text whose subcommands stand under the titles of `groups`.
pub fn group_commands(command: Command, groups: &[CommandGroup]) -> Command {
    let names = groups.iter().flat_map(|group| group.commands);
    let width = names.map(|(name, _)| name.len()).max().unwrap_or_default();
    let mut listed = String::new();
    for group in groups {
        let _ = writeln!(listed, "{}:", group.title);
        for (name, summary) in group.commands {
            let _ = writeln!(listed, "  {name:width$}  {summary}");
        }
        listed.push('\n');
    }
    command.help_template(format!(
        "{{about}}\n\n{{usage-heading}} {{usage}}\n\n{listed}Options:\n{{options}}{{after-help}}"
    ))
}
