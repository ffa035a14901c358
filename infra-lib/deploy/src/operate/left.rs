//! Finds stacks that left the app: deployed stacks with its mark that the assembly no longer contains.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use infra_core::{APP_TAG, Diagnostic, codes};

use super::Target;
use crate::error::{Class, Error};
use crate::failure::to_printable;
use crate::listing::orphan_mark;
use infra_aws::{Cloud, StackDescription};
use infra_template::Template;
use infra_template::assembly::{CloudAssembly, Stack};

/// Splits a full name as reviews print it for a stack that left, `REGION/NAME`. A plain name could also be that of another stack, or a construct
/// path.
pub(super) fn region_and_name(text: &str) -> Option<(&str, &str)> {
    let (region, name) = text.split_once('/')?;
    let mut parts = region.rsplit('-');
    let number = parts.next()?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = parts.collect();
    let is_word =
        |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_region = is_number && words.len() >= 2 && words.iter().all(is_word);
    (is_region && !name.is_empty() && !name.contains('/')).then_some((region, name))
}

/// Returns the full name of a stack that left the app, `REGION/NAME`.
pub(super) fn full_name(target: &Target) -> String {
    format!("{}/{}", target.region, target.name())
}

/// Finds a stack that left the app, by `NAME` or `REGION/NAME`.
///
/// # Errors
///
/// When no such stack exists in the regions of the app, the default region and the named one; when several exist; when the app still contains the
/// stack; or when it lacks the mark of this app, since it may belong to another app.
pub(super) async fn find_orphaned(
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    named: &str,
) -> Result<Target, Error> {
    let (only, name) = match region_and_name(named) {
        Some((region, name)) => (Some(region), name),
        None => (None, named),
    };
    let marks = assembly.app_marks();
    if marks.is_empty() {
        let note = format!(
            "orphaned stacks are found by the tag `{APP_TAG}`, which no stack of the app has"
        );
        return Err(Error::new(
            Class::Error,
            unknown_stack_finding(assembly, named).note(note),
        ));
    }
    let (places, mut refused) = list_environments(cloud, assembly, only).await;
    let (mut found, mut others) = (Vec::new(), Vec::new());
    for place in &places {
        let region = &place.region;
        let client = place.cloud.cloudformation_client(region);
        let described = match client.describe_stack(name).await {
            Ok(described) => described,
            // Another region or account may have it.
            Err(error) => {
                let what = format!("describe stack `{name}` in {region}");
                refused.push(Error::from_api(what, error));
                continue;
            }
        };
        let Some(stack) = described.filter(|stack| !stack.status.is_deleted()) else {
            continue;
        };
        if let Some(kept) = place.names.get(&stack.name) {
            return Err(still_in_app_error(kept, &stack.name));
        }
        if orphan_mark(&stack, &marks).is_some() {
            found.push(Target {
                stack: to_empty_stack(&stack),
                region: region.clone(),
                client,
                cloud: Arc::clone(&place.cloud),
                is_orphaned: true,
            });
        } else {
            others.push((region, stack));
        }
    }
    if found.len() > 1 {
        return Err(Error::new(
            Class::Error,
            ambiguous_name_finding(name, &found),
        ));
    }
    if let Some(target) = found.pop() {
        return Ok(target);
    }
    if let Some((region, stack)) = others.first() {
        return Err(Error::new(
            Class::Error,
            foreign_stack_finding(region, stack, &marks),
        ));
    }
    if let Some(error) = refused.into_iter().next() {
        return Err(error);
    }
    let regions: BTreeSet<&str> = places.iter().map(|place| &*place.region).collect();
    let regions: Vec<&str> = regions.into_iter().collect();
    let finding = unknown_stack_finding(assembly, named).note(format!(
        "no stack of that name is deployed in {}; `--stack REGION/{name}` searches another region",
        regions.join(", ")
    ));
    Err(Error::new(Class::Error, finding))
}

/// Builds the error for a stack that is still part of the app.
pub(super) fn still_in_app_error(path: &str, name: &str) -> Error {
    let finding = Diagnostic::new(
        codes::STILL_IN_APP,
        format!("stack `{name}` is part of the app"),
    )
    .path(path.to_owned())
    .help("first remove it from the program, and deploy the stacks that read from it");
    Error::new(Class::Error, finding)
}

