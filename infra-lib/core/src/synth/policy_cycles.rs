//! Moves statements that close a circle out of inline policies.
//!
//! An inline policy is created together with its role, user or group, so nothing can act without its permissions. A statement that names a
//! resource which itself waits for the role closes a circle. Such statements become a policy resource of their own, in the stack of the
//! resource that they name, and everything that uses the role, and can wait for the policy, does.

use std::collections::{BTreeMap, BTreeSet};

use super::{Synth, logical_ids};
use crate::logical_id::logical_id;
use crate::node_id::NodeId;
use crate::stack::stack_environment;
use crate::tree::{NodeKind, ResourceNode, Tree};
use crate::value::{Data, Expr, Map, Target};

/// Types with inline policies: the type, the type of a separate policy, and its property that names the owner.
const OWNERS: [(&str, &str, &str); 3] = [
    ("AWS::IAM::Role", "AWS::IAM::RolePolicy", "RoleName"),
    ("AWS::IAM::User", "AWS::IAM::UserPolicy", "UserName"),
    ("AWS::IAM::Group", "AWS::IAM::GroupPolicy", "GroupName"),
];

/// ID of the construct with the separate policy, next to the resource of its owner.
const POLICY_ID: &str = "Policy";

/// Maximum number of characters of the name of an inline policy.
const MAX_POLICY_NAME: usize = 128;

/// Scope for policies of owners in other stacks.
const SHARED_SCOPE: &str = "Policies";

pub(super) fn separate_policies(synth: &mut Synth) {
    let tree = synth.app.tree.get_mut();
    let owners: Vec<u32> = (0..)
        .zip(&tree.nodes)
        .filter(|(_, node)| node.resource().is_some_and(has_inline_policy))
        .map(|(at, _)| at)
        .collect();
    if owners.is_empty() {
        return;
    }
    let graph = Graph::build(synth);
    let circles = graph.circles();
    let stack_circles = graph.stack_circles(synth);
    for owner in owners {
        move_statements(synth, owner, &circles, &stack_circles);
    }
}

fn has_inline_policy(resource: &ResourceNode) -> bool {
    OWNERS
        .iter()
        .any(|(owner, ..)| *owner == resource.type_name)
        && resource.props.get("Policies").is_some()
}

/// Resources, and the resources that each of them waits for.
struct Graph {
    edges: BTreeMap<u32, BTreeSet<u32>>,
}

impl Graph {
    fn build(synth: &mut Synth) -> Self {
        let mut edges = synth.resource_dependencies.clone();
        let tree = synth.app.tree.get_mut();
        for (index, node) in (0..).zip(&tree.nodes) {
            if let Some(resource) = node.resource() {
                let targets = edges.entry(index).or_default();
                for data in resource.data() {
                    collect_targets(tree, data, targets);
                }
            }
        }
        Self { edges }
    }

    /// Returns the number of the circle of each resource that is in one.
    fn circles(&self) -> BTreeMap<u32, u32> {
        let nodes: Vec<u32> = self.edges.keys().copied().collect();
        strong_components(&nodes, |at| {
            self.edges.get(&at).into_iter().flatten().copied().collect()
        })
    }

    /// Returns the number of the circle of each root stack that is in one.
    fn stack_circles(&self, synth: &mut Synth) -> BTreeMap<u32, u32> {
        let mut edges: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (consumer, producers) in &synth.stack_dependencies {
            edges.entry(*consumer).or_default().extend(producers.keys());
        }
        let tree = synth.app.tree.get_mut();
        for (from, targets) in &self.edges {
            let Some(consumer) = root_stack(tree, *from) else {
                continue;
            };
            let producers = targets.iter().filter_map(|to| root_stack(tree, *to));
            let others = producers.filter(|producer| *producer != consumer);
            edges.entry(consumer).or_default().extend(others);
        }
        let nodes: Vec<u32> = edges.keys().copied().collect();
        strong_components(&nodes, |at| {
            edges.get(&at).into_iter().flatten().copied().collect()
        })
    }
}

fn root_stack(tree: &Tree, index: u32) -> Option<u32> {
    Some(tree.root_stack(tree.node(index).stack?))
}

fn collect_targets(tree: &Tree, data: &Data, targets: &mut BTreeSet<u32>) {
    data.for_each_expr(&mut |expr| {
        if let Some(Target::Node(id)) = expr.target()
            && id.app() == tree.app
            && tree.node(id.index()).resource().is_some()
        {
            targets.insert(id.index());
        }
    });
}

