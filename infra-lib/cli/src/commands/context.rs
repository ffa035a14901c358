//! Implements `context`: lists answers to context lookups, and removes them so that they are looked up again.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use infra_console::documents::to_json;
use infra_console::words::{clean_line, cut_to_width, display_width, format_count};
use infra_core::{Diagnostic, codes};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value as JsonValue};

use crate::ExitCode;
use crate::context::ContextFile;
use crate::failure::Failure;
use crate::session::Session;

/// Maximum number of lines of a value in the table; the file contains the whole value.
const LINES: usize = 3;

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    subcommand: Option<ContextCommand>,

    /// Prints JSON: schemas/context.schema.json.
    #[arg(long)]
    json: bool,
}

/// A change of the context file.
#[derive(Debug, Subcommand)]
enum ContextCommand {
    /// Removes values from `cdk.context.json`: the next synthesis looks them up again.
    Reset(Reset),
    /// Removes all values from `cdk.context.json`.
    Clear,
}

#[derive(Args, Debug)]
struct Reset {
    /// A key, a number of the list, or a pattern of keys, in which `*` matches any characters and `?` one character.
    #[arg(value_name = "KEY|NUMBER|GLOB")]
    which: String,

    /// Succeeds even if no key matches, or if `cdk.json` sets the values.
    #[arg(long, short)]
    force: bool,
}

/// The context of a project, merged from its files.
struct Context {
    file: ContextFile,
    /// Values of `cdk.json`, which take precedence.
    own: Map<String, JsonValue>,
}

pub(crate) fn run_context(
    session: &mut Session<'_>,
    options: &Arguments,
    columns: usize,
) -> Result<ExitCode, Failure> {
    let source = session.app_source()?;
    let Some(path) = source.context_file(session.directory) else {
        return Err(no_project().into());
    };
    let mut context = Context {
        file: ContextFile::read_file(path).map_err(|finding| *finding)?,
        own: source.own_context(),
    };
    match &options.subcommand {
        None => list_values(session, &context, options.json, columns),
        Some(ContextCommand::Reset(options)) => reset_values(session, &mut context, options),
        Some(ContextCommand::Clear) => clear_values(session, &mut context),
    }
}

fn no_project() -> Diagnostic {
    Diagnostic::new(
        codes::NO_APP,
        "a cloud assembly has no context: `cdk.context.json` belongs to the project of its app",
    )
    .help("run the command in the project folder, without `--app`")
}

impl Context {
    /// Returns all values sorted by key; the position of a key is its number.
    fn list_entries(&self) -> Vec<Entry<'_>> {
        let own = self.own.iter().map(|(key, value)| Entry {
            key,
            value,
            file: "cdk.json",
        });
        let looked_up = self.file.values.iter();
        let looked_up = looked_up.filter(|(key, _)| !self.own.contains_key(*key));
        let looked_up = looked_up.map(|(key, value)| Entry {
            key,
            value,
            file: infra_console::CONTEXT_FILE,
        });
        let mut entries: Vec<_> = own.chain(looked_up).collect();
        entries.sort_by_key(|entry| entry.key);
        entries
    }
}

/// A value of the context.
struct Entry<'c> {
    key: &'c String,
    value: &'c JsonValue,
    /// Name of the file that sets the value.
    file: &'static str,
}

/// Context values of an app: answers to context lookups, and values that `cdk.json` sets.
#[derive(Debug, JsonSchema, Serialize)]
#[schemars(title = "Context: `context --json`")]
pub(super) struct Document {
    /// Path of the file with answers to context lookups, relative to the working folder.
    file: String,
    /// All values, sorted by key.
    values: Vec<ListedValue>,
}

/// A value of the context.
#[derive(Debug, JsonSchema, Serialize)]
struct ListedValue {
    /// Number of the value, starting at 1, which `context reset` accepts.
    number: usize,
    /// Key, as the CDK derives it from the lookup.
    key: String,
    /// Answer to the lookup, or value of `cdk.json`.
    value: JsonValue,
    /// File that sets the value: `cdk.context.json`, or `cdk.json`, whose values cannot be reset.
    source: String,
}

fn list_values(
    session: &mut Session<'_>,
    context: &Context,
    json: bool,
    columns: usize,
) -> Result<ExitCode, Failure> {
    let entries = context.list_entries();
    let shown = session.format_path(context.file.path());
    if json {
        let values = entries.iter().enumerate().map(|(at, entry)| ListedValue {
            number: at + 1,
            key: entry.key.clone(),
            value: entry.value.clone(),
            source: entry.file.to_owned(),
        });
        let document = Document {
            file: shown,
            values: values.collect(),
        };
        session.output.write_json(&to_json(&document))?;
    } else if entries.is_empty() {
        session.output.write_status(
            "there are no context values yet; `infra synth` looks up the values that the app needs\n",
        )?;
    } else {
        session
            .output
            .write_data(&format_table(&entries, columns))?;
        session.output.write_status(
            "`infra context reset NUMBER` removes one, and the next synthesis looks it up again\n",
        )?;
    }
    Ok(ExitCode::Ok)
}

