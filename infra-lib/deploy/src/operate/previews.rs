//! Deployed previews of an app: environments of their own for single pull requests, found by the marks of their stacks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use infra_core::{APP_TAG, Diagnostic, EXPIRES_TAG, codes};
use time::OffsetDateTime;

use super::{Target, left, pages};
use crate::error::{Class, Error};
use crate::operation::Operation;
use infra_aws::{Cloud, StackDescription};
use infra_template::assembly::CloudAssembly;

/// A deployed preview.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Preview {
    /// The name, such as `pr7`.
    pub name: String,
    /// The mark of its stacks: `APP/ENVIRONMENT/NAME`.
    pub app: String,
    /// The latest day (`YYYY-MM-DD`, UTC) that a stack of it names.
    pub expires: String,
    /// Creation of its oldest stack.
    pub created: Option<OffsetDateTime>,
    /// The stacks, in the order of their creation.
    pub stacks: Vec<PreviewStack>,
}

/// A stack of a preview.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct PreviewStack {
    /// The region.
    pub region: String,
    /// The name in CloudFormation.
    pub name: String,
    /// The status, as CloudFormation names it.
    pub status: String,
}

/// Lists the previews of the app that are deployed in the regions of the assembly, by name. The assembly is that of any preview of the
/// environment, or of what its previews share.
pub fn previews(cloud: Arc<dyn Cloud>, assembly: CloudAssembly) -> Operation<Vec<Preview>> {
    Operation::new(|_| async move {
        let mut found: BTreeMap<String, Preview> = BTreeMap::new();
        for one in find(&cloud, &assembly).await? {
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
            // A deployment that goes on has given some stacks the new day, and others not yet.
            if preview.expires < one.expires {
                preview.expires.clone_from(&one.expires);
            }
            preview.stacks.push(stack);
        }
        Ok(found.into_values().collect())
    })
}

/// The stacks of a preview, in the order of their creation.
pub(super) async fn targets(
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    preview: &str,
) -> Result<Vec<(Target, StackDescription)>, Error> {
    let found = find(cloud, assembly).await?.into_iter();
    let found = found.filter(|one| one.name == preview).map(|one| {
        let target = Target {
            stack: left::as_wanted(&one.stack),
            client: one.cloud.cloudformation(&one.region),
            region: one.region,
            cloud: one.cloud,
            left: true,
        };
        (target, one.stack)
    });
    Ok(found.collect())
}

/// A stack with the marks of a preview.
struct Found {
    mark: String,
    name: String,
    expires: String,
    region: String,
    cloud: Arc<dyn Cloud>,
    stack: StackDescription,
}

/// Stacks with the marks of a preview of these environments, in the order of their creation.
async fn find(cloud: &Arc<dyn Cloud>, assembly: &CloudAssembly) -> Result<Vec<Found>, Error> {
    let environments = environments(assembly);
    if environments.is_empty() {
        let finding = Diagnostic::new(
            codes::NOT_OF_APP,
            format!("previews are found by the tag `{APP_TAG}`, which no stack of the app has"),
        )
        .help("mark them: `app.mark_preview(APP, ENVIRONMENT, PREVIEW, DAY)`");
        return Err(Error::new(Class::Error, finding));
    }
    let (places, refused) = left::places(cloud, assembly, None).await;
    // A region that could not be looked at may hold some.
    if let Some(error) = Error::join(refused) {
        return Err(error);
    }
    let mut found = Vec::new();
    for place in places {
        let client = place.cloud.cloudformation(&place.region);
        let stacks = pages(|next| client.describe_stacks(next)).await;
        let stacks = stacks
            .map_err(|error| Error::api(format!("list the stacks of {}", place.region), error))?;
        for stack in stacks {
            if let Some((mark, name, expires)) = of_preview(&stack, &environments) {
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

/// The environments of the app, as `APP/ENVIRONMENT`: what marks of previews begin with.
fn environments(assembly: &CloudAssembly) -> BTreeSet<String> {
    let marks = assembly.marks().into_iter();
    let environments = marks.filter_map(|mark| {
        let mut parts = mark.split('/');
        let (app, environment) = (parts.next()?, parts.next()?);
        Some(format!("{app}/{environment}"))
    });
    environments.collect()
}

/// Mark, name and last day of the preview that a stack is of. Nested stacks go with their root.
fn of_preview(
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

    use super::of_preview;

    fn stack(mark: &str, expires: Option<&str>, status: &str) -> StackDescription {
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
    fn a_preview_has_a_name_behind_its_environment_and_a_day() {
        let environments = BTreeSet::from(["notes/preview".to_owned()]);
        let name = |mark: &str, expires, status| {
            let found = of_preview(&stack(mark, expires, status), &environments);
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
