//! Reads what is deployed: a listing of the region and a template of each stack, and nothing is written.

use std::collections::{BTreeMap, BTreeSet};

use infra_core::{Diagnostic, codes};

use crate::error::{Class, Error};
use crate::listing::{Listed, Listing};
use crate::together::{all, together};
use crate::watch::region_of;
use infra_aws::{Cloud, StackDescription};
use infra_template::Template;
use infra_template::assembly::Stack;
use infra_template::diff::Before;

/// What there is of these stacks, by name; a stack that was never created is not in it.
///
/// # Errors
///
/// When AWS does not answer, or what is deployed is no template.
pub async fn deployed_templates(
    cloud: &dyn Cloud,
    stacks: &[&Stack],
) -> Result<BTreeMap<String, Before>, Error> {
    let descriptions = describe(cloud, stacks).await?;
    let templates = together(stacks.iter().zip(descriptions).map(
        |(stack, description)| async move {
            match description {
                Some(description) => Ok(Some((
                    stack.name.clone(),
                    read(cloud, stack, *description).await?,
                ))),
                None => Ok(None),
            }
        },
    ))
    .await;
    Ok(all(templates)?.into_iter().flatten().collect())
}

/// The descriptions of these stacks, in their order; `None` for a stack that is not deployed.
pub(crate) async fn describe(
    cloud: &dyn Cloud,
    stacks: &[&Stack],
) -> Result<Vec<Option<Box<StackDescription>>>, Error> {
    let mut regions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for stack in stacks {
        let names = regions.entry(region_of(cloud, stack)?).or_default();
        names.insert(stack.name.clone());
    }
    let mut listings = BTreeMap::new();
    for (region, names) in regions {
        let client = cloud.cloudformation(&region);
        let mut listing = Listing::new(names);
        while listing.wants_more() {
            listing.take(client.describe_stacks(listing.next_page()).await)?;
        }
        listings.insert(region, listing);
    }
    let listings = &listings;
    let found = together(stacks.iter().map(|stack| async move {
        let region = region_of(cloud, stack)?;
        let known = listings
            .get(&region)
            .map_or(Listed::Unknown, |listing| listing.stack(&stack.name));
        let found = match known {
            Listed::Known(found) => found,
            Listed::Unknown => {
                let client = cloud.cloudformation(&region);
                let found = client.describe_stack(&stack.name).await;
                found.map_err(|error| unread(stack, error))?.map(Box::new)
            }
        };
        // A stack in review has no template: somebody planned to create it.
        Ok(found.filter(|found| !found.status.is_review() && !found.status.is_deleted()))
    }))
    .await;
    all(found)
}

fn unread(stack: &Stack, error: infra_aws::ApiError) -> Error {
    Error::api(format!("read the stack `{}`", stack.name), error)
}

async fn read(
    cloud: &dyn Cloud,
    stack: &Stack,
    description: StackDescription,
) -> Result<Before, Error> {
    let name = &stack.name;
    let client = cloud.cloudformation(&region_of(cloud, stack)?);
    let text = client.template(name, None).await;
    let text = text.map_err(|error| unread(stack, error))?;
    let template = Template::parse(&text).map_err(|error| {
        let message = format!("what is deployed as `{name}` cannot be read: {error}");
        Error::new(
            Class::Error,
            Diagnostic::new(codes::TEMPLATE_NOT_READABLE, message),
        )
    })?;
    Ok(Before::builder()
        .template(template)
        .tags(description.tags)
        .build())
}