/// Formats a table of numbers, keys and values. Keys are wrapped but never shortened, since `context reset` accepts them.
fn format_table(entries: &[Entry<'_>], columns: usize) -> String {
    let rows: Vec<(String, String)> = entries
        .iter()
        .map(|entry| (clean_line(entry.key), clean_line(&entry.value.to_string())))
        .collect();
    let number = entries.len().to_string().len().max(1);
    let most = |cell: fn(&(String, String)) -> &String| {
        let widths = rows.iter().map(|row| display_width(cell(row)));
        widths.max().unwrap_or(0).max(5)
    };
    let space = columns.saturating_sub(number + 4).max(20);
    // Values get a third of the width, or more if the keys need less.
    let value =
        most(|(_, value)| value).min((space / 3).max(space.saturating_sub(most(|(key, _)| key))));
    let key = most(|(key, _)| key).min(space - value);
    let mut text = String::new();
    let mut line = |first: &str, second: &str, third: &str| {
        let gap = " ".repeat(key.saturating_sub(display_width(second)));
        let line = format!("{first:>number$}  {second}{gap}  {third}");
        let _ = writeln!(text, "{}", line.trim_end());
    };
    line("#", "key", "value");
    for (at, (name, shown)) in rows.iter().enumerate() {
        let names = wrap_text(name, key);
        let mut values = wrap_text(shown, value);
        if values.len() > LINES {
            values.truncate(LINES);
            let last = values.pop().unwrap_or_default();
            values.push(cut_to_width(&format!("{last}……"), value));
        }
        for row in 0..names.len().max(values.len()) {
            let first = if row == 0 {
                (at + 1).to_string()
            } else {
                String::new()
            };
            let cell = |lines: &[String]| lines.get(row).cloned().unwrap_or_default();
            line(&first, &cell(&names), &cell(&values));
        }
    }
    text
}

/// Wraps text to a number of columns, preferably after `:`, `,` or a space in the second half of a line.
fn wrap_text(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for character in text.chars() {
        if display_width(&line) + display_width(character.encode_utf8(&mut [0; 4])) > columns {
            let behind = line.rfind([':', ',', ' ']).map(|at| at + 1);
            let rest = match behind.filter(|at| *at * 2 > line.len()) {
                Some(at) => line.split_off(at),
                None => String::new(),
            };
            lines.push(std::mem::replace(&mut line, rest));
        }
        line.push(character);
    }
    lines.push(line);
    lines
}

fn reset_values(
    session: &mut Session<'_>,
    context: &mut Context,
    options: &Reset,
) -> Result<ExitCode, Failure> {
    let keys = select_keys(context, &options.which)?;
    let (removed, kept): (Vec<String>, Vec<String>) = keys
        .into_iter()
        .partition(|key| !context.own.contains_key(key));
    let mut changed = false;
    for key in removed.iter().chain(&kept) {
        changed |= context.file.values.shift_remove(key).is_some();
    }
    if changed {
        context.file.write_file().map_err(|finding| *finding)?;
    }
    for key in &removed {
        let line = format!("removed {}\n", clean_line(key));
        session.output.write_status(&line)?;
    }
    if !options.force && removed.is_empty() {
        return Err(match kept.first() {
            None => unknown_key(context, &options.which),
            Some(key) => set_in_cdk_json(key),
        }
        .into());
    }
    for key in &kept {
        let line = format!("kept {}, which is set in `cdk.json`\n", clean_line(key));
        session.output.write_status(&line)?;
    }
    if removed.is_empty() && kept.is_empty() {
        session.output.write_status("no context value matches\n")?;
    } else if !removed.is_empty() {
        session.output.write_status(
            "the next synthesis looks up again the values that the app still needs\n",
        )?;
    }
    Ok(ExitCode::Ok)
}

/// Returns the keys that a key, number or pattern selects.
fn select_keys(context: &Context, which: &str) -> Result<Vec<String>, Failure> {
    let entries = context.list_entries();
    let number = which.parse::<usize>().ok();
    if let Some(number) = number.filter(|number| number.to_string() == which) {
        let found = number.checked_sub(1).and_then(|at| entries.get(at));
        return match found {
            Some(entry) => Ok(vec![entry.key.clone()]),
            None => Err(unknown_number(which, entries.len()).into()),
        };
    }
    let exact = entries.iter().find(|entry| entry.key == which);
    let found = entries.iter().filter(|entry| match exact {
        Some(exact) => entry.key == exact.key,
        None => matches_pattern(which, entry.key),
    });
    Ok(found.map(|entry| entry.key.clone()).collect())
}

fn unknown_number(which: &str, count: usize) -> Diagnostic {
    let finding = Diagnostic::new(
        codes::UNKNOWN_CONTEXT,
        format!("context value number {which} does not exist"),
    );
    if count == 0 {
        return finding.help("there are no context values");
    }
    finding
        .expected(format!("a number from 1 to {count}"))
        .help("`infra context` lists the values with their numbers")
}

fn unknown_key(context: &Context, which: &str) -> Diagnostic {
    let entries = context.list_entries();
    let keys = entries.iter().map(|entry| entry.key.as_str());
    let finding = Diagnostic::new(
        codes::UNKNOWN_CONTEXT,
        format!("no context value has the key `{which}`"),
    );
    match infra_core::find_nearest(which, keys) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => finding.help(
            "`infra context` lists the values; `*` in a pattern stands for any characters: `context reset 'ssm:*'`",
        ),
    }
}

