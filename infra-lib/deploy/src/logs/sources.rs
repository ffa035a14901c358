//! Finds the log groups of deployed resources.

use infra_core::{Diagnostic, codes, find_nearest};
use serde_json::Value as JsonValue;

use crate::deployed::{DeployedStack, construct_of, is_called, referenced_logical_id};
use crate::error::{Class, Error};
use infra_template::ResourceName;
use infra_template::TemplateResource;

/// Log group of a deployed construct, optionally limited to the streams of one container.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct LogSource {
    /// Construct path of the resource that writes the log, such as `Web/Api`.
    pub name: String,
    /// Name of the log group in CloudWatch Logs, such as `/aws/lambda/NAME`.
    pub group: String,
    /// Region of the log group, which can differ from that of the stack.
    pub region: String,
    /// Prefix of its log streams, which limits a shared log group to one container; `None` for all streams.
    pub stream_prefix: Option<String>,
}

/// A log source with all names of the resources that it belongs to.
struct Candidate {
    source: LogSource,
    names: Vec<ResourceName>,
    /// True if it is read when no source is named.
    is_default: bool,
}

/// Returns the named log sources of the stacks; those of all services, tasks and functions if none is named.
pub(crate) fn select_sources(
    stacks: &[DeployedStack],
    called: &[String],
) -> Result<Vec<LogSource>, Error> {
    let mut candidates = Vec::new();
    for stack in stacks {
        collect_candidates(stack, &mut candidates);
    }
    let mut found = Vec::new();
    for name in called {
        let mut known = candidates
            .iter()
            .filter(|candidate| candidate.names.iter().any(|known| is_called(known, name)))
            .peekable();
        if known.peek().is_none() {
            return Err(unknown_source_error(&candidates, name));
        }
        for candidate in known {
            if !found.contains(&candidate.source) {
                found.push(candidate.source.clone());
            }
        }
    }
    if called.is_empty() {
        let usual = candidates.iter().filter(|candidate| candidate.is_default);
        found.extend(usual.map(|candidate| candidate.source.clone()));
    }
    if found.is_empty() {
        let finding = Diagnostic::new(
            codes::NO_LOGS,
            "no deployed stack has a service, task or function that logs to CloudWatch",
        )
        .help("select a log group of a stack with `--service CONSTRUCT`, or another stack with `--stack`");
        return Err(Error::new(Class::Error, finding));
    }
    Ok(found)
}

fn collect_candidates(stack: &DeployedStack, found: &mut Vec<Candidate>) {
    let mut taken = Vec::new();
    for resource in stack.template.resources() {
        match resource.type_name {
            "AWS::ECS::TaskDefinition" => {
                for candidate in task_definition_candidates(stack, resource, &mut taken) {
                    found.push(candidate);
                }
            }
            "AWS::Lambda::Function" => {
                found.extend(function_candidate(stack, resource, &mut taken));
            }
            _ => {}
        }
    }
    // Logs of networks, firewalls and databases are read only if they are named.
    for resource in stack.template.resources() {
        if resource.type_name != "AWS::Logs::LogGroup" {
            continue;
        }
        let Some(group) = stack.physical_id(resource.logical_id) else {
            continue;
        };
        if !taken.iter().any(|id| id == resource.logical_id) {
            let name = stack.resource_name(resource.logical_id, resource.type_name);
            found.push(Candidate {
                source: LogSource {
                    name: construct_of(&name),
                    group: group.to_owned(),
                    region: stack.region.clone(),
                    stream_prefix: None,
                },
                names: vec![name],
                is_default: false,
            });
        }
    }
}

fn task_definition_candidates(
    stack: &DeployedStack,
    resource: TemplateResource<'_>,
    taken: &mut Vec<String>,
) -> Vec<Candidate> {
    let own = stack.resource_name(resource.logical_id, resource.type_name);
    let mut names = vec![own.clone()];
    names.extend(services_of(stack, resource.logical_id));
    let properties = resource.properties();
    let containers = properties.and_then(|properties| properties.get("ContainerDefinitions"));
    let containers = containers
        .and_then(JsonValue::as_array)
        .into_iter()
        .flatten();
    let candidates = containers.filter_map(|container| {
        let options = &container["LogConfiguration"]["Options"];
        if container["LogConfiguration"]["LogDriver"] != "awslogs" {
            return None;
        }
        let group = &options["awslogs-group"];
        let mut names = names.clone();
        if let Some(id) = referenced_logical_id(group) {
            names.push(stack.resource_name(&id, "AWS::Logs::LogGroup"));
            taken.push(id);
        }
        let prefix = options["awslogs-stream-prefix"].as_str();
        let container = container["Name"].as_str().unwrap_or_default();
        Some(Candidate {
            source: LogSource {
                name: construct_of(&own),
                group: stack.resolve_value(group)?,
                region: options["awslogs-region"]
                    .as_str()
                    .unwrap_or(&stack.region)
                    .to_owned(),
                stream_prefix: prefix.map(|prefix| format!("{prefix}/{container}/")),
            },
            names,
            is_default: true,
        })
    });
    candidates.collect()
}

/// Returns the names of the services that run a task definition.
fn services_of(stack: &DeployedStack, task_definition: &str) -> Vec<ResourceName> {
    let services = stack.template.resources().filter(|resource| {
        let properties = resource.properties();
        let value = properties.and_then(|properties| properties.get("TaskDefinition"));
        resource.type_name == "AWS::ECS::Service"
            && value.and_then(referenced_logical_id).as_deref() == Some(task_definition)
    });
    services
        .map(|resource| stack.resource_name(resource.logical_id, resource.type_name))
        .collect()
}

fn function_candidate(
    stack: &DeployedStack,
    resource: TemplateResource<'_>,
    taken: &mut Vec<String>,
) -> Option<Candidate> {
    let name = stack.resource_name(resource.logical_id, resource.type_name);
    let mut names = vec![name.clone()];
    let properties = resource.properties();
    let own = properties
        .and_then(|properties| properties.get("LoggingConfig"))
        .and_then(|configuration| configuration.get("LogGroup"));
    let group = match own {
        Some(group) => {
            if let Some(id) = referenced_logical_id(group) {
                names.push(stack.resource_name(&id, "AWS::Logs::LogGroup"));
                taken.push(id);
            }
            stack.resolve_value(group)?
        }
        None => format!("/aws/lambda/{}", name.physical_id.as_deref()?),
    };
    Some(Candidate {
        source: LogSource {
            name: construct_of(&name),
            group,
            region: stack.region.clone(),
            stream_prefix: None,
        },
        names,
        is_default: true,
    })
}

fn unknown_source_error(candidates: &[Candidate], called: &str) -> Error {
    let mut known: Vec<String> = candidates
        .iter()
        .map(|candidate| candidate.source.name.clone())
        .collect();
    known.sort();
    known.dedup();
    let finding = Diagnostic::new(
        codes::NO_LOGS,
        format!("no deployed service, task or function with logs has the name `{called}`"),
    );
    let finding = if known.is_empty() {
        finding
    } else {
        let listed: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        finding.expected(format!("one of {}", listed.join(", ")))
    };
    let finding = match find_nearest(called, known.iter().map(String::as_str)) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => finding,
    };
    Error::new(Class::Error, finding)
}
