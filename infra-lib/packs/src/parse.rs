//! Reads the texts of rules.
//!
//! ```text
//! rule ID LEVEL TYPE…          the start of a rule
//! says TEXT                    the finding
//! fix TEXT                     the way out
//! theme NAME…                  controls of `themes.txt`
//! map PACK ID, …; PACK ID, …   further controls
//! each PATH                    checks the items of a list one by one
//! when CONDITION | …           the rule applies if one condition of each such line holds
//! need CONDITION | …           one condition of each such line must hold
//! ```
//!
//! A condition is `PATH OPERATOR ARGUMENTS`, `related TYPE PATH [where CONDITION and …]` or `target PATH where CONDITION and …`. In a path, `[*]` stands
//! for every item and `[?]` for at least one; a `?` at its end makes the condition hold if there is no value; `.` is the whole value, and `@` first means the
//! attributes of the resource, also below `each`: `@Properties.Name`.

use std::collections::BTreeMap;
use std::str::FromStr as _;

use crate::operators::Operator;
use crate::pack::Pack;
use crate::path::Path;
use crate::rule::{Clause, Condition, Control, Level, Rule};

/// Reads the rules of several texts.
pub(crate) fn parse_rules(
    themes: &'static str,
    texts: &[&'static str],
) -> Result<Vec<Rule>, String> {
    let themes = parse_themes(themes)?;
    let mut rules: Vec<Rule> = Vec::new();
    for text in texts {
        for line in lines(text) {
            let (word, rest) = split_word(line);
            if word == "rule" {
                rules.push(parse_head(rest)?);
                continue;
            }
            let rule = rules.last_mut().ok_or("a line before the first rule")?;
            add_line(rule, word, rest, &themes)
                .map_err(|error| format!("{}: {error}: {line}", rule.id))?;
        }
    }
    for rule in &mut rules {
        rule.controls.sort_unstable();
        rule.controls.dedup();
    }
    Ok(rules)
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

fn parse_head(text: &'static str) -> Result<Rule, String> {
    let (id, rest) = split_word(text);
    let (level, types) = split_word(rest);
    Ok(Rule {
        id,
        level: Level::parse(level).ok_or_else(|| format!("{id}: no level `{level}`"))?,
        types: types.split_whitespace().collect(),
        message: "",
        help: "",
        controls: Vec::new(),
        each: None,
        when: Vec::new(),
        need: Vec::new(),
    })
}

fn add_line(
    rule: &mut Rule,
    word: &str,
    rest: &'static str,
    themes: &BTreeMap<&'static str, Vec<Control>>,
) -> Result<(), String> {
    match word {
        "says" => rule.message = rest,
        "fix" => rule.help = rest,
        "map" => rule.controls.extend(parse_controls(rest)?),
        "each" => rule.each = Some(Path::parse(rest)),
        "when" => rule.when.push(parse_clause(rest)?),
        "need" => rule.need.push(parse_clause(rest)?),
        "theme" => {
            for name in rest.split_whitespace() {
                let controls = themes
                    .get(name)
                    .ok_or_else(|| format!("no theme `{name}`"))?;
                rule.controls.extend(controls);
            }
        }
        _ => return Err(format!("no word `{word}`")),
    }
    Ok(())
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
        "related" => {
            let (type_name, path) = split_word(rest);
            Ok(Condition::Related {
                type_name,
                path: Path::parse(path),
                conditions,
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
        let error = parse_rules("", &[text]).unwrap_err();
        assert_eq!(error, "a-b: no operator `resembles`: need A resembles b");
        assert!(parse_rules("t nist", &[]).is_ok());
        assert!(parse_rules("t iso 1", &[]).is_err());
        assert!(parse_rules("", &["need A exists"]).is_err());
        assert!(parse_rules("", &["rule a grave AWS::S3::Bucket"]).is_err());
        assert!(parse_rules("", &["rule a low T\ntheme none"]).is_err());
        assert!(parse_rules("", &["rule a low T\nwants it"]).is_err());
    }
}
