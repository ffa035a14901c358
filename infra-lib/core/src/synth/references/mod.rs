//! Resolves references between stacks into outputs of the producer and matching reads of the consumer: `Fn::GetStackOutput`, `Fn::ImportValue`,
//! parameters that the deployer fills, or parameters of nested stacks.

mod cycle;
mod findings;
mod outputs;

use std::collections::BTreeMap;

use super::nested::{self, PassedParameters};
use super::{Synth, logical_ids};
use crate::diagnostic::{Diagnostic, codes};
use crate::environment::Environment;
use crate::node_id::NodeId;
use crate::props::Props;
use crate::stack::{stack_environment, stack_name};
use crate::template::RESOLVED_PARAMETERS;
use crate::tree::{NodeKind, ParameterNode, Tree};
use crate::value::{Data, Expr, Map, Pseudo, ReferenceStrength, StackOutput, Target};

use cycle::report_stack_cycle;
use findings::{
    reference_finding, stage_crossing_finding, unknown_region_finding, unreferenceable_finding,
};
use outputs::{Outputs, is_list_attribute, split_if_list};

pub(super) fn resolve_references(synth: &mut Synth) {
    let count = synth.tree_mut().nodes.len();
    let mut resolver = Resolver::default();
    for index in 0..u32::try_from(count).unwrap_or(u32::MAX) {
        let Some(stack) = synth.tree_mut().node(index).stack else {
            continue;
        };
        let consumer = Consumer { node: index, stack };
        // The data is taken out of the node while it is rewritten, because the producer's stack is changed at the same time.
        match take_data(synth.tree_mut(), index) {
            TakenData::Nothing => {}
            TakenData::Resource(mut props, mut policies, mut attributes) => {
                for (_, data) in &mut props.0.0 {
                    resolver.resolve_data(synth, consumer, data, None);
                }
                for data in policies.iter_mut().flatten() {
                    resolver.resolve_data(synth, consumer, data, None);
                }
                for (_, data) in &mut attributes.0 {
                    resolver.resolve_data(synth, consumer, data, None);
                }
                if let Some(resource) = synth.tree_mut().node_mut(index).resource_mut() {
                    resource.props = props;
                    resource.attributes = attributes;
                    [resource.creation_policy, resource.update_policy] = policies;
                }
            }
            TakenData::Data(mut data) => {
                resolver.resolve_data(synth, consumer, &mut data, None);
                match &mut synth.tree_mut().node_mut(index).kind {
                    NodeKind::Output(node) => node.value = data,
                    NodeKind::Condition(node) => node.expr = data,
                    _ => {}
                }
            }
        }
    }
    std::mem::take(&mut resolver.passed).set_parameters(synth.tree_mut());
    resolver.declare_parameters(synth.tree_mut());
    report_stack_cycle(synth);
}

enum TakenData {
    Nothing,
    Resource(Props, [Option<Data>; 2], Map),
    Data(Data),
}

fn take_data(tree: &mut Tree, index: u32) -> TakenData {
    match &mut tree.node_mut(index).kind {
        NodeKind::Resource(node) => TakenData::Resource(
            std::mem::take(&mut node.props),
            [node.creation_policy.take(), node.update_policy.take()],
            std::mem::take(&mut node.attributes),
        ),
        NodeKind::Output(node) => TakenData::Data(std::mem::replace(&mut node.value, Data::Null)),
        NodeKind::Condition(node) => TakenData::Data(std::mem::replace(&mut node.expr, Data::Null)),
        _ => TakenData::Nothing,
    }
}

/// The node that reads a value, and its stack.
#[derive(Clone, Copy)]
struct Consumer {
    node: u32,
    stack: u32,
}

/// A read of a value in another stack.
#[derive(Clone, Copy)]
struct StackRead<'r> {
    consumer: Consumer,
    target: NodeId,
    /// Stack of the target.
    producer: u32,
    /// Attribute that is read, or `None` for `Ref`.
    attribute: Option<&'r str>,
}

