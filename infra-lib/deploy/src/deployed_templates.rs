//! Reads the descriptions and templates of all deployed stacks of an app. Makes read-only calls.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use infra_core::{Diagnostic, Severity, codes};

use crate::access;
use crate::calls::Calls;
use crate::error::{Class, Error};
use crate::listing::{Listed, Listing, collect_orphaned_stacks};
use crate::nested;
use crate::operation::Reporter;
use crate::together::{collect_results, run_concurrently};
use crate::watch::region_of;
use infra_aws::{Cloud, CloudFormation, StackStatus};
use infra_template::DuplicateKey;
use infra_template::Template;
use infra_template::assembly::{CloudAssembly, Stack};
use infra_template::diff::DeployedStackState;
use infra_template::review::{OrphanedStack, OrphanedStacks};

/// Deployed state of an app: templates and tags of its stacks, for comparison with what it synthesizes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DeployedTemplates {
    /// Deployed stacks by name, without those that do not exist or are still in review.
    pub stacks: BTreeMap<String, DeployedStackState>,
    /// Stacks with the mark of the app that the app no longer has. `None` if stacks were selected by name, or if the app does not mark its stacks.
    pub orphaned: Option<OrphanedStacks>,
    /// Warnings about the deployed templates: keys that a map contains more than once, of which CloudFormation has deployed the last.
    pub warnings: Vec<Diagnostic>,
}

/// A stack with the client that reads it.
struct Reader<'s> {
    stack: &'s Stack,
    region: String,
    client: Arc<dyn CloudFormation>,
}

impl Reader<'_> {
    /// Returns true if this reader reads the stack, compared by name, region and account.
    fn is_for(&self, one: &OrphanedStack) -> bool {
        let account = self.stack.account.as_deref();
        self.stack.name == one.stack
            && self.region == one.region
            && account.is_none_or(|account| account == one.account)
    }
}

/// Reads the selected stacks, named by construct path, artifact ID or stack name; all stacks if `names` is empty.
///
/// Stacks of one account and region are described by one listing.
///
/// # Errors
///
/// When a name is unknown, an AWS call fails, or a deployed template cannot be parsed.
pub async fn read_deployed_templates(
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    names: &[String],
) -> Result<DeployedTemplates, Error> {
    let stacks = assembly.select_stacks(names)?;
    let readers = run_concurrently(stacks.iter().map(|stack| create_reader(cloud, stack)));
    let readers = collect_results(readers.await)?;
    let marks = if names.is_empty() {
        assembly.app_marks()
    } else {
        BTreeSet::new()
    };
    let mut places: BTreeMap<_, Vec<&Reader<'_>>> = BTreeMap::new();
    for reader in &readers {
        places.entry(listing_key(reader)).or_default().push(reader);
    }
    let listings = run_concurrently(places.values().map(|here| list_region(here, &marks)));
    let listings = collect_results(listings.await)?;
    let listings: BTreeMap<_, Listing> = places.into_keys().zip(listings).collect();
    let read = run_concurrently(readers.iter().map(|reader| {
        let listing = listings.get(&listing_key(reader));
        let known = listing.map_or(Listed::Unknown, |all| all.find_stack(&reader.stack.name));
        read_deployed_stack(reader, known)
    }));
    let read = collect_results(read.await)?;
    let looked_at = listings.iter();
    let looked_at = looked_at.map(|((account, region, _), listing)| (*account, *region, listing));
    let mut left = collect_orphaned_stacks(&marks, looked_at);
    if let Some(left) = &mut left {
        // Another role may reach a stack of the app in the same account, so that it appears in this listing too.
        left.stacks
            .retain(|one| !readers.iter().any(|reader| reader.is_for(one)));
    }
    let mut deployed = DeployedTemplates {
        stacks: BTreeMap::new(),
        orphaned: left,
        warnings: Vec::new(),
    };
    for (reader, before) in readers.iter().zip(read) {
        let Some((before, duplicates)) = before else {
            continue;
        };
        let name = &reader.stack.name;
        let warnings = duplicates
            .iter()
            .map(|duplicate| describe_duplicate(name, duplicate));
        deployed.warnings.extend(warnings);
        deployed.stacks.insert(name.clone(), before);
    }
    Ok(deployed)
}

/// Returns the warning about a key that a deployed template contains more than once.
fn describe_duplicate(stack: &str, duplicate: &DuplicateKey) -> Diagnostic {
    let message = format!(
        "line {} column {} of the deployed template of `{stack}`: {}",
        duplicate.span.start.line,
        duplicate.span.start.column,
        duplicate.message()
    );
    Diagnostic::new(codes::DUPLICATE_KEY, message)
        .severity(Severity::Warning)
        .note("CloudFormation has deployed the last value; the comparison uses it")
}

async fn create_reader<'s>(cloud: &Arc<dyn Cloud>, stack: &'s Stack) -> Result<Reader<'s>, Error> {
    let region = region_of(&**cloud, stack)?;
    let cloud = access::reader_for_stack(cloud, stack, &region).await?;
    Ok(Reader {
        stack,
        client: cloud.cloudformation_client(&region),
        region,
    })
}

/// Returns the account, region and roles of a stack; stacks that agree in all of them share one listing.
fn listing_key<'r>(reader: &'r Reader<'_>) -> (Option<&'r str>, &'r str, [Option<&'r str>; 2]) {
    let settings = &reader.stack.settings;
    let roles = [&settings.lookup_role, &settings.deploy_role];
    (
        reader.stack.account.as_deref(),
        &reader.region,
        roles.map(|role| role.as_ref().map(|role| role.arn.as_str())),
    )
}

/// Lists the stacks of a region while that takes fewer calls than describing each stack.
async fn list_region(here: &[&Reader<'_>], marks: &BTreeSet<String>) -> Result<Listing, Error> {
    let names = here.iter().map(|reader| reader.stack.name.clone());
    let mut listing = Listing::with_marks(names.collect(), marks.clone());
    if let Some(reader) = here.first() {
        while listing.wants_more() {
            listing.add_page(reader.client.describe_stacks(listing.next_page()).await)?;
        }
    }
    Ok(listing)
}

async fn read_deployed_stack(
    reader: &Reader<'_>,
    known: Listed,
) -> Result<Option<(DeployedStackState, Vec<DuplicateKey>)>, Error> {
    let (name, client) = (&reader.stack.name, &reader.client);
    let doing = || format!("read the stack `{name}`");
    let description = match known {
        Listed::Known(found) => found.map(|stack| *stack),
        Listed::Unknown => {
            let found = client.describe_stack(name).await;
            found.map_err(|error| Error::from_api(doing(), error))?
        }
    };
    // A stack in review has no template yet: a change set to create it exists, but was never executed.
    let exists = |status: &StackStatus| !status.is_review() && !status.is_deleted();
    let Some(description) = description.filter(|found| exists(&found.status)) else {
        return Ok(None);
    };
    let text = client.get_template(name, None).await;
    let text = text.map_err(|error| Error::from_api(doing(), error))?;
    let (template, duplicates) = Template::parse_deployed(&text).map_err(|error| {
        let message = format!("cannot read the deployed template of `{name}`: {error}");
        Error::new(
            Class::Error,
            Diagnostic::new(codes::TEMPLATE_NOT_READABLE, message),
        )
    })?;
    let calls = Calls {
        reporter: Reporter::new_silent(),
    };
    let nested = nested::read_nested_templates(&calls, &**client, &description.id, &template).await;
    let state = DeployedStackState::builder()
        .template(template)
        .nested(nested)
        .tags(description.tags)
        .build();
    Ok(Some((state, duplicates)))
}
