//! Checks quotas of CloudFormation before anything is uploaded.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>

use super::Synth;
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::quotas::{NESTED_LEVELS, TEMPLATE_BYTES};
use crate::template::Template;
use crate::value::{Data, Expr, Map};

const MAX_RESOURCES: usize = 500;
const MAX_PARAMETERS: usize = 200;
const MAX_OUTPUTS: usize = 200;
const MAX_MAPPINGS: usize = 200;
const MAX_DESCRIPTION_BYTES: usize = 1_024;

/// Number of `Fn::GetStackOutput` calls in a template above which a warning is reported. CloudFormation makes one call for each, at about one per
/// second; a public report shows 75 of them fail with throttling.
const MANY_WEAK_READS: usize = 50;

/// Number of resources above which a warning is reported: four fifths of the quota, as in the CDK.
const NEAR_MAX_RESOURCES: usize = 400;

pub(super) fn check_limits(synth: &mut Synth) {
    synth.check_templates(check_quotas);
    check_depth(synth);
}

/// Reports stacks that are nested deeper than [`NESTED_LEVELS`].
fn check_depth(synth: &mut Synth) {
    let tree = synth.app.tree.get_mut();
    for &stack in &synth.stacks {
        let depth = tree.stacks_above(stack).count() - 1;
        // Only the first level that is too deep is reported; it covers the levels below.
        if depth == NESTED_LEVELS + 1 {
            let node = tree.node(stack);
            synth.findings.push(
                Diagnostic::new(
                    codes::NESTED_TOO_DEEP,
                    format!("stack `{}` is nested {depth} levels deep", tree.path(stack)),
                )
                .path(tree.path(stack))
                .origin(node.origin)
                .actual(depth.to_string())
                .expected(format!("at most {NESTED_LEVELS}"))
                .help("build it under a stack that is nested less deeply: it can still read the same values"),
            );
        }
    }
}

fn check_quotas(template: &Template, found: &mut Vec<Diagnostic>) {
    let stack = &template.stack_path;
    let mut at_most = |code: Code, what: &str, count: usize, max: usize, help: &str| {
        if count > max {
            found.push(
                Diagnostic::new(
                    code,
                    format!("stack `{stack}` has {count} {what}; at most {max} are allowed"),
                )
                .actual(count.to_string())
                .expected(format!("at most {max}"))
                .help(help),
            );
        }
    };
    let raw = |section: &str| template.raw_names(section).count();
    let resources = template.resources.len() + raw("Resources");
    let split =
        "split it by lifecycle into several stacks; values are read across stacks automatically";
    at_most(
        codes::TOO_MANY_RESOURCES,
        "resources",
        resources,
        MAX_RESOURCES,
        split,
    );
    let fewer = "read values from SSM parameters, or choose them in the program";
    at_most(
        codes::TOO_MANY_PARAMETERS,
        "parameters",
        template.parameters.len() + raw("Parameters"),
        MAX_PARAMETERS,
        fewer,
    );
    at_most(
        codes::TOO_MANY_OUTPUTS,
        "outputs",
        template.outputs.len() + raw("Outputs"),
        MAX_OUTPUTS,
        split,
    );
    at_most(
        codes::TOO_MANY_MAPPINGS,
        "mappings",
        template.mappings.len() + raw("Mappings"),
        MAX_MAPPINGS,
        fewer,
    );
    let size = template.json().len();
    at_most(
        codes::TEMPLATE_TOO_LARGE,
        "bytes of template",
        size,
        TEMPLATE_BYTES,
        split,
    );
    if resources > NEAR_MAX_RESOURCES && resources <= MAX_RESOURCES {
        found.push(
            Diagnostic::new(
                codes::NEAR_RESOURCE_LIMIT,
                format!("stack `{stack}` has {resources} of {MAX_RESOURCES} resources"),
            )
            .help(split),
        );
    }
    if resources == 0 && !template.generators.contains_key("Resources") {
        found.push(
            Diagnostic::new(
                codes::EMPTY_STACK,
                format!("stack `{stack}` has no resources"),
            )
            .note("CloudFormation rejects a template without resources")
            .help("add a resource, or remove the stack"),
        );
    }
    let description = template.description.as_deref().unwrap_or_default();
    if description.len() > MAX_DESCRIPTION_BYTES {
        found.push(
            Diagnostic::new(
                codes::TEXT_TOO_LONG,
                format!("the description of stack `{stack}` is too long"),
            )
            .actual(format!("{} bytes", description.len()))
            .expected(format!("at most {MAX_DESCRIPTION_BYTES} bytes")),
        );
    }
    let reads = count_weak_reads(template);
    if reads > MANY_WEAK_READS {
        found.push(
            Diagnostic::new(
                codes::MANY_WEAK_READS,
                format!("stack `{stack}` reads outputs of other stacks {reads} times with `Fn::GetStackOutput`"),
            )
            .actual(reads.to_string())
            .expected(format!("at most {MANY_WEAK_READS}"))
            .note("CloudFormation makes a call for each read, and these calls can be throttled")
            .help("read them through parameters: `StackProps::reference_strength(ReferenceStrength::Resolved)`"),
        );
    }
    report_non_ascii(template, found);
}

/// Returns the number of times a template reads an output of another stack.
fn count_weak_reads(template: &Template) -> usize {
    let mut count = 0;
    let mut visit = |expr: &Expr| count += usize::from(matches!(expr, Expr::GetStackOutput(_)));
    for resource in &template.resources {
        for (_, data) in resource.properties.iter() {
            data.for_each_expr(&mut visit);
        }
    }
    for (_, fields) in &template.outputs {
        for (_, data) in fields.iter() {
            data.for_each_expr(&mut visit);
        }
    }
    count
}

/// Reports text with characters outside ASCII: CloudFormation stores `?` for them in several services, which then shows as permanent drift.
fn report_non_ascii(template: &Template, found: &mut Vec<Diagnostic>) {
    for resource in &template.resources {
        if let Some((property, text)) = first_non_ascii(&resource.properties) {
            found.push(
                Diagnostic::new(
                    codes::NON_ASCII,
                    format!("`{text}` has characters outside ASCII"),
                )
                .logical_id(&resource.logical_id)
                .property(property)
                .note("CloudFormation may replace them with `?`")
                .help("use only ASCII characters"),
            );
        }
    }
}

/// Returns path and text of the first property with a character outside ASCII.
fn first_non_ascii(map: &Map) -> Option<(String, &str)> {
    map.iter().find_map(|(key, data)| find_non_ascii(key, data))
}

/// Searches a value for text outside ASCII. The path is assembled only on a hit, because most templates have none.
fn find_non_ascii<'d>(step: &str, data: &'d Data) -> Option<(String, &'d str)> {
    let (path, text) = match data {
        Data::Text(text) if !text.is_ascii() => return Some((step.to_owned(), text)),
        Data::List(items) => items
            .iter()
            .enumerate()
            .find_map(|(at, item)| find_non_ascii_item(at, item)),
        Data::Map(map) => first_non_ascii(map),
        _ => None,
    }?;
    Some((format!("{step}.{path}"), text))
}

fn find_non_ascii_item(at: usize, item: &Data) -> Option<(String, &str)> {
    let (path, text) = find_non_ascii("", item)?;
    Some((format!("{at}{path}"), text))
}