#[derive(Default)]
struct Resolver {
    published: Outputs,
    /// Parameters that the deployer fills, by consumer stack and logical ID, with the output that supplies each.
    parameters: BTreeMap<u32, BTreeMap<String, StackOutput>>,
    /// Values for parameters of nested stacks.
    passed: PassedParameters,
}

impl Resolver {
    fn resolve_data(
        &mut self,
        synth: &mut Synth,
        consumer: Consumer,
        data: &mut Data,
        chosen: Option<ReferenceStrength>,
    ) {
        match data {
            Data::List(items) => items
                .iter_mut()
                .for_each(|item| self.resolve_data(synth, consumer, item, chosen)),
            Data::Map(map) => map
                .0
                .iter_mut()
                .for_each(|(_, item)| self.resolve_data(synth, consumer, item, chosen)),
            Data::Expr(expr) => {
                if let Expr::WithStrength(strength, inner) = &mut **expr {
                    let strength = *strength;
                    *data = std::mem::replace(inner, Data::Null);
                    return self.resolve_data(synth, consumer, data, Some(strength));
                }
                expr.for_each_child_mut(&mut |child| {
                    self.resolve_data(synth, consumer, child, chosen);
                });
                if let Some(replaced) = self.resolve_expr(synth, consumer, expr, chosen) {
                    *data = replaced;
                }
            }
            _ => {}
        }
    }

    /// Returns the data that replaces `expr` if its target is in another stack, or `None` if it can stay. Refused references are reported.
    fn resolve_expr(
        &mut self,
        synth: &mut Synth,
        consumer: Consumer,
        expr: &Expr,
        chosen: Option<ReferenceStrength>,
    ) -> Option<Data> {
        let &Target::Node(target) = expr.target()? else {
            return None;
        };
        let tree = synth.app.tree.get_mut();
        if target.app() != tree.app {
            let finding =
                Diagnostic::new(codes::FOREIGN_VALUE, "a value of another app is used here")
                    .path(tree.path(consumer.node))
                    .origin(tree.node(consumer.node).origin)
                    .help("build both constructs under the same `App`");
            synth.add_finding(finding);
            return Some(unresolved_placeholder());
        }
        let producer = tree.node(target.index()).stack?;
        if producer == consumer.stack {
            return None;
        }
        let (root, producer_root) = (tree.root_stack(consumer.stack), tree.root_stack(producer));
        if root == producer_root {
            let Some(reading) = nested::find_reading(tree, target, expr, consumer.stack) else {
                let finding = unreferenceable_finding(tree, consumer, target);
                synth.add_finding(finding);
                return Some(unresolved_placeholder());
            };
            return Some(self.passed.read_value(synth, &reading, consumer.stack));
        }
        let Some(attribute) = readable_attribute(tree, target, expr) else {
            let finding = unreferenceable_finding(tree, consumer, target);
            synth.add_finding(finding);
            return Some(unresolved_placeholder());
        };
        if let Some(finding) = stage_crossing_finding(tree, consumer, target, producer) {
            synth.add_finding(finding);
            return Some(unresolved_placeholder());
        }
        let strength = chosen
            .or(crate::stack::stack_props(tree, root).reference_strength)
            .unwrap_or(*synth.app.reference_strength.get_mut());
        let reason = format!(
            "`{}` reads `{}`",
            tree.path(consumer.node),
            read_path(tree, target, attribute.as_deref())
        );
        let origin = tree.node(consumer.node).origin;
        // Root stacks are the unit of deployment, and they publish the outputs of the stacks nested in them.
        synth.order_stacks(root, producer_root, reason, origin);
        let is_list = attribute
            .as_deref()
            .is_some_and(|name| is_list_attribute(synth.tree_mut(), target, name));
        let reading = nested::Reading {
            target,
            attribute,
            is_list,
        };
        let lifted = nested::lift_value(synth, &reading, producer_root);
        let read = StackRead {
            consumer,
            target: lifted.target,
            producer: producer_root,
            attribute: lifted.attribute.as_deref(),
        };
        let value = match strength {
            ReferenceStrength::Strong => self.resolve_strong(synth, read),
            ReferenceStrength::Resolved if !*synth.app.avoids_resolved.get_mut() => {
                // The deployer fills parameters of root stacks only.
                let outermost = Consumer {
                    stack: root,
                    ..consumer
                };
                let read = StackRead {
                    consumer: outermost,
                    ..read
                };
                let value = self.resolve_parameter(synth, read);
                self.passed
                    .lower_value(synth, &lifted, value, root, consumer.stack)
            }
            ReferenceStrength::Weak | ReferenceStrength::Resolved => self.resolve_weak(synth, read),
        };
        // The nested stack published the list as joined text.
        Some(match value {
            Data::Expr(text) if reading.is_list && !lifted.is_list => split_if_list(*text, true),
            value => value,
        })
    }

