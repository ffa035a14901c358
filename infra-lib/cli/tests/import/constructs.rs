//! Converts templates with `import-template --constructs`, and synthesizes the programs: the result equals the original.
//!
//! `constructs/` has templates that need every setter which the conversion knows. `generated_constructs/` has the programs for them, and for each
//! template of the other tests of which a construct makes at least one resource. This is the proof of the recipes: the conversion only takes a construct
//! for what is synthesized here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use infra_cli::ExitCode;
use infra_cli::testing::Invocation;
use infra_codegen::convert::{self, Form, Options};
use infra_template::Template;
use serde_json::{Value, json};

use crate::generated_constructs::PROGRAMS;
use crate::{
    Build, Case, check_committed, compare, folder, format_index, list_templates, templates,
};

/// Returns the templates for every setter, then those of the other tests.
fn cases() -> Vec<Case> {
    let mut cases = list_templates(&folder().join("constructs"));
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases.extend(templates());
    cases
}

/// Returns the number of resources that a construct makes, and that of all resources.
fn share(case: &Case) -> (usize, usize) {
    let template = Template::parse(&fs::read_to_string(&case.path).unwrap()).unwrap();
    let mut options = Options::new("Stack", "template", Form::Module);
    options.constructs = true;
    let source = convert::source(template.document(), &options).unwrap();
    (source.constructs.len(), template.resources().count())
}

#[test]
fn matches_committed_programs() {
    let mut names = Vec::new();
    for case in cases() {
        let (made, all) = share(&case);
        if made == 0 {
            continue;
        }
        let arguments = [
            "import-template",
            case.path.to_str().unwrap(),
            "--constructs",
        ];
        let outcome = Invocation::new(arguments).directory(folder()).run();
        assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
        let line = format!("{made} of {all} resource");
        assert!(outcome.stderr.contains(&line), "{outcome}");
        let path = folder().join(format!("generated_constructs/{}.rs", case.name));
        check_committed(&path, &outcome.stdout);
        names.push(case.name);
    }
    names.sort();
    let index = format_index(&names);
    check_committed(&folder().join("generated_constructs/mod.rs"), &index);
}

