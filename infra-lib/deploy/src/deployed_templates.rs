//! Reads what is deployed: a description and a template of each stack, and nothing is written.

use std::collections::BTreeMap;

use infra_core::{Diagnostic, codes};

use crate::error::{Class, Error};
use crate::watch::region_of;
use infra_aws::Cloud;
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
    let mut found = BTreeMap::new();
    for stack in stacks {
        if let Some(before) = one(cloud, stack).await? {
            found.insert(stack.name.clone(), before);
        }
    }
    Ok(found)
}

async fn one(cloud: &dyn Cloud, stack: &Stack) -> Result<Option<Before>, Error> {
    let name = &stack.name;
    let region = region_of(cloud, stack)?;
    let client = cloud.cloudformation(&region);
    let doing = || format!("read the stack `{name}`");
    let description = client.describe_stack(name).await;
    let description = description.map_err(|error| Error::api(doing(), error))?;
    // A stack in review has no template: somebody planned to create it.
    let exists = |status: &infra_aws::StackStatus| !status.is_review() && !status.is_deleted();
    let Some(description) = description.filter(|found| exists(&found.status)) else {
        return Ok(None);
    };
    let text = client.template(name, None).await;
    let text = text.map_err(|error| Error::api(doing(), error))?;
    let template = Template::parse(&text).map_err(|error| {
        let message = format!("what is deployed as `{name}` cannot be read: {error}");
        Error::new(
            Class::Error,
            Diagnostic::new(codes::TEMPLATE_NOT_READABLE, message),
        )
    })?;
    Ok(Some(
        Before::builder()
            .template(template)
            .tags(description.tags)
            .build(),
    ))
}
