//! Relations between the properties of a resource, which the registry does not describe: `relations/<service>.txt`, from AWS's documentation.
//!
//! [`relations_of`] returns those of an object. The head of this module's source lists the grammar of a line:
//!
//! | Line | Meaning |
//! |---|---|
//! | `; text` | comment |
//! | `@source URL` | the page of AWS that states the following relations |
//! | `AWS::SQS::Queue` | relations of the properties of this type follow |
//! | `#Name` | relations of this property type of the type follow |
//! | `  tests -> demand` | if all tests hold, the demand applies |
//!
//! `values/<service>.txt` has the same lines, made from the extension schemas of cfn-lint: instance types, and versions of engines. A line `@1 a b` names
//! a list of values, which demands refer to as `A in @1`.
//!
//! Tests are separated by `&`: `A=x|y` (one of these values), `A?=x|y` (absent, or one of these), `A!=x|y` (given, and none of these), `A` (given),
//! `!A` (absent), `A^=x|y` (text that starts with one of these), `A$=x` (text that ends with this) and `A~x` (a list that contains the value). Demands: `requires A B`, `requires-one A B`, `excludes A B`, `A in x y`,
//! `A range 1..5`, `A step 8` (a multiple), `A items 2..`, `A starts x y`, `A ends x`, `A matches ^x$` (the text, or each item of the list), `A <= B`, `A + 90 <= B`, `A has x` (a list that contains
//! the value), `A same B` (the same text or the same resource), `A within B` (a domain name and its parent) and `A.*.B among C.*.D E` (texts at paths, in which
//! `*` is every item of a list). Values with spaces stand in single quotes. `A.B` is a property of an object.
//!
//! `relations/between.txt` has relations between resources: a line `AWS::SQS::Queue queue=Path:AWS::SQS::Queue` says that a resource of the first type names one
//! of the other type at the path, in which `*` is every item of a list, with `Ref` or `Fn::GetAtt`, or with `Ref` alone after `/Ref`. In the relations that follow,
//! `queue.A` is a property of the named resource. After `@files`, up to the next page, relations are for template files: constructs report them themselves.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A relation of an object: if all tests hold, the demand applies.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Relation {
    /// Property type that the relation is about, or an empty string for the properties of the resource.
    pub object: &'static str,
    /// Tests that must all hold.
    pub tests: Vec<Test>,
    /// The demand.
    pub demand: Demand,
    /// Page of AWS that states the relation.
    pub source: &'static str,
    /// `true` for values that AWS offered on the date of the schemas. Newer ones may be missing, so other values are suspicious but not wrong.
    pub is_offer: bool,
}

