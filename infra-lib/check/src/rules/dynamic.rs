//! Dynamic references (`{{resolve:…}}`): their form, and the places where CloudFormation resolves them.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html>

use infra_core::codes;
use infra_yaml::Span;

use crate::finding::Findings;
use crate::function::{IF, SUB, TRANSFORM};
use crate::model::{Model, Resource};
use crate::tree::{Call, Kind, Value};

/// Start of a dynamic reference.
const START: &str = "{{resolve:";
const SSM: &str = "ssm";
const SSM_SECURE: &str = "ssm-secure";
const SECRETS_MANAGER: &str = "secretsmanager";

/// Maximum number of dynamic references of a template.
const MAXIMUM: usize = 60;

/// Properties that take a secure string of Parameter Store, as type and path; `*` is every item of a list.
///
/// AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html>
const SECURE_PROPERTIES: [(&str, &str); 11] = [
    ("AWS::DirectoryService::MicrosoftAD", "Password"),
    ("AWS::DirectoryService::SimpleAD", "Password"),
    ("AWS::ElastiCache::ReplicationGroup", "AuthToken"),
    ("AWS::IAM::User", "LoginProfile.Password"),
    (
        "AWS::KinesisFirehose::DeliveryStream",
        "RedshiftDestinationConfiguration.Password",
    ),
    ("AWS::OpsWorks::App", "AppSource.Password"),
    ("AWS::OpsWorks::Stack", "CustomCookbooksSource.Password"),
    ("AWS::OpsWorks::Stack", "RdsDbInstances.*.DbPassword"),
    ("AWS::RDS::DBCluster", "MasterUserPassword"),
    ("AWS::RDS::DBInstance", "MasterUserPassword"),
    ("AWS::Redshift::Cluster", "MasterUserPassword"),
];

/// Checks every text in which CloudFormation looks for dynamic references.
pub(super) fn check_references<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    // A macro can give texts another meaning.
    if model.transforms.macros {
        return;
    }
    let mut walk = Walk {
        findings,
        place: Place::Elsewhere("in the section `Outputs`"),
        number: 0,
        last: model.root.span,
    };
    for output in &model.outputs.entries {
        let map = output.value.as_map();
        for key in ["Value", "Export"] {
            if let Some(value) = map.and_then(|map| map.get(key)) {
                walk.visit(value, "", false);
            }
        }
    }
    walk.place = Place::Elsewhere("in the section `Conditions`");
    for condition in &model.condition_entries.entries {
        walk.visit(&condition.value, "", false);
    }
    walk.place = Place::Elsewhere("in the section `Mappings`");
    for mapping in &model.mappings.entries {
        walk.visit(&mapping.value, "", false);
    }
    for resource in &model.resources {
        walk.visit_resource(model, resource);
    }
    if walk.number > MAXIMUM {
        let message = format!(
            "the template has {} dynamic references, of at most {MAXIMUM}",
            walk.number
        );
        let last = walk.last;
        findings
            .add(codes::DYNAMIC_REFERENCE, last, message)
            .help("read the value once, in a parameter of the type `AWS::SSM::Parameter::Value<String>`, or split the stack");
    }
}

/// The part of the template that a text belongs to.
#[derive(Clone, Copy)]
enum Place<'t> {
    /// Properties of a resource of this type.
    Properties(&'t str),
    /// Properties of a resource that the serverless transform expands, which can copy a text to any property.
    Expanded,
    /// A part in which no secret is resolved, with words for it.
    Elsewhere(&'static str),
}

struct Walk<'t, 'f> {
    findings: &'f mut Findings,
    place: Place<'t>,
    /// Number of references so far.
    number: usize,
    /// Range of the last reference.
    last: Span,
}

impl<'t> Walk<'t, '_> {
    fn visit_resource(&mut self, model: &Model<'t>, resource: &Resource<'t>) {
        let Some(type_name) = resource.type_name else {
            return;
        };
        if let Some(metadata) = resource.attribute("Metadata") {
            self.place = Place::Elsewhere("in `Metadata`");
            self.visit(metadata, "", false);
        }
        let is_expanded = model.transforms.serverless && resource.is_serverless();
        self.place = if is_expanded || type_name.ends_with("::MODULE") {
            Place::Expanded
        } else {
            Place::Properties(type_name)
        };
        if let Some(properties) = resource.attribute("Properties") {
            self.visit(properties, "", false);
        }
    }

    /// `at` is the path of the value below the properties, with `*` for items of lists. `is_part` is `true` for the argument of a function, which can be
    /// a part of a reference.
    fn visit(&mut self, value: &'t Value, at: &str, is_part: bool) {
        match &value.kind {
            Kind::Text(text) => self.check_text(text, value.span, at, is_part),
            Kind::List(items) => {
                let below = if is_part {
                    at.to_owned()
                } else {
                    join(at, "*")
                };
                for item in items {
                    self.visit(item, &below, is_part);
                }
            }
            Kind::Map(map) => {
                for entry in &map.entries {
                    let below = if is_part {
                        at.to_owned()
                    } else {
                        join(at, &entry.key)
                    };
                    self.visit(&entry.value, &below, is_part);
                }
            }
            Kind::Call(call) => self.visit_call(call, at),
            _ => {}
        }
    }

    fn visit_call(&mut self, call: &'t Call, at: &str) {
        match (call.name.as_str(), call.argument.as_list()) {
            (TRANSFORM, _) => {}
            (IF, Some([_, then, otherwise])) => {
                self.visit(then, at, false);
                self.visit(otherwise, at, false);
            }
            (SUB, Some([text, values])) => {
                self.visit(text, at, true);
                self.visit(values, at, true);
            }
            _ => self.visit(&call.argument, at, true),
        }
    }

    fn check_text(&mut self, text: &str, span: Span, at: &str, is_part: bool) {
        let mut rest = text;
        while let Some(start) = rest.find(START) {
            let inner = &rest[start + START.len()..];
            let (reference, end) = match inner.find("}}") {
                Some(end) => (&inner[..end], end),
                // The rest of the reference is in another part of the function; CloudFormation leaves other text as it is.
                None if is_part => (inner, inner.len()),
                None => return,
            };
            let is_whole = end < inner.len() && !reference.contains("${");
            self.number += 1;
            self.last = span;
            let (service, key) = reference.split_once(':').unwrap_or((reference, ""));
            let found = check_service(service, key, is_whole)
                .or_else(|| is_whole.then(|| check_key(service, key)).flatten())
                .or_else(|| self.check_place(service, at));
            if let Some((problem, help)) = found {
                let message = format!("the dynamic reference `{START}{reference}}}}}` {problem}");
                self.findings
                    .add(codes::DYNAMIC_REFERENCE, span, message)
                    .help(help);
            }
            rest = &inner[end..];
        }
    }

    fn check_place(&self, service: &str, at: &str) -> Option<Problem> {
        match (self.place, service) {
            (Place::Elsewhere(place), SSM_SECURE | SECRETS_MANAGER) => Some((
                format!("stands {place}, where CloudFormation resolves no secrets"),
                "use it in the property of a resource",
            )),
            (Place::Properties(type_name), SSM_SECURE)
                if !SECURE_PROPERTIES.contains(&(type_name, at)) =>
            {
                Some((
                    format!("stands in `{at}` of `{type_name}`, which takes no secure string"),
                    "store the value in Secrets Manager, and use `{{resolve:secretsmanager:…}}`",
                ))
            }
            _ => None,
        }
    }
}

