//! Imports existing resources into a stack without changing them.
//!
//! CloudFormation rejects an import change set that changes anything else. The template sent is therefore the deployed one with the imported
//! resources added, not the synthesized one. [`prepare_import`] checks the import, [`plan_import`] creates its change set, and [`execute_import`] executes it.
//!
//! See <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources.html>.

mod execute;
mod identifier;
mod template;

use std::collections::BTreeMap;
use std::sync::Arc;

use infra_core::{Diagnostic, codes};

use super::{Target, locate_finding};
use crate::error::{Class, Error};
use crate::operation::Operation;
use infra_aws::{Change, Cloud, CreatedChangeSet, ResourceImport, StackDescription};
use infra_template::ResourceName;
use infra_template::Template;
use infra_template::assembly::CloudAssembly;

pub use execute::{Imported, abandon_import, execute_import, plan_import};

/// An import that has passed all local checks; nothing has been written yet.
#[derive(Clone, Debug)]
pub struct Prepared {
    target: Target,
    stack: Option<StackDescription>,
    template: Template,
    /// Resources to import, each with the identifier by which AWS finds it.
    pub imports: Vec<(ResourceName, ResourceImport)>,
}

/// An import change set that CloudFormation has computed and that has not been executed.
#[derive(Clone, Debug)]
pub struct Planned {
    prepared: Prepared,
    created: CreatedChangeSet,
    /// Changes that the change set would make; all of them are imports.
    pub changes: Vec<Change>,
}

impl Prepared {
    /// Returns the name of the stack in CloudFormation that the resources are imported into.
    pub fn stack(&self) -> &str {
        self.target.name()
    }

    /// Returns true if the stack does not exist yet, so that the import creates it.
    pub fn creates_stack(&self) -> bool {
        self.stack.is_none()
    }
}

/// Checks the resources to import and builds the template. Makes read-only calls.
///
/// `resources` maps the logical ID or construct path of each resource to its identifier.
pub fn prepare_import(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    stack: String,
    resources: BTreeMap<String, String>,
) -> Operation<Prepared> {
    Operation::new(|_| async move {
        let target = Target::select_one(&cloud, &assembly, &stack).await?;
        let stack = target.describe_stack().await?;
        if let Some(busy) = stack.as_ref().and_then(|stack| target.busy_error(stack)) {
            return Err(busy);
        }
        let deployed = match &stack {
            Some(_) => target.read_template().await?,
            None => Template::empty(),
        };
        let mut problems = Vec::new();
        let mut imports = Vec::new();
        for (name, identifier) in &resources {
            match resolve_import(&target, &deployed, name, identifier) {
                Ok(import) => imports.push(import),
                Err(problem) => problems.push(problem),
            }
        }
        let template = template::with_imports(&deployed, &target.stack, &imports, &mut problems);
        if !problems.is_empty() {
            return Err(Error::from_findings(Class::Error, problems));
        }
        Ok(Prepared {
            target,
            stack,
            template,
            imports,
        })
    })
}

fn resolve_import(
    target: &Target,
    deployed: &Template,
    name: &str,
    identifier: &str,
) -> Result<(ResourceName, ResourceImport), Diagnostic> {
    let stack = &target.stack;
    let found = stack.template.resources().find(|resource| {
        let origin = stack.origins.get(resource.logical_id);
        resource.logical_id == name || origin.is_some_and(|origin| origin.construct_path == name)
    });
    let Some(found) = found else {
        let ids: Vec<&str> = stack
            .template
            .resources()
            .map(|one| one.logical_id)
            .collect();
        let finding = Diagnostic::new(
            codes::UNKNOWN_RESOURCE,
            format!("stack `{}` has no resource `{name}`", stack.path),
        );
        return Err(match infra_core::find_nearest(name, ids) {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding.help("write the logical ID or the construct path"),
        });
    };
    let resource = stack.resource_name(found.logical_id, found.type_name);
    if deployed.find_resource(found.logical_id).is_some() {
        let finding = Diagnostic::new(
            codes::ALREADY_DEPLOYED,
            format!(
                "`{}` already belongs to stack `{}`",
                resource.display_name(),
                target.name()
            ),
        )
        .help("omit it; `drift` shows whether it matches its template");
        return Err(locate_finding(finding, &resource));
    }
    if found.entry_text("DeletionPolicy").is_none() {
        let finding = Diagnostic::new(
            codes::NO_DELETION_POLICY,
            format!("`{}` has no deletion policy", resource.display_name()),
        )
        .help("give it the removal policy `Retain`: CloudFormation requires one for imports");
        return Err(locate_finding(finding, &resource));
    }
    let identifier = identifier::parse_identifier(&resource, identifier)?;
    let import = ResourceImport::builder()
        .type_name(resource.type_name.clone())
        .logical_id(resource.logical_id.clone())
        .identifier(identifier)
        .build();
    Ok((resource, import))
}
