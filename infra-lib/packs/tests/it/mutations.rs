//! Every rule with a template that it accepts, and a change after which exactly this rule fails.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use infra_packs::{Assessed, Pack, PackSet, Verdict, rules};
use infra_template::Template;
use serde_json::{Value, json};

pub(crate) struct Mutation {
    pub(crate) rule: String,
    pub(crate) template: String,
    pub(crate) resource: String,
    pub(crate) path: String,
    /// The value after the change, or `None` if it is removed.
    value: Option<Value>,
    also: Vec<String>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests")
}

pub(crate) fn read_mutations() -> Vec<Mutation> {
    let text = fs::read_to_string(folder().join("mutations.txt")).unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let read = |line: &str| {
        let mut words = line.splitn(5, ' ');
        let mut word = || words.next().unwrap_or_default().to_owned();
        let (rule, template, resource, path) = (word(), word(), word(), word());
        let rest = word();
        let mut parts = rest.split(" + ");
        let value = parts.next().unwrap();
        let value = (value != "delete").then(|| serde_json::from_str(value).expect(line));
        Mutation {
            rule,
            template,
            resource,
            path,
            value,
            also: parts.map(str::to_owned).collect(),
        }
    };
    lines.map(read).collect()
}

pub(crate) fn read_template(name: &str) -> Value {
    let file = folder().join(format!("templates/{name}.yaml"));
    let text = fs::read_to_string(file).unwrap();
    Value::Object(Template::parse(&text).unwrap().document().clone())
}

/// Sets or removes the value at a path of the properties of a resource.
fn change(template: &mut Value, mutation: &Mutation, value: Option<&Value>) {
    let resource = &mut template["Resources"][mutation.resource.as_str()]["Properties"];
    assert!(resource.is_object(), "{}: no resource", mutation.rule);
    let mut steps: Vec<&str> = mutation.path.split('.').collect();
    let last = steps.pop().unwrap();
    let mut at = resource;
    for step in steps {
        at = match step.parse::<usize>() {
            Ok(index) => &mut at[index],
            Err(_) => &mut at[step],
        };
    }
    match (last.parse::<usize>(), value) {
        (Ok(index), Some(value)) if index == at.as_array().unwrap().len() => {
            at.as_array_mut().unwrap().push(value.clone());
        }
        (Ok(index), Some(value)) => at[index] = value.clone(),
        (Ok(index), None) => drop(at.as_array_mut().unwrap().remove(index)),
        (Err(_), Some(value)) => at[last] = value.clone(),
        (Err(_), None) => {
            let removed = at.as_object_mut().and_then(|map| map.remove(last));
            assert!(removed.is_some(), "{}: nothing to remove", mutation.rule);
        }
    }
}

fn failed(results: &[Assessed]) -> BTreeSet<&str> {
    let failed = results
        .iter()
        .filter(|result| matches!(result.verdict, Verdict::Failed { .. }));
    failed.map(|result| result.rule.id()).collect()
}

#[test]
fn accepts_every_template() {
    let all = PackSet::new(Pack::ALL);
    let mut passed = BTreeSet::new();
    let templates: BTreeSet<String> = read_mutations().into_iter().map(|m| m.template).collect();
    for name in templates {
        for result in all.assess(&name, &read_template(&name)) {
            let (rule, resource) = (result.rule.id(), &result.logical_id);
            assert_eq!(result.verdict, Verdict::Passed, "{name}/{resource}: {rule}");
            passed.insert(rule);
        }
    }
    for rule in rules() {
        assert!(
            passed.contains(rule.id()),
            "no template passes {}",
            rule.id()
        );
    }
}

#[test]
fn fails_by_exactly_the_rule_of_a_change() {
    let all = PackSet::new(Pack::ALL);
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for mutation in read_mutations() {
        let mut template = read_template(&mutation.template);
        change(&mut template, &mutation, mutation.value.as_ref());
        let results = all.assess("t", &template);
        let mut expected: BTreeSet<&str> = mutation.also.iter().map(String::as_str).collect();
        expected.insert(&mutation.rule);
        let found = failed(&results);
        if found != expected {
            problems.push(format!("{}: {found:?}", mutation.rule));
        }
        seen.insert(mutation.rule);
    }
    for rule in rules() {
        if !seen.contains(rule.id()) {
            problems.push(format!("{}: no change", rule.id()));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn decides_nothing_about_parameters() {
    let all = PackSet::new(Pack::ALL);
    let mut undecided = BTreeMap::new();
    let mut problems = Vec::new();
    for mutation in read_mutations() {
        let mut template = read_template(&mutation.template);
        change(&mut template, &mutation, Some(&json!({"Ref": "Undecided"})));
        let results = all.assess("t", &template);
        if failed(&results).contains(mutation.rule.as_str()) {
            problems.push(mutation.rule.clone());
        }
        let open = results
            .iter()
            .any(|result| matches!(result.verdict, Verdict::Undecided { .. }));
        *undecided.entry(open).or_insert(0) += 1;
    }
    // A value is there, whatever it is.
    let expected = [
        "autoscaling-launch-template",
        "lambda-environment-secrets",
        "iam-user-no-policies",
        "iam-policy-not-of-users",
    ];
    assert_eq!(problems, expected);
    // The others only need a value, whatever it is.
    assert!(undecided[&true] > 200, "{undecided:?}");
}