    fn resolve_weak(&mut self, synth: &mut Synth, read: StackRead<'_>) -> Data {
        let (from, to) = stack_environments(synth, read);
        let Some(region) = region_or_finding(synth, read, &from, &to) else {
            return unresolved_placeholder();
        };
        let tree = synth.app.tree.get_mut();
        let crosses_accounts = crosses_accounts(&from, &to);
        let role_arn = crate::stack::stack_props(tree, read.producer)
            .output_reader_role
            .filter(|_| crosses_accounts);
        if crosses_accounts && role_arn.is_none() {
            let finding = reference_finding(tree, read, codes::CROSS_ACCOUNT_NEEDS_ROLE)
                .help("name a role of the producing account that may read its outputs: `StackProps::output_reader_role`");
            synth.add_finding(finding);
            return unresolved_placeholder();
        }
        let published = self.published.publish_output(synth, read, false);
        let output = StackOutput {
            stack_name: Data::from(stack_name(synth.tree_mut(), read.producer)),
            region,
            output_name: Data::from(published.output),
            role_arn: role_arn.map(Data::from),
        };
        split_if_list(Expr::GetStackOutput(Box::new(output)), published.is_list)
    }

    fn resolve_strong(&mut self, synth: &mut Synth, read: StackRead<'_>) -> Data {
        let (from, to) = stack_environments(synth, read);
        if from != to {
            let finding = reference_finding(synth.tree_mut(), read, codes::CROSS_REGION_EXPORT)
                .note("exports do not cross regions or accounts")
                .help("deploy both stacks to one environment, or read the value with `.weak()`");
            synth.add_finding(finding);
            return unresolved_placeholder();
        }
        let published = self.published.publish_output(synth, read, true);
        let name = published.export.unwrap_or(published.output);
        split_if_list(Expr::ImportValue(Data::from(name)), published.is_list)
    }

    /// Returns a reference to a parameter of the consumer. Every output that a stack reads has one parameter.
    fn resolve_parameter(&mut self, synth: &mut Synth, read: StackRead<'_>) -> Data {
        let (from, to) = stack_environments(synth, read);
        if crosses_accounts(&from, &to) {
            let finding = reference_finding(synth.tree_mut(), read, codes::CROSS_ACCOUNT_NEEDS_ROLE)
                .note("the tool reads outputs with the credentials of a single account")
                .help("read the value with `.weak()`, and name a role with `StackProps::output_reader_role`");
            synth.add_finding(finding);
            return unresolved_placeholder();
        }
        let Some(region) = region_or_finding(synth, read, &from, &to) else {
            return unresolved_placeholder();
        };
        let published = self.published.publish_output(synth, read, false);
        let tree = synth.app.tree.get_mut();
        let stack = read.consumer.stack;
        let producer_name = stack_name(tree, read.producer);
        let index = add_parameter(tree, read, &producer_name, &published.output);
        let parameter = logical_ids::id_for_node(tree, index, stack);
        let source = StackOutput {
            stack_name: Data::from(producer_name),
            region,
            output_name: Data::from(published.output),
            role_arn: None,
        };
        let app = tree.app;
        let parameters = self.parameters.entry(stack).or_default();
        parameters.entry(parameter.clone()).or_insert(source);
        if synth.logical_ids.len() <= index as usize {
            synth.logical_ids.resize(index as usize + 1, None);
        }
        synth.logical_ids[index as usize] = Some(parameter);
        let reference = Expr::Ref(Target::Node(NodeId::new(app, index)));
        split_if_list(reference, published.is_list)
    }

