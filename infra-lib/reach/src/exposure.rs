//! Everything that is reachable from outside, and what a change opens: [`Exposure`], [`opened_paths`].

use std::collections::{BTreeMap, BTreeSet};

use infra_template::ResourceName;

use crate::answer::Answer;
use crate::identity::{outsiders, roles_of, store_of};
use crate::network::{endpoints_of, is_endpoint, is_forwarder, open_ports};
use crate::proof::Proof;
use crate::query::{Reach, Source};
use crate::world::NodeId;

/// A principal outside of the account that reaches a resource.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Outside {
    /// Anyone on the internet, without credentials.
    Internet,
    /// An account, a role of another account, or an identity provider, as the policy names it.
    Principal {
        /// The account, ARN, or provider.
        name: String,
        /// Condition of the statement as JSON, or an empty text for none.
        condition: String,
    },
}

/// A way from outside to a resource.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Exposure {
    /// The start of the way.
    pub from: Outside,
    /// The resource at its end.
    pub to: ResourceName,
    /// Kind of access: `connect`, `port 22`, or an action such as `s3:GetObject`.
    pub what: String,
    /// Steps of the way.
    pub proof: Proof,
}

/// A resource that reaches a data store.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct DataAccess {
    /// The data store.
    pub store: ResourceName,
    /// The resource that reaches it, or `None` for the internet.
    pub from: Option<ResourceName>,
    /// Kinds of access, `connect` and actions, each with its answer.
    pub what: Vec<(String, Answer)>,
}

impl Reach<'_> {
    /// Returns everything that is or may be reachable from outside, by resource in the order of the templates.
    pub fn exposures(&self) -> Vec<Exposure> {
        let world = self.world();
        let mut found = Vec::new();
        for node in world.ids() {
            let reached = if is_endpoint(world, node) || is_forwarder(world, node) {
                Some(self.connects(Source::Internet, node))
            } else if store_of(world, node).is_some() {
                let by_others = crate::network::forwarders_into(world, node);
                (!by_others.is_empty()).then(|| self.connects(Source::Internet, node))
            } else {
                None
            };
            if let Some(proof) = reached.filter(|proof| proof.answer != Answer::No) {
                let ports: Vec<String> = endpoints_of(world, node)
                    .iter()
                    .flat_map(|endpoint| open_ports(world, endpoint))
                    .collect();
                let whats = if ports.is_empty() {
                    vec!["connect".to_owned()]
                } else {
                    ports
                };
                for what in whats {
                    found.push(self.exposure(Outside::Internet, node, what, proof.clone()));
                }
            }
            for action in store_of(world, node)
                .into_iter()
                .flat_map(crate::identity::Store::actions)
            {
                let proof = self.may(Source::Internet, action, node);
                if proof.answer != Answer::No {
                    found.push(self.exposure(Outside::Internet, node, action.to_owned(), proof));
                }
            }
        }
        for outsider in outsiders(world) {
            let from = Outside::Principal {
                name: outsider.who,
                condition: outsider.condition,
            };
            let what = outsider.actions.join(", ");
            found.push(self.exposure(from, outsider.target, what, outsider.proof));
        }
        found
    }

    fn exposure(&self, from: Outside, to: NodeId, what: String, proof: Proof) -> Exposure {
        Exposure {
            from,
            to: self.world().resource_name(to).clone(),
            what,
            proof,
        }
    }

    /// Returns who reaches each data store: the internet, and every resource with a role or a network interface.
    pub fn data_access(&self) -> Vec<DataAccess> {
        let world = self.world();
        let used: BTreeSet<NodeId> = world
            .ids()
            .filter(|node| world.node(*node).type_name != "AWS::IAM::Role")
            .flat_map(|node| roles_of(world, node))
            .collect();
        let actors: Vec<NodeId> = world
            .ids()
            .filter(|node| {
                let type_name = world.node(*node).type_name.as_str();
                let acts = type_name != "AWS::IAM::Role" && !roles_of(world, *node).is_empty();
                let idle =
                    ["AWS::ECS::TaskDefinition", "AWS::EC2::LaunchTemplate"].contains(&type_name);
                acts && !idle || type_name == "AWS::IAM::Role" && !used.contains(node)
            })
            .collect();
        let mut found = Vec::new();
        for store in self.data_stores() {
            let sources = std::iter::once(Source::Internet)
                .chain(actors.iter().map(|node| Source::Resource(*node)));
            for source in sources {
                let what = self.what(source, store);
                if !what.is_empty() {
                    found.push(DataAccess {
                        store: world.resource_name(store).clone(),
                        from: match source {
                            Source::Internet => None,
                            Source::Resource(node) => Some(world.resource_name(node).clone()),
                        },
                        what,
                    });
                }
            }
        }
        found
    }

    /// Returns the resources that hold data, in the order of the templates.
    pub fn data_stores(&self) -> Vec<NodeId> {
        let world = self.world();
        let holds = |node: NodeId| {
            store_of(world, node).map_or(
                is_endpoint(world, node) && self.is_database(node),
                crate::identity::Store::holds_data,
            )
        };
        world.ids().filter(|node| holds(*node)).collect()
    }

    fn what(&self, source: Source, store: NodeId) -> Vec<(String, Answer)> {
        // A role has no network interface of its own.
        let is_role = matches!(source, Source::Resource(node) if self.world().node(node).type_name == "AWS::IAM::Role");
        let reached = self.reaches(source, store);
        let connection = reached.connection.filter(|_| !is_role);
        let connection = connection.map(|proof| ("connect".to_owned(), proof.answer));
        let actions = reached
            .actions
            .into_iter()
            .map(|one| (one.action, one.proof.answer));
        connection
            .into_iter()
            .chain(actions)
            .filter(|(_, answer)| *answer != Answer::No)
            .collect()
    }

    fn is_database(&self, node: NodeId) -> bool {
        let type_name = self.world().node(node).type_name.as_str();
        [
            "AWS::RDS::",
            "AWS::ElastiCache::",
            "AWS::MemoryDB::",
            "AWS::Redshift::",
            "AWS::DocDB::",
            "AWS::Neptune::",
        ]
        .iter()
        .any(|service| type_name.starts_with(service))
    }
}