/// Removes from the inline policies of an owner the statements that close a circle, and adds a policy resource with them to each stack whose
/// resources they name.
fn move_statements(
    synth: &mut Synth,
    owner: u32,
    circles: &BTreeMap<u32, u32>,
    stack_circles: &BTreeMap<u32, u32>,
) {
    let tree = synth.app.tree.get_mut();
    let Some(owner_stack) = tree.node(owner).stack else {
        return;
    };
    let owner_root = tree.root_stack(owner_stack);
    // The stack for each statement that has to move; `None` keeps the statement.
    let destination = |tree: &Tree, statement: &Data| {
        let mut targets = BTreeSet::new();
        collect_targets(tree, statement, &mut targets);
        let circle = circles.get(&owner);
        let stack_circle = stack_circles.get(&owner_root);
        let foreign = targets.iter().find_map(|target| {
            let root = root_stack(tree, *target)?;
            let closes = root != owner_root
                && stack_circle.is_some()
                && stack_circles.get(&root) == stack_circle
                // A policy is created in the account of its owner.
                && stack_environment(tree, root).account == stack_environment(tree, owner_root).account;
            closes.then_some(root)
        });
        let here = targets
            .iter()
            .any(|target| circle.is_some() && circles.get(target) == circle);
        foreign.or_else(|| here.then_some(owner_stack))
    };
    let mut moved: BTreeMap<u32, Vec<Data>> = BTreeMap::new();
    let Some(mut policies) = policies_of(tree, owner).map(std::mem::take) else {
        return;
    };
    for policy in &mut policies {
        for (stack, statement) in take_statements(policy, |statement| destination(tree, statement))
        {
            moved.entry(stack).or_default().push(statement);
        }
    }
    if !moved.is_empty() {
        policies.retain(|policy| !is_empty_policy(policy));
    }
    let is_empty = policies.is_empty();
    if let Some(place) = policies_of(tree, owner) {
        *place = policies;
    }
    if let Some(resource) = tree.node_mut(owner).resource_mut()
        && is_empty
        && !moved.is_empty()
    {
        resource.props.0.remove("Policies");
    }
    for (stack, statements) in moved {
        let policy = add_policy(synth, owner, stack, statements);
        order_users(synth, owner, policy);
    }
}

/// Returns the inline policies of an owner, or `None` where they are an expression such as `Fn::If`.
fn policies_of(tree: &mut Tree, owner: u32) -> Option<&mut Vec<Data>> {
    match tree
        .node_mut(owner)
        .resource_mut()?
        .props
        .0
        .get_mut("Policies")?
    {
        Data::List(policies) => Some(policies),
        _ => None,
    }
}

/// Removes from an inline policy the statements that have a destination, and returns both.
fn take_statements(
    policy: &mut Data,
    destination: impl Fn(&Data) -> Option<u32>,
) -> Vec<(u32, Data)> {
    let document = policy
        .as_map_mut()
        .and_then(|map| map.get_mut("PolicyDocument"));
    let Some(statements) = document
        .and_then(Data::as_map_mut)
        .and_then(|document| document.get_mut("Statement"))
    else {
        return Vec::new();
    };
    let all = match &*statements {
        Data::List(list) => list.as_slice(),
        single => std::slice::from_ref(single),
    };
    let (moved, kept): (Vec<_>, Vec<_>) = all
        .iter()
        .map(|statement| (destination(statement), statement.clone()))
        .partition(|(stack, _)| stack.is_some());
    if !moved.is_empty() {
        *statements = Data::list(kept.into_iter().map(|(_, statement)| statement));
    }
    let moved = moved.into_iter();
    moved
        .filter_map(|(stack, statement)| Some((stack?, statement)))
        .collect()
}

fn is_empty_policy(policy: &Data) -> bool {
    let statements = policy.pointer("PolicyDocument.Statement");
    statements
        .and_then(Data::as_list)
        .is_some_and(<[Data]>::is_empty)
}