fn ambiguous_name_finding(name: &str, found: &[Target]) -> Diagnostic {
    let names: Vec<String> = found
        .iter()
        .map(|target| format!("`{}`", full_name(target)))
        .collect();
    Diagnostic::new(
        codes::UNKNOWN_STACK,
        format!("{} orphaned stacks have the name `{name}`", found.len()),
    )
    .expected(format!("one of {}", names.join(", ")))
    .help("give one at a time; if two in one region are in different accounts, use credentials of one account")
}

/// An account and region that has stacks of the app, or may have.
pub(super) struct StackEnvironment {
    pub(super) region: String,
    pub(super) cloud: Arc<dyn Cloud>,
    /// Construct paths of the app's stacks in this place, by stack name.
    names: BTreeMap<String, String>,
}

/// Returns all accounts and regions of the app, each reached with the role of its first stack, followed by the default region and the named one. Also
/// returns errors for those that the credentials cannot reach.
pub(super) async fn list_environments(
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    only: Option<&str>,
) -> (Vec<StackEnvironment>, Vec<Error>) {
    let default = cloud.default_region();
    let mut groups: BTreeMap<(Option<String>, Option<String>), Vec<&Stack>> = BTreeMap::new();
    for stack in &assembly.stacks {
        let region = stack.region.clone().or_else(|| default.clone());
        let group = groups.entry((stack.account.clone(), region)).or_default();
        group.push(stack);
    }
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    for stacks in groups.into_values() {
        let first = std::slice::from_ref(&stacks[0].id);
        match Target::select_stacks(cloud, assembly, first).await {
            Ok(targets) => found.extend(targets.into_iter().map(|target| {
                StackEnvironment {
                    region: target.region,
                    cloud: target.cloud,
                    names: stacks
                        .iter()
                        .map(|stack| (stack.name.clone(), stack.path.clone()))
                        .collect(),
                }
            })),
            Err(error) => refused.push(error),
        }
    }
    for region in [default, only.map(str::to_owned)].into_iter().flatten() {
        if !found.iter().any(|place| place.region == region) {
            found.push(StackEnvironment {
                region,
                cloud: Arc::clone(cloud),
                names: BTreeMap::new(),
            });
        }
    }
    found.retain(|place| only.is_none_or(|region| place.region == region));
    (found, refused)
}

/// Returns the stack as a stack of the app with the same name and tags, and an empty template.
pub(super) fn to_empty_stack(stack: &StackDescription) -> Stack {
    Stack::builder()
        .id(stack.name.clone())
        .path(stack.name.clone())
        .name(stack.name.clone())
        .template(Template::empty())
        .tags(stack.tags.clone())
        .build()
}

fn foreign_stack_finding(
    region: &str,
    stack: &StackDescription,
    marks: &BTreeSet<String>,
) -> Diagnostic {
    let name = &stack.name;
    let finding = Diagnostic::new(
        codes::NOT_OF_APP,
        format!(
            "stack `{name}` in {region} is not in this app, and there is no evidence that it was"
        ),
    );
    let finding = match (stack.parent.is_some(), stack.tags.get(APP_TAG)) {
        (true, _) => finding.note("it is nested in another stack and belongs to it"),
        (false, Some(mark)) if !marks.contains(mark) => {
            finding.note(format!("its tag `{APP_TAG}` is `{}`", to_printable(mark)))
        }
        (false, Some(_)) => finding.note(format!("status: {}", stack.status)),
        (false, None) => finding.note(format!("it has no tag `{APP_TAG}`")),
    };
    let wanted: Vec<String> = marks.iter().map(|mark| format!("`{mark}`")).collect();
    let finding = finding.expected(format!("`{APP_TAG}` = {}", wanted.join(" or ")));
    finding.help(format!(
        "to delete it anyway: `aws cloudformation delete-stack --region {region} --stack-name {name}`"
    ))
}

fn unknown_stack_finding(assembly: &CloudAssembly, name: &str) -> Diagnostic {
    match assembly.select_stacks(std::slice::from_ref(&name.to_owned())) {
        Err(error) => error.into_finding(),
        Ok(_) => Diagnostic::new(
            codes::UNKNOWN_STACK,
            format!("stack `{name}` does not exist"),
        ),
    }
}