/// A test of a property, whose path has dots between the names.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The property is given.
    Given(&'static str),
    /// The property is absent.
    Absent(&'static str),
    /// The property has one of these values, ignoring case.
    Is(&'static str, Vec<&'static str>),
    /// The property is absent or has one of these values, ignoring case.
    AbsentOrIs(&'static str, Vec<&'static str>),
    /// The property is given, and has none of these values, ignoring case.
    IsNot(&'static str, Vec<&'static str>),
    /// The property is text that starts with one of these.
    Starts(&'static str, Vec<&'static str>),
    /// The property is text that ends with this.
    Ends(&'static str, &'static str),
    /// The property is a list that contains this value.
    Contains(&'static str, &'static str),
}

/// A demand on properties.
#[derive(Clone, Debug, PartialEq)]
pub enum Demand {
    /// Each of these properties is required.
    Requires(Vec<&'static str>),
    /// At least one of these properties is required.
    RequiresOne(Vec<&'static str>),
    /// None of these properties is allowed.
    Excludes(Vec<&'static str>),
    /// The property has one of these values, ignoring case.
    OneOf(&'static str, Vec<&'static str>),
    /// The property is a number in this range.
    Range(&'static str, f64, f64),
    /// The property is a multiple of this number.
    Step(&'static str, f64),
    /// The list has at least this number of items.
    Items(&'static str, usize),
    /// The text starts with one of these.
    StartsWith(&'static str, Vec<&'static str>),
    /// The text ends with this.
    EndsWith(&'static str, &'static str),
    /// The text, or each item of the list, matches the regular expression.
    Matches(&'static str, &'static str),
    /// The first number, plus the one in the middle, is not larger than the second.
    AtMost(&'static str, f64, &'static str),
    /// The list contains this value.
    Has(&'static str, &'static str),
    /// Both properties have the same text, or name the same resource.
    Same(&'static str, &'static str),
    /// The first domain name is the second one, or below it.
    Within(&'static str, &'static str),
    /// The texts at the first path, in which `*` is every item of a list, are among those at the others.
    Among(&'static str, Vec<&'static str>),
}

/// Relations of the types of one service.
type Parsed = Vec<(&'static str, Vec<Relation>)>;

/// A service with the text of its relations.
struct Service {
    name: &'static str,
    text: &'static str,
    parsed: OnceLock<Parsed>,
}

const fn service(name: &'static str, text: &'static str) -> Service {
    Service {
        name,
        text,
        parsed: OnceLock::new(),
    }
}

/// Services with relations, sorted by name.
static SERVICES: [Service; 26] = [
    service("apigateway", include_str!("../relations/apigateway.txt")),
    service(
        "applicationautoscaling",
        include_str!("../relations/applicationautoscaling.txt"),
    ),
    service("autoscaling", include_str!("../relations/autoscaling.txt")),
    service("backup", include_str!("../relations/backup.txt")),
    service(
        "certificatemanager",
        include_str!("../relations/certificatemanager.txt"),
    ),
    service("cloudfront", include_str!("../relations/cloudfront.txt")),
    service("cloudwatch", include_str!("../relations/cloudwatch.txt")),
    service("codebuild", include_str!("../relations/codebuild.txt")),
    service("dynamodb", include_str!("../relations/dynamodb.txt")),
    service("ec2", include_str!("../relations/ec2.txt")),
    service("ecs", include_str!("../relations/ecs.txt")),
    service("elasticache", include_str!("../relations/elasticache.txt")),
    service(
        "elasticloadbalancing",
        include_str!("../relations/elasticloadbalancing.txt"),
    ),
    service(
        "elasticloadbalancingv2",
        include_str!("../relations/elasticloadbalancingv2.txt"),
    ),
    service("events", include_str!("../relations/events.txt")),
    service("fsx", include_str!("../relations/fsx.txt")),
    service("guardduty", include_str!("../relations/guardduty.txt")),
    service("kms", include_str!("../relations/kms.txt")),
    service("lambda", include_str!("../relations/lambda.txt")),
    service("logs", include_str!("../relations/logs.txt")),
    service("rds", include_str!("../relations/rds.txt")),
    service("route53", include_str!("../relations/route53.txt")),
    service("s3", include_str!("../relations/s3.txt")),
    service("serverless", include_str!("../relations/serverless.txt")),
    service("sns", include_str!("../relations/sns.txt")),
    service("sqs", include_str!("../relations/sqs.txt")),
];

/// Services with values, sorted by name.
static VALUES: [Service; 15] = [
    service("amazonmq", include_str!("../values/amazonmq.txt")),
    service("appstream", include_str!("../values/appstream.txt")),
    service("dax", include_str!("../values/dax.txt")),
    service("docdb", include_str!("../values/docdb.txt")),
    service("ec2", include_str!("../values/ec2.txt")),
    service("elasticache", include_str!("../values/elasticache.txt")),
    service("elasticsearch", include_str!("../values/elasticsearch.txt")),
    service("emr", include_str!("../values/emr.txt")),
    service("gamelift", include_str!("../values/gamelift.txt")),
    service(
        "managedblockchain",
        include_str!("../values/managedblockchain.txt"),
    ),
    service("neptune", include_str!("../values/neptune.txt")),
    service(
        "opensearchservice",
        include_str!("../values/opensearchservice.txt"),
    ),
    service("rds", include_str!("../values/rds.txt")),
    service("redshift", include_str!("../values/redshift.txt")),
    service("sagemaker", include_str!("../values/sagemaker.txt")),
];

/// Returns the relations of a resource type, of its properties and of its property types. The text of a service is parsed on first use.
///
/// ```
/// let mut found = infra_schema::relations::relations_of("AWS::SQS::Queue");
/// assert!(found.all(|relation| relation.source.starts_with("https://docs.aws.amazon.com/")));
/// assert!(infra_schema::relations::relations_of("AWS::No::Type").next().is_none());
/// ```
///
/// # Panics
///
/// Panics if the embedded text does not parse. A test parses every line of it.
pub fn relations_of(type_name: &str) -> impl Iterator<Item = &'static Relation> {
    [&SERVICES[..], &VALUES[..]]
        .into_iter()
        .flat_map(|services| find_relations(services, type_name))
}

fn find_relations(services: &'static [Service], type_name: &str) -> &'static [Relation] {
    let Some(name) = type_name
        .strip_prefix("AWS::")
        .and_then(|rest| rest.split("::").next())
        .map(str::to_ascii_lowercase)
    else {
        return &[];
    };
    let Ok(at) = services.binary_search_by(|service| service.name.cmp(&name)) else {
        return &[];
    };
    let service = &services[at];
    let parsed = service.parsed.get_or_init(|| match parse(service.text) {
        Ok(parsed) => parsed,
        Err(line) => panic!("the embedded relations of {name} do not parse: {line}"),
    });
    let found = parsed.iter().find(|(name, _)| *name == type_name);
    found.map_or(&[], |(_, relations)| relations)
}

/// Returns the names of all services with relations.
pub fn list_services() -> impl Iterator<Item = &'static str> {
    SERVICES.iter().map(|service| service.name)
}

/// Parses the text of a service, or returns the first line that has no meaning.
fn parse(text: &'static str) -> Result<Parsed, &'static str> {
    let mut parsed: Parsed = Vec::new();
    let (mut source, mut object, mut current) = ("", "", None);
    let mut lists: BTreeMap<&str, Vec<&'static str>> = BTreeMap::new();
    for line in text.lines() {
        if line.is_empty() || line.starts_with(';') {
            continue;
        }
        if let Some(url) = line.strip_prefix("@source ") {
            source = url;
        } else if line.starts_with('@') {
            let (name, values) = line.split_once(' ').ok_or(line)?;
            lists.insert(name, split_words(values));
        } else if let Some(name) = line.strip_prefix('#') {
            object = name;
        } else if line.starts_with("AWS::") {
            object = "";
            let known = parsed.iter().position(|(name, _)| *name == line);
            current = Some(known.unwrap_or_else(|| {
                parsed.push((line, Vec::new()));
                parsed.len() - 1
            }));
        } else {
            let at = current.ok_or(line)?;
            let (tests, mut demand) = parse_relation(line.trim_start()).ok_or(line)?;
            let mut is_offer = false;
            if let Demand::OneOf(_, values) = &mut demand
                && let [list] = values.as_slice()
                && list.starts_with('@')
            {
                *values = lists.get(list).ok_or(line)?.clone();
                is_offer = true;
            }
            parsed[at].1.push(Relation {
                object,
                tests,
                demand,
                source,
                is_offer,
            });
        }
    }
    Ok(parsed)
}

pub(crate) fn parse_relation(line: &'static str) -> Option<(Vec<Test>, Demand)> {
    let (tests, demand) = line.split_once("-> ")?;
    let tests = tests.split('&').map(str::trim);
    let tests = tests.filter(|test| !test.is_empty()).map(parse_test);
    Some((tests.collect::<Option<_>>()?, parse_demand(demand)?))
}

fn parse_test(test: &'static str) -> Option<Test> {
    let values = |text: &'static str| text.split('|').collect();
    if let Some((path, text)) = test.split_once("?=") {
        return Some(Test::AbsentOrIs(path, values(text)));
    }
    if let Some((path, text)) = test.split_once("!=") {
        return Some(Test::IsNot(path, values(text)));
    }
    if let Some((path, text)) = test.split_once("^=") {
        return Some(Test::Starts(path, values(text)));
    }
    if let Some((path, text)) = test.split_once("$=") {
        return Some(Test::Ends(path, text));
    }
    if let Some((path, text)) = test.split_once('=') {
        return Some(Test::Is(path, values(text)));
    }
    if let Some((path, text)) = test.split_once('~') {
        return Some(Test::Contains(path, text));
    }
    match test.strip_prefix('!') {
        Some(path) => Some(Test::Absent(path)),
        None => (!test.contains(' ')).then_some(Test::Given(test)),
    }
}

fn parse_demand(demand: &'static str) -> Option<Demand> {
    let words = split_words(demand);
    match words.as_slice() {
        ["requires", paths @ ..] if !paths.is_empty() => Some(Demand::Requires(paths.to_vec())),
        ["requires-one", paths @ ..] if paths.len() > 1 => {
            Some(Demand::RequiresOne(paths.to_vec()))
        }
        ["excludes", paths @ ..] if !paths.is_empty() => Some(Demand::Excludes(paths.to_vec())),
        [path, "in", values @ ..] if !values.is_empty() => {
            Some(Demand::OneOf(path, values.to_vec()))
        }
        [path, "starts", values @ ..] if !values.is_empty() => {
            Some(Demand::StartsWith(path, values.to_vec()))
        }
        [path, "ends", value] => Some(Demand::EndsWith(path, value)),
        [path, "range", range] => {
            let (min, max) = range.split_once("..")?;
            Some(Demand::Range(path, min.parse().ok()?, max.parse().ok()?))
        }
        [path, "step", step] => Some(Demand::Step(path, step.parse().ok()?)),
        [path, "items", range] => {
            let min = range.strip_suffix("..")?;
            Some(Demand::Items(path, min.parse().ok()?))
        }
        [path, "matches", pattern] => Some(Demand::Matches(path, pattern)),
        [one, "<=", other] => Some(Demand::AtMost(one, 0.0, other)),
        [one, "+", number, "<=", other] => Some(Demand::AtMost(one, number.parse().ok()?, other)),
        [path, "has", value] => Some(Demand::Has(path, value)),
        [one, "same", other] => Some(Demand::Same(one, other)),
        [one, "within", other] => Some(Demand::Within(one, other)),
        [path, "among", others @ ..] if !others.is_empty() => {
            Some(Demand::Among(path, others.to_vec()))
        }
        _ => None,
    }
}

/// Splits a text at spaces. A word in single quotes can contain spaces.
fn split_words(text: &'static str) -> Vec<&'static str> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('\'') {
            Some(quoted) => quoted.split_once('\'').unwrap_or((quoted, "")),
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        words.push(word);
        rest = after.trim_start();
    }
    words
}

/// Returns the paths of the properties that a relation is about.
#[cfg(test)]
pub(crate) fn paths_of(tests: &[Test], demand: &Demand) -> Vec<&'static str> {
    let tests = tests.iter().map(|test| match test {
        Test::Given(path)
        | Test::Absent(path)
        | Test::Is(path, _)
        | Test::AbsentOrIs(path, _)
        | Test::IsNot(path, _)
        | Test::Starts(path, _)
        | Test::Ends(path, _)
        | Test::Contains(path, _) => *path,
    });
    let mut all: Vec<&str> = tests.collect();
    match demand {
        Demand::Requires(paths) | Demand::RequiresOne(paths) | Demand::Excludes(paths) => {
            all.extend(paths);
        }
        Demand::OneOf(path, _)
        | Demand::Range(path, ..)
        | Demand::Step(path, _)
        | Demand::Items(path, _)
        | Demand::Has(path, _)
        | Demand::Matches(path, _)
        | Demand::StartsWith(path, _)
        | Demand::EndsWith(path, _) => all.push(path),
        Demand::AtMost(one, _, other) | Demand::Same(one, other) | Demand::Within(one, other) => {
            all.extend([one, other]);
        }
        Demand::Among(path, others) => {
            all.push(path);
            all.extend(others);
        }
    }
    all
}

/// Returns `true` if a type has a property at a path, in which `*` is every item of a list.
#[cfg(test)]
pub(crate) fn exists(
    schema: &'static crate::model::ResourceType,
    properties: &'static [crate::model::Property],
    path: &str,
) -> bool {
    use crate::model::Type;
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let Some(property) = properties.iter().find(|property| &*property.name == first) else {
        return false;
    };
    let (ty, rest) = match (&property.shape.ty, rest.strip_prefix('*')) {
        (Type::List(item), Some(rest)) => (&item.ty, rest.trim_start_matches('.')),
        (ty, _) => (ty, rest),
    };
    match ty {
        _ if rest.is_empty() => true,
        Type::Definition(name) => schema
            .definition(name)
            .is_some_and(|inner| exists(schema, &inner.properties, rest)),
        Type::Map(_) | Type::Json => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Demand, SERVICES, Test, VALUES, exists, list_services, parse, parse_relation, paths_of,
    };
    use crate::catalog::resource;
    use crate::serverless::serverless_type;

    #[test]
    fn names_properties_that_exist() {
        assert!(list_services().is_sorted());
        let mut number = 0;
        assert!(VALUES.is_sorted_by_key(|service| service.name));
        for service in SERVICES.iter().chain(&VALUES) {
            for (type_name, relations) in parse(service.text).unwrap() {
                let schema = resource(type_name).or_else(|| serverless_type(type_name));
                let schema = schema.expect(type_name);
                for relation in relations {
                    number += 1;
                    assert!(
                        relation.source.starts_with("https://docs.aws.amazon.com/"),
                        "{relation:?}"
                    );
                    let properties = if relation.object.is_empty() {
                        &schema.properties
                    } else {
                        let definition = schema.definition(relation.object);
                        &definition.expect(relation.object).properties
                    };
                    for path in paths_of(&relation.tests, &relation.demand) {
                        assert!(
                            exists(schema, properties, path),
                            "{type_name} {} has no {path}",
                            relation.object
                        );
                    }
                }
            }
        }
        assert!(number >= 80, "only {number} relations");
    }

    #[test]
    fn parses_tests_and_demands() {
        let (tests, demand) = parse_relation("A=x|y & !B & C~z & E$=.f -> D in 1 '2 GB'").unwrap();
        assert_eq!(
            tests,
            [
                Test::Is("A", vec!["x", "y"]),
                Test::Absent("B"),
                Test::Contains("C", "z"),
                Test::Ends("E", ".f")
            ]
        );
        assert_eq!(demand, Demand::OneOf("D", vec!["1", "2 GB"]));
        for wrong in [
            "A -> ",
            "A => requires B",
            "-> A range 1",
            "-> A items 2..3",
            "A B -> requires C",
        ] {
            assert!(parse_relation(wrong).is_none(), "{wrong}");
        }
    }
}
