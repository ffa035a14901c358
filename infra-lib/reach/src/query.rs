//! Questions about an app: [`Reach`].

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::answer::Answer;
use crate::identity::{Guards, anyone_may, assume_role, pass_role, role_may, roles_of, store_of};
use crate::network::{
    connect, endpoints_of, forwarders_into, from_internet, is_endpoint, is_forwarder, leaves_vpc,
};
use crate::policy::Document;
use crate::proof::Proof;
use crate::world::{NodeId, UnknownName, World};

/// Longest chain of roles that are assumed or passed one after the other.
const LONGEST_CHAIN: usize = 3;

/// The start of a question.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Source {
    /// Anyone on the internet, without credentials.
    Internet,
    /// A resource: its network interfaces, and the roles with which it acts.
    Resource(NodeId),
}

/// An action of an API, with the proof for it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct ActionProof {
    /// The action, for example `s3:GetObject`.
    pub action: String,
    /// Proof that the source may call it.
    pub proof: Proof,
}

/// Everything that a source can do with a resource.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Reached {
    /// Proof of a connection over the network, or of requests that others forward. `None` for resources without one.
    pub connection: Option<Proof>,
    /// Proofs of the actions on the data of the resource.
    pub actions: Vec<ActionProof>,
}

impl Reached {
    /// Returns the answer to "can the source reach the resource in any way".
    pub fn answer(&self) -> Answer {
        let actions = self.actions.iter().map(|one| one.proof.answer);
        Answer::any(actions.chain(self.connection.iter().map(|proof| proof.answer)))
    }

    /// Returns the proof with the best answer; for `No`, that of the connection, if there can be one.
    pub fn best(&self) -> Proof {
        let proofs = self
            .connection
            .iter()
            .chain(self.actions.iter().map(|one| &one.proof));
        let mut found: Option<&Proof> = None;
        for proof in proofs {
            if found.is_none_or(|known| proof.answer > known.answer) {
                found = Some(proof);
            }
        }
        found.cloned().unwrap_or_default()
    }
}

/// Roles at the ends of chains, with the proof for each chain.
#[derive(Clone, Debug)]
struct Chains(Vec<(NodeId, Proof)>);

/// Answers questions about who can reach what in a world.
#[derive(Clone, Debug)]
pub struct Reach<'w> {
    world: &'w World,
    guards: Guards,
    /// Chains of roles that were asked about, by their first roles.
    chains: RefCell<BTreeMap<Vec<NodeId>, Rc<Chains>>>,
}

impl<'w> Reach<'w> {
    /// Creates the questions about a world, without service control policies.
    pub fn new(world: &'w World) -> Self {
        Self {
            world,
            guards: Guards::default(),
            chains: RefCell::default(),
        }
    }