    /// Records in the metadata of each template which output supplies each parameter, for the deployer.
    fn declare_parameters(self, tree: &mut Tree) {
        for (stack, parameters) in self.parameters {
            let entries = parameters.into_iter().map(|(parameter, source)| {
                let mut fields = vec![
                    ("StackName", source.stack_name),
                    ("OutputName", source.output_name),
                ];
                // The region is left out if it is that of the stack itself.
                if !matches!(source.region, Data::Expr(_)) {
                    fields.push(("Region", source.region));
                }
                (parameter, Data::map(fields))
            });
            let entries: Map = entries.collect();
            let metadata = &mut tree.node_mut(stack).extras_mut().metadata;
            metadata.insert(RESOLVED_PARAMETERS, Data::Map(entries));
        }
    }
}

/// Returns the parameter of the reading stack that carries an output, and adds it on first use.
fn add_parameter(tree: &mut Tree, read: StackRead<'_>, producer_name: &str, output: &str) -> u32 {
    let stack = read.consumer.stack;
    let origin = tree.node(stack).origin;
    let scope = tree.child(stack, "Resolved").unwrap_or_else(|| {
        let kind = NodeKind::Construct("infra-core.ResolvedParameters".into());
        tree.add_node(stack, "Resolved", kind, origin)
    });
    let id = read_path(tree, read.target, read.attribute).replace('/', ".");
    let known = tree.child(scope, &id);
    known.unwrap_or_else(|| {
        let description =
            format!("Output {output} of stack {producer_name}, which the deployer passes on");
        let fields = [
            ("Type", Data::from("String")),
            ("Description", Data::from(description)),
        ];
        let node = ParameterNode {
            fields: fields.into_iter().collect(),
        };
        tree.add_node(scope, &id, NodeKind::Parameter(Box::new(node)), origin)
    })
}

/// Returns the environments of the producer and of the consumer.
fn stack_environments(synth: &mut Synth, read: StackRead<'_>) -> (Environment, Environment) {
    let tree = synth.tree_mut();
    (
        stack_environment(tree, read.producer),
        stack_environment(tree, read.consumer.stack),
    )
}

/// Returns `true` if both accounts are known and differ.
fn crosses_accounts(from: &Environment, to: &Environment) -> bool {
    matches!((&from.account, &to.account), (Some(a), Some(b)) if a != b)
}

/// Returns the region to read the output from. A region that cannot be determined is reported.
fn region_or_finding(
    synth: &mut Synth,
    read: StackRead<'_>,
    from: &Environment,
    to: &Environment,
) -> Option<Data> {
    let region = output_region(from, to);
    if region.is_none() {
        let finding = unknown_region_finding(synth.tree_mut(), read, from, to);
        synth.add_finding(finding);
    }
    region
}

/// Returns the attribute that is read (`None` for `Ref`), or `None` if other stacks cannot read the target.
#[expect(
    clippy::option_option,
    reason = "`Ref` has no attribute, and some expressions read no value at all"
)]
fn readable_attribute(tree: &Tree, target: NodeId, expr: &Expr) -> Option<Option<String>> {
    tree.node(target.index()).resource()?;
    match expr {
        Expr::Ref(_) => Some(None),
        Expr::GetAtt(_, attribute) => Some(Some(attribute.to_string())),
        _ => None,
    }
}

/// Returns a placeholder for a refused reference. It triggers no further finding.
fn unresolved_placeholder() -> Data {
    Expr::ImportValue(Data::from("unresolved")).into()
}

/// Returns the region argument of `Fn::GetStackOutput`, or `None` if it cannot be determined.
fn output_region(from: &Environment, to: &Environment) -> Option<Data> {
    if from.region == to.region {
        return Some(Expr::Pseudo(Pseudo::Region).into());
    }
    from.region
        .clone()
        .filter(|_| to.region.is_some())
        .map(Data::from)
}

fn read_path(tree: &Tree, target: NodeId, attribute: Option<&str>) -> String {
    let path = tree.path(target.index());
    attribute.map_or(path.clone(), |attribute| format!("{path}.{attribute}"))
}