/// Returns the exposures of the new state that the old one did not have, or only possibly had.
///
/// Resources are compared by construct path, or by logical ID if they have none. A principal that had access without a
/// condition keeps it with any.
pub fn opened_paths(before: &[Exposure], after: &[Exposure]) -> Vec<Exposure> {
    let mut known: BTreeMap<(String, &Outside, &str), Answer> = BTreeMap::new();
    for exposure in before {
        let answer = known
            .entry((
                identity(&exposure.to),
                &exposure.from,
                exposure.what.as_str(),
            ))
            .or_default();
        *answer = (*answer).or(exposure.proof.answer);
    }
    let had = |from: &Outside, exposure: &Exposure| {
        known
            .get(&(identity(&exposure.to), from, exposure.what.as_str()))
            .copied()
            .unwrap_or_default()
    };
    let opened = |exposure: &Exposure| {
        let before = match &exposure.from {
            Outside::Principal { name, .. } => {
                let unconditional = Outside::Principal {
                    name: name.clone(),
                    condition: String::new(),
                };
                had(&exposure.from, exposure).or(had(&unconditional, exposure))
            }
            Outside::Internet => had(&exposure.from, exposure),
        };
        before < exposure.proof.answer
    };
    after
        .iter()
        .filter(|exposure| opened(exposure))
        .cloned()
        .collect()
}

pub(crate) fn identity(name: &ResourceName) -> String {
    match &name.construct_path {
        Some(path) => path.clone(),
        None => format!("{}/{}", name.stack, name.logical_id),
    }
}
