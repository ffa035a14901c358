//! Reads the texts of rules.
//!
//! ```text
//! rule ID LEVEL TYPE…          the start of a rule
//! says TEXT                    the finding
//! fix TEXT                     the way out
//! theme NAME… [without PACK…]  controls of `themes.txt`
//! map PACK ID, …; PACK ID, …   further controls
//! hub ID…                      controls of Security Hub outside `fsbp` that the rule shows
//! stated PACK ID, …            controls that ask for it in their own words although Security Hub does not list its control
//! each PATH                    checks the items of a list one by one
//! when CONDITION | …           the rule applies if one condition of each such line holds
//! need CONDITION | …           one condition of each such line must hold
//! ```
//!
//! A condition is `PATH OPERATOR ARGUMENTS`, `related TYPE PATH [where CONDITION and …]` or `target PATH where CONDITION and …`. In a path, `[*]` stands
//! for every item and `[?]` for at least one; a `?` at its end makes the condition hold for a missing value; `.` is the whole value, and `@` first means the
//! attributes of the resource, also below `each`: `@Properties.Name`. A key with dots is in quotes: `Parameters.'rds.force_ssl'`. `unrelated` is `related`
//! reversed: no such resource.
//!
//! A rule that shows controls of Security Hub gets from its themes only controls of packs that list one of those, and `map` must not name others.

use std::collections::BTreeMap;
use std::str::FromStr as _;

use crate::controls::Standards;
use crate::operators::Operator;
use crate::pack::Pack;
use crate::path::Path;
use crate::rule::{Clause, Condition, Control, Level, Rule};

/// A rule whose lines are being read.
struct Draft {
    rule: Rule,
    /// Controls of themes, before those of packs that do not list the rule are left out.
    themed: Vec<Control>,
    /// Controls outside `fsbp`.
    hub: Vec<&'static str>,
    /// Controls that need no list.
    stated: Vec<Control>,
}

