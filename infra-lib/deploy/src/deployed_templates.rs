//! Reads what is deployed: a description and a template of each stack, and nothing is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use infra_core::{Diagnostic, codes};

use crate::access;
use crate::calls::Calls;
use crate::error::{Class, Error};
use crate::nested;
use crate::operation::Reporter;
use crate::together::{all, together};
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
    cloud: &Arc<dyn Cloud>,
    stacks: &[&Stack],
) -> Result<BTreeMap<String, Before>, Error> {
    let read = together(stacks.iter().map(|stack| one(cloud, stack)));
    let read = all(read.await)?;
    let deployed = stacks.iter().zip(read);
    Ok(deployed
        .filter_map(|(stack, before)| Some((stack.name.clone(), before?)))
        .collect())
}

async fn one(cloud: &Arc<dyn Cloud>, stack: &Stack) -> Result<Option<Before>, Error> {
    let name = &stack.name;
    let region = region_of(&**cloud, stack)?;
    let cloud = access::reader(cloud, stack, &region).await?;
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
    let calls = Calls {
        reporter: Reporter::silent(),
    };
    let nested = nested::deployed(&calls, &*client, &description.id, &template).await;
    Ok(Some(
        Before::builder()
            .template(template)
            .nested(nested)
            .tags(description.tags)
            .build(),
    ))
}
