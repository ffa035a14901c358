//! Finds the deployed previews of an app by the tags of their stacks. A preview is the environment of a single pull request.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use infra_core::{APP_TAG, Diagnostic, EXPIRES_TAG, codes};
use time::OffsetDateTime;

use super::{Target, left, read_all_pages};
use crate::error::{Class, Error};
use crate::operation::Operation;
use infra_aws::{Cloud, StackDescription};
use infra_template::assembly::CloudAssembly;

/// Deployed preview of an app: an environment for one pull request.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Preview {
    /// Name of the preview, the last part of its mark, such as `pr7`.
    pub name: String,
    /// Mark of its stacks, the value of the tag `infra:app`: `APP/ENVIRONMENT/NAME`.
    pub app: String,
    /// Expiry date (`YYYY-MM-DD`, UTC) from the tag `infra:expires`; the latest one of its stacks.
    pub expires: String,
    /// Creation time of its oldest stack, if AWS reports it.
    pub created: Option<OffsetDateTime>,
    /// Deployed stacks of the preview, in the order of their creation.
    pub stacks: Vec<PreviewStack>,
}

/// Deployed stack of a preview, with its place and status.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct PreviewStack {
    /// Region that the stack is deployed in, such as `eu-west-1`.
    pub region: String,
    /// Name of the stack in CloudFormation, such as `notes-pr7-web`.
    pub name: String,
    /// Stack status in CloudFormation's terms, such as `CREATE_COMPLETE` or `ROLLBACK_FAILED`.
    pub status: String,
}

/// Lists the previews that are deployed in the regions of the assembly, ordered by name. The assembly can be that of any preview of the environment,
/// or of the stacks that its previews share.
pub fn list_previews(cloud: Arc<dyn Cloud>, assembly: CloudAssembly) -> Operation<Vec<Preview>> {
    Operation::new(|_| async move {
        let mut found: BTreeMap<String, Preview> = BTreeMap::new();
        for one in find_preview_stacks(&cloud, &assembly).await? {
            let stack = PreviewStack {
                region: one.region.clone(),
                name: one.stack.name.clone(),
                status: one.stack.status.to_string(),
            };
            let preview = found.entry(one.mark.clone()).or_insert_with(|| Preview {
                name: one.name.clone(),
                app: one.mark.clone(),
                expires: one.expires.clone(),
                created: one.stack.created,
                stacks: Vec::new(),
            });
            // While a deployment is in progress, some stacks have the new date and others the old one.
            if preview.expires < one.expires {
                preview.expires.clone_from(&one.expires);
            }
            preview.stacks.push(stack);
        }
        Ok(found.into_values().collect())
    })
}

/// Returns the stacks of a preview, in the order of their creation.
pub(super) async fn preview_targets(
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    preview: &str,
) -> Result<Vec<(Target, StackDescription)>, Error> {
    let found = find_preview_stacks(cloud, assembly).await?.into_iter();
    let found = found.filter(|one| one.name == preview).map(|one| {
        let target = Target {
            stack: left::to_empty_stack(&one.stack),
            client: one.cloud.cloudformation_client(&one.region),
            region: one.region,
            cloud: one.cloud,
            is_orphaned: true,
        };
        (target, one.stack)
    });
    Ok(found.collect())
}

/// A stack with the tags of a preview.
struct Found {
    mark: String,
    name: String,
    expires: String,
    region: String,
    cloud: Arc<dyn Cloud>,
    stack: StackDescription,
}

