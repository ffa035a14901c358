//! Resolves values read from another stack into outputs of the producer and imports of the consumer.

use std::collections::BTreeMap;

use super::nested::{self, LIST_SEPARATOR, Passed};
use super::{Synth, logical_ids};
use crate::diagnostic::{Diagnostic, Origin, codes};
use crate::environment::Environment;
use crate::node_id::NodeId;
use crate::props::Props;
use crate::stack::{environment, stack_name};
use crate::template::RESOLVED_PARAMETERS;
use crate::tree::{NodeKind, OutputNode, ParameterNode, Tree};
use crate::value::{Data, Expr, Map, Pseudo, ReferenceStrength, StackOutput, Target};

pub(super) fn run(synth: &mut Synth) {
    let count = synth.tree().nodes.len();
    let mut resolver = Resolver::default();
    for index in 0..u32::try_from(count).unwrap_or(u32::MAX) {
        let Some(stack) = synth.tree().node(index).stack else {
            continue;
        };
        let consumer = Consumer { node: index, stack };
        // Taken out of the node while it is rewritten: the producer's stack changes in the meantime.
        match take_data(synth.tree(), index) {
            Taken::Nothing => {}
            Taken::Resource(mut props, mut policies) => {
                for (_, data) in &mut props.0.0 {
                    resolver.resolve(synth, consumer, data, None);
                }
                for data in policies.iter_mut().flatten() {
                    resolver.resolve(synth, consumer, data, None);
                }
                if let Some(resource) = synth.tree().node_mut(index).resource_mut() {
                    resource.props = props;
                    [resource.creation_policy, resource.update_policy] = policies;
                }
            }
            Taken::Data(mut data) => {
                resolver.resolve(synth, consumer, &mut data, None);
                match &mut synth.tree().node_mut(index).kind {
                    NodeKind::Output(node) => node.value = data,
                    NodeKind::Condition(node) => node.expr = data,
                    _ => {}
                }
            }
        }
    }
    std::mem::take(&mut resolver.passed).give(synth.tree());
    resolver.declare_parameters(synth.tree());
    report_stack_cycle(synth);
}

enum Taken {
    Nothing,
    Resource(Props, [Option<Data>; 2]),
    Data(Data),
}

fn take_data(tree: &mut Tree, index: u32) -> Taken {
    match &mut tree.node_mut(index).kind {
        NodeKind::Resource(node) => Taken::Resource(
            std::mem::take(&mut node.props),
            [node.creation_policy.take(), node.update_policy.take()],
        ),
        NodeKind::Output(node) => Taken::Data(std::mem::replace(&mut node.value, Data::Null)),
        NodeKind::Condition(node) => Taken::Data(std::mem::replace(&mut node.expr, Data::Null)),
        _ => Taken::Nothing,
    }
}

/// The node that reads a value.
#[derive(Clone, Copy)]
struct Consumer {
    node: u32,
    stack: u32,
}

#[derive(Default)]
struct Resolver {
    /// The output that publishes an attribute (`None` for `Ref`) of a node, by strength.
    outputs: BTreeMap<(u32, Option<String>, bool), Published>,
    /// Parameters that the deployer fills, with the output that each carries: by consumer, then by logical ID.
    parameters: BTreeMap<u32, BTreeMap<String, StackOutput>>,
    /// Values for parameters of nested stacks.
    passed: Passed,
}

#[derive(Clone)]
struct Published {
    output: String,
    export: Option<String>,
    /// Exports are text: a list travels joined.
    is_list: bool,
}

impl Resolver {
    fn resolve(
        &mut self,
        synth: &mut Synth,
        consumer: Consumer,
        data: &mut Data,
        chosen: Option<ReferenceStrength>,
    ) {
        match data {
            Data::List(items) => items
                .iter_mut()
                .for_each(|item| self.resolve(synth, consumer, item, chosen)),
            Data::Map(map) => map
                .0
                .iter_mut()
                .for_each(|(_, item)| self.resolve(synth, consumer, item, chosen)),
            Data::Expr(expr) => {
                if let Expr::WithStrength(strength, inner) = &mut **expr {
                    let strength = *strength;
                    *data = std::mem::replace(inner, Data::Null);
                    return self.resolve(synth, consumer, data, Some(strength));
                }
                expr.for_each_child_mut(&mut |child| self.resolve(synth, consumer, child, chosen));
                if let Some(replaced) = self.resolve_expr(synth, consumer, expr, chosen) {
                    *data = replaced;
                }
            }
            _ => {}
        }
    }