/// The reason why CloudFormation refuses a reference, as words after "the dynamic reference …", and the way out.
type Problem = (String, &'static str);

fn check_service(service: &str, key: &str, is_whole: bool) -> Option<Problem> {
    let known = [SSM, SSM_SECURE, SECRETS_MANAGER];
    let is_known = known.contains(&service)
        // A part of the service can be in another part of the function.
        || (!is_whole && (key.is_empty() || service.contains("${")));
    (!is_known).then(|| {
        let problem = format!("names the service `{service}`, which CloudFormation does not know");
        (
            problem,
            "the services are `ssm`, `ssm-secure` and `secretsmanager`",
        )
    })
}

fn check_key(service: &str, key: &str) -> Option<Problem> {
    if key.ends_with('\\') {
        let problem = "ends with `\\`, which CloudFormation cannot resolve".to_owned();
        return Some((problem, "use a name without `\\` at its end"));
    }
    match service {
        SECRETS_MANAGER => check_secret(key),
        _ => check_parameter(key),
    }
}

/// Checks `name` or `name:version`.
fn check_parameter(key: &str) -> Option<Problem> {
    const FORM: &str = "the form is `{{resolve:ssm:NAME}}` or `{{resolve:ssm:NAME:VERSION}}`";
    let (name, version) = match key.split_once(':') {
        Some((name, version)) => (name, Some(version)),
        None => (key, None),
    };
    let is_name_character = |c: char| c.is_ascii_alphanumeric() || "_.-/".contains(c);
    if name.is_empty() || !name.chars().all(is_name_character) {
        let problem = if name.is_empty() {
            "has no name of a parameter".to_owned()
        } else {
            format!("has the name `{name}`, which is not that of a parameter")
        };
        return Some((problem, FORM));
    }
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match version {
        Some(version) if !is_number(version) => {
            let problem = format!("has the version `{version}`, which is not a whole number");
            Some((problem, FORM))
        }
        _ => None,
    }
}

/// Checks `secret:SecretString:json-key:version-stage:version-id`, of which all but the secret can be left out. The secret is a name or an ARN.
fn check_secret(key: &str) -> Option<Problem> {
    const FORM: &str =
        "the form is `{{resolve:secretsmanager:SECRET:SecretString:KEY:STAGE:VERSION-ID}}`";
    let steps: Vec<&str> = key.split(':').collect();
    let rest = if steps[0] == "arn" {
        if steps.len() < 7 || steps[5] != "secret" {
            let problem = "has an ARN that is not that of a secret".to_owned();
            return Some((problem, FORM));
        }
        &steps[7..]
    } else {
        &steps[1..]
    };
    if steps[0].is_empty() {
        return Some(("has no name of a secret".to_owned(), FORM));
    }
    match rest {
        [text, ..] if !matches!(*text, "SecretString" | "") => {
            Some((format!("has `{text}` in the place of `SecretString`"), FORM))
        }
        [_, _, _, _, _, ..] => Some(("has too many parts".to_owned(), FORM)),
        [_, _, stage, id] if !stage.is_empty() && !id.is_empty() => Some((
            "has both a version stage and a version ID".to_owned(),
            "give one of them, and leave the other empty",
        )),
        _ => None,
    }
}

fn join(at: &str, step: &str) -> String {
    if at.is_empty() {
        step.to_owned()
    } else {
        format!("{at}.{step}")
    }
}