/// Adds the policy resource of an owner to a stack.
fn add_policy(synth: &mut Synth, owner: u32, stack: u32, statements: Vec<Data>) -> u32 {
    let tree = synth.app.tree.get_mut();
    let node = tree.node(owner);
    let origin = node.origin;
    let (policy_type, owner_property) = OWNERS
        .iter()
        .find(|(name, ..)| {
            node.resource()
                .is_some_and(|resource| resource.type_name == *name)
        })
        .map_or(
            ("AWS::IAM::RolePolicy", "RoleName"),
            |(_, policy, property)| (*policy, *property),
        );
    let (scope, id) = if node.stack == Some(stack) {
        // Beside the resource of a construct; below its own ID where the resource stands alone in a larger scope.
        let is_construct = matches!(&*node.id, "Resource" | "Default");
        let id = if is_construct {
            POLICY_ID.to_owned()
        } else {
            format!("{}{POLICY_ID}", node.id)
        };
        (node.parent.unwrap_or(stack), id)
    } else {
        let id = tree.path(owner).replace('/', ".");
        let scope = tree.child(stack, SHARED_SCOPE).unwrap_or_else(|| {
            let kind = NodeKind::Construct("infra-core.Policies".into());
            tree.add_node(stack, SHARED_SCOPE, kind, origin)
        });
        (scope, id)
    };
    let id = free_id(tree, scope, &id);
    let mut document = Map::new();
    document.insert("Version", "2012-10-17");
    document.insert("Statement", Data::List(statements));
    let mut props = Map::new();
    let name = Expr::Ref(Target::Node(NodeId::new(tree.app, owner)));
    props.insert(owner_property, name);
    props.insert("PolicyDocument", document);
    let kind = NodeKind::Resource(Box::new(ResourceNode::new(
        policy_type.into(),
        props.into(),
    )));
    let index = tree.add_node(scope, &id, kind, origin);
    let id = logical_ids::id_for_node(tree, index, stack);
    // From the whole path, since policies of one owner in two stacks can have the same logical ID. Its hash is at the end.
    let unique = logical_id(&tree.path_components(index, None));
    let policy_name = unique[unique.len().saturating_sub(MAX_POLICY_NAME)..].to_owned();
    if let Some(resource) = tree.node_mut(index).resource_mut() {
        resource.props.0.insert("PolicyName", policy_name);
    }
    synth.logical_ids.resize(index as usize + 1, None);
    synth.logical_ids[index as usize] = Some(id);
    index
}

fn free_id(tree: &Tree, scope: u32, id: &str) -> String {
    let mut free = id.to_owned();
    let mut copy = 2;
    while tree.child(scope, &free).is_some() {
        free = format!("{id}{copy}");
        copy += 1;
    }
    free
}

/// Makes the resources that use the owner wait for its policy. A resource that the policy itself waits for cannot, so what uses that resource
/// waits in its place.
fn order_users(synth: &mut Synth, owner: u32, policy: u32) {
    let graph = Graph::build(synth);
    let before_policy = graph.reachable(policy);
    let stack = synth.tree_mut().node(policy).stack;
    let mut used = BTreeSet::from([owner]);
    let mut waiting = BTreeSet::new();
    let mut open = vec![owner];
    while let Some(target) = open.pop() {
        for (user, targets) in &graph.edges {
            if *user == policy || !targets.contains(&target) {
                continue;
            }
            if !before_policy.contains(user) {
                waiting.insert(*user);
            } else if used.insert(*user) {
                open.push(*user);
            }
        }
    }
    for user in waiting {
        if synth.tree_mut().node(user).stack == stack {
            synth
                .resource_dependencies
                .entry(user)
                .or_default()
                .insert(policy);
        }
    }
}

impl Graph {
    fn reachable(&self, from: u32) -> BTreeSet<u32> {
        let mut found = BTreeSet::new();
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            for target in self.edges.get(&at).into_iter().flatten() {
                if found.insert(*target) {
                    open.push(*target);
                }
            }
        }
        found
    }
}

/// Returns the number of the strongly connected component of each node that is on a circle, by Tarjan's algorithm without recursion.
fn strong_components(nodes: &[u32], edges: impl Fn(u32) -> Vec<u32>) -> BTreeMap<u32, u32> {
    let mut order: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    let mut stack = Vec::new();
    let mut stacked = BTreeSet::new();
    let mut components = BTreeMap::new();
    let (mut counter, mut number) = (0, 0);
    for &start in nodes {
        if order.contains_key(&start) {
            continue;
        }
        let mut path: Vec<(u32, Vec<u32>, usize)> = Vec::new();
        let mut enter = Some(start);
        loop {
            if let Some(node) = enter.take() {
                order.insert(node, (counter, counter));
                counter += 1;
                stack.push(node);
                stacked.insert(node);
                path.push((node, edges(node), 0));
            }
            let Some((node, targets, next)) = path.last_mut() else {
                break;
            };
            let node = *node;
            if let Some(&target) = targets.get(*next) {
                *next += 1;
                match order.get(&target) {
                    None => enter = Some(target),
                    Some(&(seen, _)) if stacked.contains(&target) => lower(&mut order, node, seen),
                    Some(_) => {}
                }
                continue;
            }
            let loops = targets.contains(&node);
            path.pop();
            let (index, low) = order[&node];
            if let Some((parent, ..)) = path.last() {
                lower(&mut order, *parent, low);
            }
            if index == low {
                let from = stack.iter().rposition(|at| *at == node).unwrap_or(0);
                let members = stack.split_off(from);
                for member in &members {
                    stacked.remove(member);
                }
                if members.len() > 1 || loops {
                    components.extend(members.into_iter().map(|member| (member, number)));
                    number += 1;
                }
            }
        }
    }
    components
}

fn lower(order: &mut BTreeMap<u32, (u32, u32)>, node: u32, to: u32) {
    if let Some((_, low)) = order.get_mut(&node) {
        *low = (*low).min(to);
    }
}