/// Reads the rules of several texts.
pub(crate) fn parse_rules(
    standards: &'static str,
    themes: &'static str,
    texts: &[&'static str],
) -> Result<Vec<Rule>, String> {
    let standards = Standards::parse(standards)?;
    let themes = parse_themes(themes)?;
    let mut drafts: Vec<Draft> = Vec::new();
    for text in texts {
        for line in lines(text) {
            let (word, rest) = split_word(line);
            if word == "rule" {
                drafts.push(parse_head(rest)?);
                continue;
            }
            let draft = drafts.last_mut().ok_or("a line before the first rule")?;
            add_line(draft, word, rest, &themes)
                .map_err(|error| format!("{}: {error}: {line}", draft.rule.id))?;
        }
    }
    let rules = drafts.into_iter().map(|draft| {
        let id = draft.rule.id;
        finish(draft, &standards).map_err(|error| format!("{id}: {error}"))
    });
    rules.collect()
}

/// Puts the controls of a rule together.
fn finish(draft: Draft, standards: &Standards) -> Result<Rule, String> {
    let mut rule = draft.rule;
    let of_fsbp = rule.controls_of(Pack::Fsbp).map(|control| control.id);
    let shown: Vec<&str> = of_fsbp.chain(draft.hub).collect();
    for control in &rule.controls {
        if !standards.permit(&shown, control.pack)? {
            return Err(format!(
                "`{}` lists none of its controls of Security Hub ({}), so it does not map to {}",
                control.pack,
                shown.join(", "),
                control.id
            ));
        }
    }
    for control in draft.themed {
        if standards.permit(&shown, control.pack)? {
            rule.controls.push(control);
        }
    }
    rule.controls.extend(draft.stated);
    rule.controls.sort_unstable();
    rule.controls.dedup();
    Ok(rule)
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn split_word(text: &'static str) -> (&'static str, &'static str) {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    (word, rest.trim())
}

fn parse_themes(text: &'static str) -> Result<BTreeMap<&'static str, Vec<Control>>, String> {
    let mut themes: BTreeMap<&str, Vec<Control>> = BTreeMap::new();
    for line in lines(text) {
        let (name, rest) = split_word(line);
        themes
            .entry(name)
            .or_default()
            .extend(parse_controls(rest)?);
    }
    Ok(themes)
}

fn parse_controls(text: &'static str) -> Result<Vec<Control>, String> {
    let mut controls = Vec::new();
    for group in text.split(';') {
        let (pack, ids) = split_word(group.trim());
        let pack = Pack::from_str(pack).map_err(|error| error.to_string())?;
        let ids = ids.split(',').map(str::trim);
        controls.extend(ids.map(|id| Control { pack, id }));
    }
    Ok(controls)
}

fn parse_head(text: &'static str) -> Result<Draft, String> {
    let (id, rest) = split_word(text);
    let (level, types) = split_word(rest);
    Ok(Draft {
        rule: Rule {
            id,
            level: Level::parse(level).ok_or_else(|| format!("{id}: no level `{level}`"))?,
            types: types.split_whitespace().collect(),
            message: "",
            help: "",
            controls: Vec::new(),
            each: None,
            when: Vec::new(),
            need: Vec::new(),
        },
        themed: Vec::new(),
        hub: Vec::new(),
        stated: Vec::new(),
    })
}

fn add_line(
    draft: &mut Draft,
    word: &str,
    rest: &'static str,
    themes: &BTreeMap<&'static str, Vec<Control>>,
) -> Result<(), String> {
    let rule = &mut draft.rule;
    match word {
        "says" => rule.message = rest,
        "fix" => rule.help = rest,
        "map" => rule.controls.extend(parse_controls(rest)?),
        "hub" => draft.hub.extend(rest.split_whitespace()),
        "stated" => draft.stated.extend(parse_controls(rest)?),
        "each" => rule.each = Some(Path::parse(rest)),
        "when" => rule.when.push(parse_clause(rest)?),
        "need" => rule.need.push(parse_clause(rest)?),
        "theme" => draft.themed.extend(parse_theme_line(rest, themes)?),
        _ => return Err(format!("no word `{word}`")),
    }
    Ok(())
}

/// Returns the controls of `NAME… [without PACK…]`.
fn parse_theme_line(
    text: &'static str,
    themes: &BTreeMap<&'static str, Vec<Control>>,
) -> Result<Vec<Control>, String> {
    let (names, left_out) = text.split_once(" without ").unwrap_or((text, ""));
    let mut controls = Vec::new();
    for name in names.split_whitespace() {
        let theme = themes.get(name);
        controls.extend(theme.ok_or_else(|| format!("no theme `{name}`"))?);
    }
    for name in left_out.split_whitespace() {
        let pack = Pack::from_str(name).map_err(|error| error.to_string())?;
        let count = controls.len();
        controls.retain(|control: &Control| control.pack != pack);
        if controls.len() == count {
            return Err(format!("there is nothing of `{name}` to leave out"));
        }
    }
    Ok(controls)
}

fn parse_clause(text: &'static str) -> Result<Clause, String> {
    text.split(" | ").map(parse_condition).collect()
}

fn parse_condition(text: &'static str) -> Result<Condition, String> {
    let (text, conditions) = match text.split_once(" where ") {
        Some((text, conditions)) => {
            let parsed = conditions.split(" and ").map(parse_condition);
            (text, parsed.collect::<Result<Vec<_>, _>>()?)
        }
        None => (text, Vec::new()),
    };
    let (first, rest) = split_word(text.trim());
    match first {
        "related" | "unrelated" => {
            let (type_name, path) = split_word(rest);
            Ok(Condition::Related {
                type_name,
                path: Path::parse(path),
                conditions,
                is_wanted: first == "related",
            })
        }
        "target" => Ok(Condition::Target {
            path: Path::parse(rest),
            conditions,
        }),
        _ => {
            let (path, absent_holds) = match first.strip_suffix('?') {
                Some(path) => (path, true),
                None => (first, false),
            };
            let (operator, arguments) = split_word(rest);
            let arguments: Vec<&'static str> = arguments
                .split(',')
                .map(str::trim)
                .filter(|argument| !argument.is_empty())
                .collect();
            Ok(Condition::Property {
                path: Path::parse(path),
                absent_holds,
                operator: Operator::parse(operator, arguments)?,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse_rules;

    #[test]
    fn names_the_rule_and_the_line_of_an_error() {
        let text = "rule a-b low AWS::S3::Bucket\nsays x\nneed A resembles b";
        let read = |themes, text| parse_rules("", themes, &[text]).map(|_| ());
        let error = read("", text).unwrap_err();
        assert_eq!(error, "a-b: no operator `resembles`: need A resembles b");
        assert!(parse_rules("", "t nist", &[]).is_ok());
        assert!(parse_rules("", "t iso 1", &[]).is_err());
        assert!(parse_rules("S3.1 iso", "", &[]).is_err());
        assert!(parse_rules("S3.1 pci\nS3.1 nist", "", &[]).is_err());
        assert!(read("", "need A exists").is_err());
        assert!(read("", "rule a grave AWS::S3::Bucket").is_err());
        assert!(read("", "rule a low T\ntheme none").is_err());
        assert!(read("", "rule a low T\nwants it").is_err());
        let error = read("t wa SEC01-BP01", "rule a low T\ntheme t without pci").unwrap_err();
        assert_eq!(
            error,
            "a: there is nothing of `pci` to leave out: theme t without pci"
        );
    }

    #[test]
    fn maps_to_packs_that_list_the_control_only() {
        let standards = "S3.1 fsbp nist\nS3.2 pci";
        let themes = "t nist AC-3; pci 1.4.4; cis 2.1.4; hipaa 164.312(b); wa SEC05-BP02";
        let read = |text| {
            let rules = parse_rules(standards, themes, &[text])?;
            let ids = rules[0].controls.iter().map(|one| one.id);
            Ok::<_, String>(ids.collect::<Vec<_>>())
        };
        assert_eq!(
            read("rule a low T\ntheme t\nmap fsbp S3.1"),
            Ok(vec!["S3.1", "AC-3", "164.312(b)", "SEC05-BP02"])
        );
        assert_eq!(
            read("rule a low T\ntheme t\nhub S3.2"),
            Ok(vec!["1.4.4", "164.312(b)", "SEC05-BP02"])
        );
        assert_eq!(
            read("rule a low T\ntheme t without pci nist cis"),
            Ok(vec!["164.312(b)", "SEC05-BP02"])
        );
        assert_eq!(
            read("rule a low T\nmap fsbp S3.1\nstated cis 1.16"),
            Ok(vec!["S3.1", "1.16"])
        );
        assert_eq!(
            read("rule a low T\nmap fsbp S3.1; pci 1.4.4"),
            Err(
                "a: `pci` lists none of its controls of Security Hub (S3.1), so it does not map to 1.4.4"
                    .to_owned()
            )
        );
        assert_eq!(
            read("rule a low T\nhub S3.9\nmap nist AC-3"),
            Err("a: Security Hub has no control `S3.9`".to_owned())
        );
    }
}