fn set_in_cdk_json(key: &str) -> Diagnostic {
    Diagnostic::new(
        codes::UNKNOWN_CONTEXT,
        format!("the context value `{key}` is set in `cdk.json`; it was not looked up"),
    )
    .help("change it in `cdk.json`; only values of `cdk.context.json` can be reset")
}

/// Returns true if a pattern matches the whole text; `*` matches any characters and `?` one character.
fn matches_pattern(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    // The last star, and the position in the text up to which it matches.
    let mut star = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(one) if *one == '?' || *one == text[t] => {
                p += 1;
                t += 1;
            }
            _ => {
                let Some((at, reach)) = star else {
                    return false;
                };
                star = Some((at, reach + 1));
                p = at + 1;
                t = reach + 1;
            }
        }
    }
    pattern[p..].iter().all(|one| *one == '*')
}

fn clear_values(session: &mut Session<'_>, context: &mut Context) -> Result<ExitCode, Failure> {
    let path: PathBuf = context.file.path().to_owned();
    let count = context.file.values.len();
    if count > 0 {
        context.file.values.clear();
        context.file.write_file().map_err(|finding| *finding)?;
    }
    let shown = session.format_path(&path);
    let line = format!(
        "{} removed from `{shown}`\n",
        format_count(count, "context value")
    );
    session.output.write_status(&line)?;
    if !context.own.is_empty() {
        let own = format_count(context.own.len(), "value");
        let line = format!("{own} set in `cdk.json` can only be changed there\n");
        session.output.write_status(&line)?;
    }
    Ok(ExitCode::Ok)
}

#[cfg(test)]
mod tests {
    use infra_console::words::display_width;
    use serde_json::json;

    use super::{Entry, format_table, matches_pattern, wrap_text};

    #[test]
    fn matches_shell_patterns() {
        for (pattern, text, expected) in [
            ("ssm:*", "ssm:account=1:parameterName=/a/b", true),
            ("*region=eu-*", "ami:region=eu-west-1", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("*", "", true),
            ("a*b*c", "aXbYbZc", true),
            ("a*b", "abX", false),
            ("abc", "abcd", false),
        ] {
            assert_eq!(matches_pattern(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn table_fits_columns() {
        let key = "vpc-provider:account=123456789012:filter.tag:Name=main:region=eu-west-1:returnAsymmetricSubnets=true".to_owned();
        let evil = "ssm:\u{1b}[31mred:parameterName=/名前/名前/名前/名前".to_owned();
        let value = json!({ "vpcId": "vpc-1", "subnetGroups": ["x".repeat(300)] });
        let text = json!("a\u{9b}2Jb");
        let file = "cdk.context.json";
        let entries = [
            Entry {
                key: &key,
                value: &value,
                file,
            },
            Entry {
                key: &evil,
                value: &text,
                file,
            },
        ];
        for columns in [80, 60] {
            let table = format_table(&entries, columns);
            assert!(!table.contains(['\u{1b}', '\u{9b}']), "{table:?}");
            let widest = table.lines().map(display_width).max().unwrap();
            assert!(widest <= columns, "{widest} > {columns}\n{table}");
            // Keys are never shortened.
            let first = table.lines().skip(1).map(|line| {
                let cell: String = line.chars().skip(3).collect();
                cell.split("  ").next().unwrap_or_default().to_owned()
            });
            assert!(first.collect::<String>().starts_with(&key), "{table}");
        }
    }

    #[test]
    fn wraps_after_separators() {
        assert_eq!(wrap_text("ab:cd:ef", 7), ["ab:cd:", "ef"]);
        assert_eq!(wrap_text("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap_text("", 3), [""]);
    }
}