    /// Adds the service control policies of one level of the organization. Documents that only deny are taken to be attached
    /// in addition to `FullAWSAccess`, as AWS does by default.
    pub fn with_control_policies(mut self, mut documents: Vec<Document>) -> Self {
        if documents.iter().all(Document::only_denies) {
            let all = serde_json::json!({
                "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" },
            });
            documents.push(Document::parse("FullAWSAccess", &all));
        }
        self.guards.levels.push(documents);
        self
    }

    /// Returns the world.
    pub fn world(&self) -> &'w World {
        self.world
    }

    /// Returns the resource that a user means, by construct path or logical ID.
    ///
    /// # Errors
    ///
    /// Fails if no resource or several have the name.
    pub fn find(&self, name: &str) -> Result<NodeId, UnknownName> {
        let world = self.world;
        world.find_resource(name, |node| {
            is_endpoint(world, node) || is_forwarder(world, node) || store_of(world, node).is_some()
        })
    }

    /// Returns what a source can do with a resource: the connection, and every action on its data.
    pub fn reaches(&self, from: Source, to: NodeId) -> Reached {
        let world = self.world;
        let has_forwarder = !forwarders_into(world, to).is_empty();
        let networked = is_endpoint(world, to) || is_forwarder(world, to) || has_forwarder;
        let connection = networked.then(|| self.connects(from, to));
        let actions: Vec<ActionProof> = store_of(world, to)
            .into_iter()
            .flat_map(crate::identity::Store::actions)
            .map(|action| ActionProof {
                action: action.to_owned(),
                proof: self.may(from, action, to),
            })
            .collect();
        if connection.is_none() && actions.is_empty() {
            let text = format!(
                "who reaches resources of the type {} is not known",
                world.node(to).type_name
            );
            return Reached {
                connection: Some(Proof::at(world, Answer::Possible, to, "", text)),
                actions,
            };
        }
        Reached {
            connection,
            actions,
        }
    }

    /// Returns the proof that a source may call an action on a resource.
    pub fn may(&self, from: Source, action: &str, to: NodeId) -> Proof {
        let world = self.world;
        let exists = world.node(to).exists;
        let Source::Resource(node) = from else {
            return anyone_may(world, action, to).limited(exists);
        };
        let roles = roles_of(world, node);
        if roles.is_empty() {
            return self.without_role(node);
        }
        let own = roles
            .iter()
            .map(|role| role_may(world, &self.guards, *role, action, to));
        let direct = Proof::best(own).unwrap_or_default();
        if direct.answer == Answer::Yes {
            return direct.limited(exists);
        }
        let chains = self.chains(&roles);
        let chains = chains
            .0
            .iter()
            .map(|(role, proof)| {
                let last = || role_may(world, &self.guards, *role, action, to);
                proof.clone().then(last)
            })
            .filter(|proof| proof.answer != Answer::No);
        Proof::best(std::iter::once(direct).chain(chains))
            .unwrap_or_default()
            .limited(exists)
    }

    /// Returns the proof for a resource that acts without a role of the app.
    fn without_role(&self, node: NodeId) -> Proof {
        let world = self.world;
        let named = ["Role", "RoleArn", "TaskRoleArn", "IamInstanceProfile"]
            .into_iter()
            .find(|path| !world.property(node, path).is_null());
        match named {
            Some(path) => Proof::at(
                world,
                Answer::Possible,
                node,
                path,
                format!("the role of {} is not part of the app", world.show(node)),
            ),
            None => Proof::at(
                world,
                Answer::No,
                node,
                "",
                format!("{} acts without a role", world.show(node)),
            ),
        }
    }

    /// Returns the roles that can be assumed, or passed to a program, from some roles, with the proof for each.
    fn chains(&self, roles: &[NodeId]) -> Rc<Chains> {
        let known = self.chains.borrow().get(roles).cloned();
        known.unwrap_or_else(|| {
            let found = Rc::new(Chains(self.find_chains(roles)));
            self.chains
                .borrow_mut()
                .insert(roles.to_vec(), Rc::clone(&found));
            found
        })
    }

    fn find_chains(&self, roles: &[NodeId]) -> Vec<(NodeId, Proof)> {
        let world = self.world;
        let mut seen: BTreeSet<NodeId> = roles.iter().copied().collect();
        let mut found: Vec<(NodeId, Proof)> = Vec::new();
        let mut ends: Vec<(NodeId, Proof)> =
            roles.iter().map(|role| (*role, Proof::granted())).collect();
        for _ in 0..LONGEST_CHAIN {
            let mut next = Vec::new();
            for (from, proof) in &ends {
                for to in world.of_type(&["AWS::IAM::Role"]) {
                    if seen.contains(&to) {
                        continue;
                    }
                    let steps = [
                        assume_role(world, &self.guards, *from, to),
                        pass_role(world, &self.guards, *from, to),
                    ];
                    let step = Proof::best(steps).unwrap_or_default();
                    if step.answer != Answer::No {
                        seen.insert(to);
                        next.push((to, proof.clone().then(|| step)));
                    }
                }
            }
            found.extend(next.iter().cloned());
            ends = next;
        }
        found
    }

    /// Returns the proof that a source can connect to a resource, directly or through what forwards requests.
    pub fn connects(&self, from: Source, to: NodeId) -> Proof {
        self.connects_without(from, to, &mut BTreeSet::new())
    }

    fn connects_without(&self, from: Source, to: NodeId, seen: &mut BTreeSet<NodeId>) -> Proof {
        let world = self.world;
        if !seen.insert(to) {
            return Proof::at(
                world,
                Answer::No,
                to,
                "",
                format!("{} forwards to itself", world.show(to)),
            );
        }
        let direct = self.direct(from, to);
        let mut proofs: Vec<Proof> = direct.into_iter().collect();
        for (forwarder, proof) in forwarders_into(world, to) {
            if seen.contains(&forwarder) {
                continue;
            }
            proofs.push(self.connects_without(from, forwarder, seen).then(|| proof));
        }
        seen.remove(&to);
        Proof::best(proofs)
            .unwrap_or_else(|| {
                Proof::at(
                    world,
                    Answer::No,
                    to,
                    "",
                    format!("nothing forwards requests to {}", world.show(to)),
                )
            })
            .limited(world.node(to).exists)
    }

    /// Returns the proof for a connection without others between, or `None` for resources that accept none.
    fn direct(&self, from: Source, to: NodeId) -> Option<Proof> {
        let world = self.world;
        match from {
            Source::Internet => self.direct_from_internet(to),
            Source::Resource(node)
                if is_endpoint(world, to) && !endpoints_of(world, to).is_empty() =>
            {
                Some(connect(world, node, to, None))
            }
            Source::Resource(node) => {
                let public = self.direct_from_internet(to)?;
                let sources = endpoints_of(world, node);
                let leaves = sources
                    .iter()
                    .map(|source| leaves_vpc(world, source, Some(443)));
                let leaves = Proof::best(leaves).unwrap_or_else(Proof::granted);
                Some(leaves.then(|| public))
            }
        }
    }

    fn direct_from_internet(&self, to: NodeId) -> Option<Proof> {
        let world = self.world;
        let name = world.show(to);
        let say = |answer: Answer, property: &str, text: String| {
            Some(Proof::at(world, answer, to, property, text))
        };
        match world.node(to).type_name.as_str() {
            "AWS::CloudFront::Distribution" => {
                let path = "DistributionConfig/Enabled";
                let enabled = crate::world::is_true(world.property(to, path), true);
                let text = match enabled {
                    Answer::No => format!("{name} is disabled"),
                    _ => format!("{name} serves everyone"),
                };
                say(enabled, &path.replace('/', "."), text)
            }
            "AWS::GlobalAccelerator::Accelerator" => {
                say(Answer::Yes, "", format!("{name} serves everyone"))
            }
            "AWS::Lambda::Url" => Some(url_is_open(world, to)),
            "AWS::ApiGateway::RestApi" => Some(rest_api_is_open(world, to)),
            "AWS::ApiGatewayV2::Api" => {
                let disabled =
                    crate::world::is_true(world.property(to, "DisableExecuteApiEndpoint"), false);
                // Domain names still serve an API whose own address is disabled.
                let answer = disabled.negate().or(Answer::Possible);
                say(answer, "", format!("{name} serves everyone"))
            }
            _ => {
                let endpoints = endpoints_of(world, to);
                Proof::best(
                    endpoints
                        .iter()
                        .map(|endpoint| from_internet(world, endpoint)),
                )
            }
        }
    }
}