    /// What to read instead, when the target is in another stack.
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
            synth.report(finding);
            return Some(unresolved());
        }
        let producer = tree.node(target.index()).stack?;
        if producer == consumer.stack {
            return None;
        }
        let (root, producer_root) = (tree.root_stack(consumer.stack), tree.root_stack(producer));
        if root == producer_root {
            let Some(reading) = nested::reading(tree, target, expr, consumer.stack) else {
                let finding = unreferenceable(tree, consumer, target);
                synth.report(finding);
                return Some(unresolved());
            };
            return Some(self.passed.read(synth, &reading, consumer.stack));
        }
        let Some(attribute) = readable_attribute(tree, target, expr) else {
            let finding = unreferenceable(tree, consumer, target);
            synth.report(finding);
            return Some(unresolved());
        };
        if let Some(finding) = crosses_stages(tree, consumer, target, producer) {
            synth.report(finding);
            return Some(unresolved());
        }
        let strength = chosen
            .or(crate::stack::props(tree, root).reference_strength)
            .unwrap_or(*synth.app.reference_strength.get_mut());
        let reason = format!(
            "`{}` reads `{}`",
            tree.path(consumer.node),
            read_path(tree, target, attribute.as_deref())
        );
        let origin = tree.node(consumer.node).origin;
        // Stacks are deployed, and publish, with the outermost one that they are in.
        synth.order_stacks(root, producer_root, reason, origin);
        let is_list = attribute
            .as_deref()
            .is_some_and(|name| is_list_attribute(synth.tree(), target, name));
        let read = nested::Reading {
            target,
            attribute,
            is_list,
        };
        let lifted = nested::lift(synth, &read, producer_root);
        let (target, attribute) = (lifted.target, lifted.attribute.as_deref());
        let value = match strength {
            ReferenceStrength::Strong => {
                self.strong(synth, consumer, target, producer_root, attribute)
            }
            ReferenceStrength::Resolved if !*synth.app.avoids_resolved.get_mut() => {
                // The deployer fills parameters of the stacks that it deploys.
                let outermost = Consumer {
                    stack: root,
                    ..consumer
                };
                let value = self.resolved(synth, outermost, target, producer_root, attribute);
                self.passed
                    .lower(synth, &lifted, value, root, consumer.stack)
            }
            ReferenceStrength::Weak | ReferenceStrength::Resolved => {
                self.weak(synth, consumer, target, producer_root, attribute)
            }
        };
        // Published as the text that it was joined to within the nested stack.
        Some(match value {
            Data::Expr(text) if read.is_list && !lifted.is_list => split_if_list(*text, true),
            value => value,
        })
    }

    fn weak(
        &mut self,
        synth: &mut Synth,
        consumer: Consumer,
        target: NodeId,
        producer: u32,
        attribute: Option<&str>,
    ) -> Data {
        let published = self.publish(synth, target, producer, attribute, false);
        let tree = synth.app.tree.get_mut();
        let (from, to) = (
            environment(tree, producer),
            environment(tree, consumer.stack),
        );
        let Some(region) = output_region(&from, &to) else {
            let finding = unknown_region(tree, consumer, target, attribute, &from, &to);
            synth.report(finding);
            return unresolved();
        };
        let tree = synth.app.tree.get_mut();
        let crosses_accounts = matches!((&from.account, &to.account), (Some(a), Some(b)) if a != b);
        let role_arn = crate::stack::props(tree, producer)
            .output_reader_role
            .filter(|_| crosses_accounts);
        if crosses_accounts && role_arn.is_none() {
            let finding = located(tree, consumer, codes::CROSS_ACCOUNT_NEEDS_ROLE, target, attribute)
                .help("name a role of the producing account that may read its outputs: `StackProps::output_reader_role`");
            synth.report(finding);
            return unresolved();
        }
        let output = StackOutput {
            stack_name: Data::from(stack_name(synth.tree(), producer)),
            region,
            output_name: Data::from(published.output),
            role_arn: role_arn.map(Data::from),
        };
        split_if_list(Expr::GetStackOutput(Box::new(output)), published.is_list)
    }

    fn strong(
        &mut self,
        synth: &mut Synth,
        consumer: Consumer,
        target: NodeId,
        producer: u32,
        attribute: Option<&str>,
    ) -> Data {
        let tree = synth.app.tree.get_mut();
        let (from, to) = (
            environment(tree, producer),
            environment(tree, consumer.stack),
        );
        if from != to {
            let finding = located(
                tree,
                consumer,
                codes::CROSS_REGION_EXPORT,
                target,
                attribute,
            )
            .note("exports do not cross regions or accounts")
            .help("put both stacks in one environment, or read the value with `.weak()`");
            synth.report(finding);
            return unresolved();
        }
        let published = self.publish(synth, target, producer, attribute, true);
        let name = published.export.unwrap_or(published.output);
        split_if_list(Expr::ImportValue(Data::from(name)), published.is_list)
    }

    /// A parameter of the consumer, one for each output that it reads.
    fn resolved(
        &mut self,
        synth: &mut Synth,
        consumer: Consumer,
        target: NodeId,
        producer: u32,
        attribute: Option<&str>,
    ) -> Data {
        let tree = synth.app.tree.get_mut();
        let (from, to) = (
            environment(tree, producer),
            environment(tree, consumer.stack),
        );
        if matches!((&from.account, &to.account), (Some(a), Some(b)) if a != b) {
            let finding = located(
                tree,
                consumer,
                codes::CROSS_ACCOUNT_NEEDS_ROLE,
                target,
                attribute,
            )
            .note("the deployer reads outputs with credentials of one account")
            .help("read the value with `.weak()`, and name a role with `StackProps::output_reader_role`");
            synth.report(finding);
            return unresolved();
        }
        let Some(region) = output_region(&from, &to) else {
            let finding = unknown_region(tree, consumer, target, attribute, &from, &to);
            synth.report(finding);
            return unresolved();
        };
        let published = self.publish(synth, target, producer, attribute, false);
        let tree = synth.app.tree.get_mut();
        let origin = tree.node(consumer.stack).origin;
        let producer_name = stack_name(tree, producer);
        let scope = tree.child(consumer.stack, "Resolved").unwrap_or_else(|| {
            tree.add(
                consumer.stack,
                "Resolved",
                NodeKind::Construct("infra-core.ResolvedParameters".into()),
                origin,
            )
        });
        let id = read_path(tree, target, attribute).replace('/', ".");
        let known = tree.child(scope, &id);
        let index = known.unwrap_or_else(|| {
            let description = format!(
                "Output {} of stack {producer_name}, which the deployer passes on",
                published.output
            );
            let fields = [
                ("Type", Data::from("String")),
                ("Description", Data::from(description)),
            ];
            let node = ParameterNode {
                fields: fields.into_iter().collect(),
            };
            tree.add(scope, &id, NodeKind::Parameter(Box::new(node)), origin)
        });
        let parameter = logical_ids::of_node(tree, index, consumer.stack);
        let source = StackOutput {
            stack_name: Data::from(producer_name),
            region,
            output_name: Data::from(published.output),
            role_arn: None,
        };
        let app = tree.app;
        let parameters = self.parameters.entry(consumer.stack).or_default();
        parameters.entry(parameter.clone()).or_insert(source);
        if synth.logical_ids.len() <= index as usize {
            synth.logical_ids.resize(index as usize + 1, None);
        }
        synth.logical_ids[index as usize] = Some(parameter);
        let reference = Expr::Ref(Target::Node(NodeId::new(app, index)));
        split_if_list(reference, published.is_list)
    }

    /// Tells the deployer, in the metadata of each template, which output each parameter carries.
    fn declare_parameters(self, tree: &mut Tree) {
        for (stack, parameters) in self.parameters {
            let entries = parameters.into_iter().map(|(parameter, source)| {
                let mut fields = vec![
                    ("StackName", source.stack_name),
                    ("OutputName", source.output_name),
                ];
                // The region of the stack itself needs no name.
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

    /// The output of the producer that carries the value; two consumers share one.
    fn publish(
        &mut self,
        synth: &mut Synth,
        target: NodeId,
        producer: u32,
        attribute: Option<&str>,
        strong: bool,
    ) -> Published {
        let key = (target.index(), attribute.map(str::to_owned), strong);
        if let Some(published) = self.outputs.get(&key) {
            return published.clone();
        }
        let logical_id = synth.logical_ids[target.index() as usize]
            .clone()
            .unwrap_or_default();
        let tree = synth.app.tree.get_mut();
        let is_list = attribute.is_some_and(|name| is_list_attribute(tree, target, name));
        let (reference, value) = match attribute {
            None => (
                serde_json::json!({ "Ref": logical_id }),
                Expr::Ref(Target::Node(target)),
            ),
            Some(name) => (
                serde_json::json!({ "Fn::GetAtt": [logical_id, name] }),
                Expr::GetAtt(Target::Node(target), name.to_owned().into()),
            ),
        };
        let value = if is_list {
            Expr::Join(LIST_SEPARATOR.into(), value.into())
        } else {
            value
        };
        let origin = tree.node(target.index()).origin;
        let group = if strong { "Exports" } else { "Publish" };
        let scope = tree.child(producer, group).unwrap_or_else(|| {
            tree.add(
                producer,
                group,
                NodeKind::Construct("infra-core.CrossStackOutputs".into()),
                origin,
            )
        });
        let node = OutputNode {
            value: value.into(),
            description: None,
            export_name: None,
            condition: None,
        };
        let index = tree.add(
            scope,
            &format!("Output{reference}"),
            NodeKind::Output(Box::new(node)),
            origin,
        );
        let output = logical_ids::of_node(tree, index, producer);
        let export = strong.then(|| format!("{}:{output}", stack_name(tree, producer)));
        if let NodeKind::Output(node) = &mut tree.node_mut(index).kind {
            node.export_name = export.clone().map(Data::from);
        }
        synth.logical_ids.resize(index as usize + 1, None);
        synth.logical_ids[index as usize] = Some(output.clone());
        let published = Published {
            output,
            export,
            is_list,
        };
        self.outputs.insert(key, published.clone());
        published
    }
}

/// The attribute read (`None` for `Ref`), when the target can be read from another stack.
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

fn is_list_attribute(tree: &Tree, target: NodeId, attribute: &str) -> bool {
    let type_name = tree
        .node(target.index())
        .resource()
        .map(|resource| &*resource.type_name);
    type_name.is_some_and(|name| super::schema::is_list_attribute(name, attribute))
}

/// The list that was joined to travel. `Fn::Split` is given a text around the import: cfn-lint (E1018) knows
/// `Fn::Join` to give text, but not `Fn::GetStackOutput`.
fn split_if_list(expr: Expr, is_list: bool) -> Data {
    if !is_list {
        return expr.into();
    }
    let text = match expr {
        Expr::GetStackOutput(_) => Expr::Join("".into(), Data::list([expr.into()])),
        other => other,
    };
    Expr::Split(LIST_SEPARATOR.into(), text.into()).into()
}

/// Stands where a value was refused: inert, so that the refusal is the only finding.
fn unresolved() -> Data {
    Expr::ImportValue(Data::from("unresolved")).into()
}

/// The region that `Fn::GetStackOutput` reads from, when it is known.
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

/// A finding about one stack reading from another, with both named.
fn located(
    tree: &Tree,
    consumer: Consumer,
    code: crate::diagnostic::Code,
    target: NodeId,
    attribute: Option<&str>,
) -> Diagnostic {
    let producer = tree.node(target.index()).stack.unwrap_or_default();
    let describe = |stack: u32| {
        let environment = environment(tree, stack);
        let account = environment
            .account
            .map(|account| format!("{account}/"))
            .unwrap_or_default();
        let region = environment
            .region
            .unwrap_or_else(|| "unknown region".to_owned());
        format!("`{}` ({account}{region})", tree.path(stack))
    };
    let message = format!(
        "stack {} reads `{}` from stack {}",
        describe(consumer.stack),
        read_path(tree, target, attribute),
        describe(producer)
    );
    Diagnostic::new(code, message)
        .path(tree.path(consumer.node))
        .origin(tree.node(consumer.node).origin)
        .related("the value comes from", tree.node(target.index()).origin)
}

fn unknown_region(
    tree: &Tree,
    consumer: Consumer,
    target: NodeId,
    attribute: Option<&str>,
    from: &Environment,
    to: &Environment,
) -> Diagnostic {
    let agnostic = if from.region.is_none() {
        "producing"
    } else {
        "reading"
    };
    debug_assert!(from.region != to.region, "equal regions need no answer");
    located(tree, consumer, codes::UNKNOWN_REGION, target, attribute)
        .note(format!(
            "the region of the {agnostic} stack is only known at deployment"
        ))
        .help("give both stacks an environment with a region: `StackProps::environment`")
}

fn unreferenceable(tree: &Tree, consumer: Consumer, target: NodeId) -> Diagnostic {
    let (what, help) = match &tree.node(target.index()).kind {
        NodeKind::Parameter(_) => (
            "a parameter",
            "add a parameter to each stack that needs one, or publish it as an SSM parameter",
        ),
        NodeKind::Condition(_) => (
            "a condition",
            "add the condition to each stack that needs it",
        ),
        NodeKind::Mapping(_) => (
            "a mapping",
            "add the mapping to each stack that needs it, or choose the value in the program",
        ),
        _ => ("this", "read an attribute of a resource instead"),
    };
    Diagnostic::new(
        codes::UNREFERENCEABLE,
        format!("{what} cannot be read from another stack"),
    )
    .path(tree.path(consumer.node))
    .origin(tree.node(consumer.node).origin)
    .related(
        format!("`{}` is declared here", tree.path(target.index())),
        tree.node(target.index()).origin,
    )
    .note(format!(
        "{what} exists only in the template that declares it"
    ))
    .help(help)
}

fn crosses_stages(
    tree: &Tree,
    consumer: Consumer,
    target: NodeId,
    producer: u32,
) -> Option<Diagnostic> {
    let (from, to) = (tree.stage_of(producer), tree.stage_of(consumer.stack));
    (from != to).then(|| {
        located(tree, consumer, codes::CROSS_STAGE_REFERENCE, target, None)
            .note("stages are deployed independently of each other")
            .help("build the resource in the stage that reads it, or pass its name as plain text")
    })
}

/// Stacks that wait for each other, each step with its reason.
fn report_stack_cycle(synth: &mut Synth) {
    let edges = |stack: &u32| {
        let producers = synth.stack_dependencies.get(stack);
        producers
            .into_iter()
            .flat_map(BTreeMap::keys)
            .copied()
            .collect::<Vec<u32>>()
    };
    let Some(cycle) = super::cycles::find(&synth.stacks, edges) else {
        return;
    };
    let tree = synth.app.tree.get_mut();
    let mut finding = Diagnostic::new(codes::STACK_CYCLE, String::new())
        .help("move one of the two resources into the other stack, or a third that both read from");
    let mut names = Vec::new();
    let mut origins: Vec<(String, Origin)> = Vec::new();
    for (at, stack) in cycle.iter().enumerate() {
        names.push(format!("`{}`", tree.path(*stack)));
        let next = cycle[(at + 1) % cycle.len()];
        if let Some(step) = synth
            .stack_dependencies
            .get(stack)
            .and_then(|producers| producers.get(&next))
        {
            origins.push((step.reason.clone(), step.origin));
        }
    }
    names.push(names[0].clone());
    finding.message = format!("stacks wait for each other: {}", names.join(" → "));
    finding = finding.path(tree.path(cycle[0]));
    if let Some((_, origin)) = origins.first() {
        finding = finding.origin(origin);
    }
    for (reason, origin) in origins {
        finding = finding.related(reason, origin);
    }
    synth.report(finding);
}