/// Finds the stacks of all previews in these environments, in the order of their creation.
async fn find_preview_stacks(
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
) -> Result<Vec<Found>, Error> {
    let environments = list_environments(assembly);
    if environments.is_empty() {
        let finding = Diagnostic::new(
            codes::NOT_OF_APP,
            format!("previews are found by the tag `{APP_TAG}`, which no stack of the app has"),
        )
        .help("tag them with `app.mark_preview(APP, ENVIRONMENT, PREVIEW, DAY)`");
        return Err(Error::new(Class::Error, finding));
    }
    let (places, refused) = left::list_environments(cloud, assembly, None).await;
    // A region that could not be read may have previews.
    if let Some(error) = Error::join_errors(refused) {
        return Err(error);
    }
    let mut found = Vec::new();
    for place in places {
        let client = place.cloud.cloudformation_client(&place.region);
        let stacks = read_all_pages(|next| client.describe_stacks(next)).await;
        let stacks = stacks.map_err(|error| {
            Error::from_api(format!("list the stacks of {}", place.region), error)
        })?;
        for stack in stacks {
            if let Some((mark, name, expires)) = parse_preview_tags(&stack, &environments) {
                found.push(Found {
                    mark,
                    name,
                    expires,
                    region: place.region.clone(),
                    cloud: Arc::clone(&place.cloud),
                    stack,
                });
            }
        }
    }
    found.sort_by(|a, b| (a.stack.created, &a.stack.name).cmp(&(b.stack.created, &b.stack.name)));
    Ok(found)
}

/// Returns the environments of the app as `APP/ENVIRONMENT`, the prefix of preview marks.
fn list_environments(assembly: &CloudAssembly) -> BTreeSet<String> {
    let marks = assembly.app_marks().into_iter();
    let environments = marks.filter_map(|mark| {
        let mut parts = mark.split('/');
        let (app, environment) = (parts.next()?, parts.next()?);
        Some(format!("{app}/{environment}"))
    });
    environments.collect()
}

/// Returns mark, name and expiry date of the preview that a stack belongs to. Nested stacks are skipped, since they belong to their root stack.
fn parse_preview_tags(
    stack: &StackDescription,
    environments: &BTreeSet<String>,
) -> Option<(String, String, String)> {
    let mark = stack.tags.get(APP_TAG)?;
    let expires = stack.tags.get(EXPIRES_TAG)?;
    let (environment, name) = mark.rsplit_once('/')?;
    let is_there = !stack.status.is_deleted() && stack.parent.is_none();
    (is_there && environments.contains(environment) && !name.is_empty())
        .then(|| (mark.clone(), name.to_owned(), expires.clone()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use infra_aws::{StackDescription, StackStatus};

    use super::parse_preview_tags;

    fn build_stack(mark: &str, expires: Option<&str>, status: &str) -> StackDescription {
        let mut stack = StackDescription::default();
        stack.tags.insert("infra:app".to_owned(), mark.to_owned());
        if let Some(day) = expires {
            stack
                .tags
                .insert("infra:expires".to_owned(), day.to_owned());
        }
        stack.status = StackStatus::new(status);
        stack
    }

    #[test]
    fn parses_preview_name_and_expiry() {
        let environments = BTreeSet::from(["notes/preview".to_owned()]);
        let name = |mark: &str, expires, status| {
            let found = parse_preview_tags(&build_stack(mark, expires, status), &environments);
            found.map(|(_, name, _)| name)
        };
        let day = Some("2026-12-03");
        assert_eq!(
            name("notes/preview/pr7", day, "CREATE_COMPLETE").as_deref(),
            Some("pr7")
        );
        assert_eq!(
            name("notes/preview/pr7", day, "ROLLBACK_FAILED").as_deref(),
            Some("pr7")
        );
        assert_eq!(name("notes/preview/pr7", None, "CREATE_COMPLETE"), None);
        assert_eq!(name("notes/preview/pr7", day, "DELETE_COMPLETE"), None);
        assert_eq!(name("notes/preview", day, "CREATE_COMPLETE"), None);
        assert_eq!(name("notes/preview/", day, "CREATE_COMPLETE"), None);
        assert_eq!(name("notes/prod/pr7", day, "CREATE_COMPLETE"), None);
        assert_eq!(name("other/preview/pr7", day, "CREATE_COMPLETE"), None);
    }
}