fn rest_api_is_open(world: &World, api: NodeId) -> Proof {
    let name = world.show(api);
    let types = crate::policy::choices(world.property(api, "EndpointConfiguration/Types"));
    let private = types
        .iter()
        .any(|(value, certain)| *certain && value.as_str() == Some("PRIVATE"));
    if private {
        return Proof::at(
            world,
            Answer::No,
            api,
            "EndpointConfiguration.Types",
            format!("{name} is private"),
        );
    }
    let open = Proof::at(
        world,
        Answer::Yes,
        api,
        "",
        format!("{name} serves everyone"),
    );
    if world.property(api, "Policy").is_null() {
        return open;
    }
    open.then(|| anyone_may(world, "execute-api:Invoke", api))
}

/// Returns the proof that anyone can call a function URL.
pub(crate) fn url_is_open(world: &World, url: NodeId) -> Proof {
    let name = world.show(url);
    let auth = world.text(url, "AuthType");
    let answer = match auth.as_deref() {
        Some("NONE") => Answer::Yes,
        Some("AWS_IAM") => Answer::No,
        _ => Answer::Possible,
    };
    let text = match answer {
        Answer::No => format!("{name} asks for signed requests"),
        _ => format!("{name} serves everyone"),
    };
    Proof::at(world, answer, url, "AuthType", text).then(|| {
        match world.denoted_by(world.property(url, "TargetFunctionArn")) {
            Some(function) => anyone_may(world, "lambda:InvokeFunctionUrl", function),
            None => Proof::of(Answer::Possible, "the function is not part of the app"),
        }
    })
}