#[test]
fn synthesizes_original_template_from_constructs() {
    let programs: BTreeMap<&str, Build> = PROGRAMS.iter().copied().collect();
    let mut cases = list_templates(&folder().join("constructs"));
    cases.extend(templates());
    let cases = cases
        .into_iter()
        .filter(|case| programs.contains_key(case.name.as_str()));
    let mut seen = 0;
    let mut changed = Vec::new();
    for case in cases {
        seen += 1;
        changed.extend(compare(&case, programs[case.name.as_str()]));
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
    assert_eq!(seen, PROGRAMS.len());
}

/// A setter that no program calls would be one that nothing proves.
#[test]
fn proves_every_setter_of_every_recipe() {
    let programs = PROGRAMS.iter().map(|(name, _)| {
        fs::read_to_string(folder().join(format!("generated_constructs/{name}.rs"))).unwrap()
    });
    let programs: String = programs.collect();
    let text: String = programs.split_whitespace().collect();
    let names = ["Alias", "Function", "Permission", "Rule"];
    let mut missing = BTreeSet::new();
    for (construct, setters) in convert::constructs() {
        let (service, name) = construct.split_once("::").unwrap();
        let local = match (service, name) {
            ("lambda", "Function") => name.to_owned(),
            _ if names.contains(&name) => {
                let (first, rest) = service.split_at(1);
                format!("{}{rest}{name}", first.to_uppercase())
            }
            _ => name.to_owned(),
        };
        let start = format!("{local}::builder()");
        let statements: Vec<&str> = text.split(';').filter(|one| one.contains(&start)).collect();
        for setter in setters {
            // The role of a function is its own, and statements of a key follow it.
            let is_implied = ["lambda::Function.role", "kms::Key.add_statement"]
                .contains(&&*format!("{construct}.{setter}"));
            let call = format!(".{setter}(");
            if !is_implied && !statements.iter().any(|one| one.contains(&call)) {
                missing.insert(format!("{construct}.{setter}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

/// The share of resources that constructs make, of the templates of this project.
#[test]
fn counts_resources_of_constructs() {
    let mut table = String::new();
    let mut total = (0, 0);
    let mut own = list_templates(&folder());
    own.sort_by(|a, b| a.name.cmp(&b.name));
    for case in own {
        let (made, all) = share(&case);
        total = (total.0 + made, total.1 + all);
        let _ = writeln!(table, "{:20} {made:2} of {all:2}", case.name);
    }
    let _ = writeln!(table, "{:20} {} of {}", "together", total.0, total.1);
    insta::assert_snapshot!(table);
}

/// Returns the resources that constructs make, after changes of `messages.json`: the place of a value, and the value in its stead.
fn constructs_after(changes: &[(&str, Value)]) -> Vec<String> {
    let text = fs::read_to_string(folder().join("constructs/messages.json")).unwrap();
    let mut document: Value = serde_json::from_str(&text).unwrap();
    for (place, value) in changes {
        let (parent, name) = place.rsplit_once('/').unwrap();
        let parent = document.pointer_mut(parent).unwrap().as_object_mut();
        match value {
            Value::Null => drop(parent.unwrap().remove(name).unwrap()),
            value => drop(parent.unwrap().insert(name.to_owned(), value.clone())),
        }
    }
    let mut options = Options::new("Stack", "template", Form::Module);
    options.constructs = true;
    let source = convert::source(document.as_object().unwrap(), &options).unwrap();
    source.constructs.into_keys().collect()
}

#[test]
fn keeps_binding_of_resource_that_construct_would_change() {
    let (queue, policy) = ("Failed178E83A2", "FailedPolicyDC014BD8");
    let is_made = |changes: &[(&str, Value)]| {
        let made = constructs_after(changes);
        let [queue, policy] = [queue, policy].map(|id| made.iter().any(|one| one == id));
        assert_eq!(queue, policy, "a construct makes both or none");
        queue
    };
    assert!(is_made(&[]));
    let properties = format!("/Resources/{queue}/Properties");
    let document = format!("/Resources/{policy}/Properties/PolicyDocument");
    let encryption = format!("{properties}/SqsManagedSseEnabled");
    let wait = format!("{properties}/ReceiveMessageWaitTimeSeconds");
    let statement = format!("{document}/Statement/0");
    for (place, value) in [
        // A default of the construct that the template does not have.
        (encryption.clone(), Value::Null),
        (encryption, json!(false)),
        (wait, Value::Null),
        // Another policy.
        (format!("{statement}/Sid"), json!("Tls")),
        (format!("{statement}/Action"), json!("sqs:SendMessage")),
        (format!("{document}/Id"), json!("policy")),
        (format!("{document}/Version"), json!("2008-10-17")),
        (
            format!("/Resources/{policy}/DeletionPolicy"),
            json!("Retain"),
        ),
        // A logical ID that no path gives.
        (
            format!("/Resources/{policy}/Type"),
            json!("AWS::SNS::TopicPolicy"),
        ),
        // A policy for removal that no setter has.
        (
            format!("/Resources/{queue}/DeletionPolicy"),
            json!({ "Fn::If": ["A", "Retain", "Delete"] }),
        ),
        // Properties of another construct, and properties that do not exist.
        (format!("{properties}/FifoQueue"), json!(false)),
        (format!("{properties}/Fifo"), json!(true)),
    ] {
        assert!(!is_made(&[(&place, value.clone())]), "{place}: {value}");
    }
    // What the construct does not say, the binding behind it does.
    let tags = json!([{ "Key": "team", "Value": "shop" }]);
    assert!(is_made(&[(&format!("{properties}/Tags"), tags)]));
}
