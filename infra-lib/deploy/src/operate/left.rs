//! Stacks that left the app: they have its mark, and the assembly does not have them any more.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use infra_core::{APP_TAG, Diagnostic, codes};

use super::Target;
use crate::error::{Class, Error};
use crate::failure::printable;
use crate::listing::left_app;
use infra_aws::{Cloud, StackDescription};
use infra_template::Template;
use infra_template::assembly::{CloudAssembly, Stack};

/// The stacks of a name that left the app, one for each region of the app that has one.
///
/// # Errors
///
/// When there is none in the regions of the app and the default region, or it has no mark of this app: it may be another app's.
pub(super) async fn find(
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    name: &str,
) -> Result<Vec<Target>, Error> {
    let marks = assembly.marks();
    if marks.is_empty() {
        let note = format!(
            "a stack that left the app would be found by the tag `{APP_TAG}`, which none of its stacks has"
        );
        return Err(Error::new(Class::Error, unknown(assembly, name).note(note)));
    }
    let places = places(cloud, assembly).await?;
    let (mut found, mut others) = (Vec::new(), Vec::new());
    for (region, cloud) in &places {
        let client = cloud.cloudformation(region);
        let described = client.describe_stack(name).await;
        let described = described
            .map_err(|error| Error::api(format!("look for stack `{name}` in {region}"), error))?;
        let Some(stack) = described.filter(|stack| !stack.status.is_deleted()) else {
            continue;
        };
        if left_app(&stack, &marks).is_some() {
            found.push(Target {
                stack: as_wanted(&stack),
                region: region.clone(),
                client,
                cloud: Arc::clone(cloud),
                left: true,
            });
        } else {
            others.push((region, stack));
        }
    }
    if !found.is_empty() {
        return Ok(found);
    }
    let finding = if let Some((region, stack)) = others.first() {
        of_another(region, stack, &marks)
    } else {
        let regions: Vec<&str> = places.keys().map(String::as_str).collect();
        unknown(assembly, name).note(format!(
            "no stack of that name is deployed in {}; `--region` looks in another region",
            regions.join(", ")
        ))
    };
    Err(Error::new(Class::Error, finding))
}

/// The way to each region of the app, and to the default region, with the role of the first stack there.
async fn places(
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
) -> Result<BTreeMap<String, Arc<dyn Cloud>>, Error> {
    let mut places: BTreeMap<String, Arc<dyn Cloud>> = BTreeMap::new();
    let mut firsts: BTreeSet<Option<&str>> = BTreeSet::new();
    for stack in &assembly.stacks {
        if firsts.insert(stack.region.as_deref()) {
            for target in Target::select(cloud, assembly, std::slice::from_ref(&stack.id)).await? {
                places.entry(target.region).or_insert(target.cloud);
            }
        }
    }
    if let Some(region) = cloud.default_region() {
        places.entry(region).or_insert_with(|| Arc::clone(cloud));
    }
    Ok(places)
}

/// The stack as the app would name it, if it had it.
fn as_wanted(stack: &StackDescription) -> Stack {
    Stack::builder()
        .id(stack.name.clone())
        .path(stack.name.clone())
        .name(stack.name.clone())
        .template(Template::empty())
        .tags(stack.tags.clone())
        .build()
}

fn of_another(region: &str, stack: &StackDescription, marks: &BTreeSet<String>) -> Diagnostic {
    let name = &stack.name;
    let finding = Diagnostic::new(
        codes::NOT_OF_APP,
        format!("stack `{name}` in {region} is not in this app, and nothing says that it was"),
    );
    let finding = match (stack.parent.is_some(), stack.tags.get(APP_TAG)) {
        (true, _) => finding.note("it is nested in another stack, and belongs to that"),
        (false, Some(mark)) if !marks.contains(mark) => {
            finding.note(format!("its tag `{APP_TAG}` is `{}`", printable(mark)))
        }
        (false, Some(_)) => finding.note(format!("it is {}", stack.status)),
        (false, None) => finding.note(format!("it has no tag `{APP_TAG}`")),
    };
    let wanted: Vec<String> = marks.iter().map(|mark| format!("`{mark}`")).collect();
    let finding = finding.expected(format!("`{APP_TAG}` = {}", wanted.join(" or ")));
    finding.help(format!(
        "if it is yours: `aws cloudformation delete-stack --region {region} --stack-name {name}`"
    ))
}

fn unknown(assembly: &CloudAssembly, name: &str) -> Diagnostic {
    match assembly.select(std::slice::from_ref(&name.to_owned())) {
        Err(error) => error.into_finding(),
        Ok(_) => Diagnostic::new(codes::UNKNOWN_STACK, format!("there is no stack `{name}`")),
    }
}
