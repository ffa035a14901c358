//! Permissions by IAM: the policies of the app around the evaluator of [`policy`](crate::policy).

mod data;
mod keys;
mod managed;
mod outside;
mod policies;
mod roles;
mod service;

pub(crate) use data::{Store, is_store, object_arns, store_of};
pub(crate) use outside::outsiders;
pub(crate) use policies::Guards;
pub(crate) use roles::{assume_role, pass_role, roles_of};
pub(crate) use service::{from_cloudfront, invoked_by_service, url_from_cloudfront};

use crate::answer::Answer;
use crate::policy::{Access, Principal, Reason, Request};
use crate::proof::Proof;
use crate::world::{NodeId, World};
use policies::{PolicySet, find_place};

/// Returns the proof that a role may call an action on a resource, including its key.
pub(crate) fn role_may(
    world: &World,
    guards: &Guards,
    role: NodeId,
    action: &str,
    target: NodeId,
) -> Proof {
    let principal = role_principal(world, role);
    let caller = guards.role(world, role);
    let on = guards.target(world, target);
    may(world, &caller, &on, &principal, action, target)
        .then(|| keys::key_allows(world, guards, &caller, &principal, action, target))
}

/// Returns the proof that anyone may call an action on a resource without credentials, including its key.
pub(crate) fn anyone_may(world: &World, action: &str, target: NodeId) -> Proof {
    let guards = Guards::default();
    let caller = PolicySet::default();
    let on = guards.target(world, target);
    let by_policy = may(world, &caller, &on, &Principal::Anonymous, action, target)
        .then(|| data::public_access(world, target));
    let by_acl = data::public_acl(world, target, action);
    Proof::best(std::iter::once(by_policy).chain(by_acl))
        .unwrap_or_default()
        .then(|| {
            keys::key_allows(
                world,
                &guards,
                &caller,
                &Principal::Anonymous,
                action,
                target,
            )
        })
}

pub(crate) fn role_principal(world: &World, role: NodeId) -> Principal {
    Principal::role(world.arn(role), world.node(role).account.clone())
}

/// Asks the evaluator about every ARN that the action can have, and returns the best answer.
fn may(
    world: &World,
    caller: &PolicySet,
    on: &PolicySet,
    principal: &Principal,
    action: &str,
    target: NodeId,
) -> Proof {
    let proofs = object_arns(world, target, action).into_iter().map(|arn| {
        let mut request = Request::new(
            principal.clone(),
            action,
            arn,
            world.node(target).account.clone(),
        );
        data::add_context(world, &mut request, target);
        decide(world, caller, on, &request, target)
    });
    Proof::best(proofs).unwrap_or_default()
}

/// Returns the proof for a decision, with the statement that decides.
fn decide(
    world: &World,
    caller: &PolicySet,
    on: &PolicySet,
    request: &Request,
    target: NodeId,
) -> Proof {
    let decision = caller.policies.decide_on(
        &on.policies.resource,
        on.policies.access,
        request,
        &world.atoms,
    );
    let who = show_principal(world, &request.principal);
    let what = format!("{} on {}", request.action, world.show(target));
    let say = |document: &str, statement: Option<usize>, text: String| match find_place(
        caller, on, document,
    ) {
        Some((node, property)) => {
            let statement =
                statement.map_or_else(String::new, |index| format!(".Statement[{index}]"));
            Proof::at(
                world,
                decision.answer,
                node,
                &format!("{property}{statement}"),
                text,
            )
        }
        None => Proof::of(decision.answer, text),
    };
    match &decision.reason {
        Reason::Allowed {
            document,
            statement,
        } => {
            let text = match (statement, decision.answer) {
                (None, _) => {
                    format!("{who} may be allowed {what} by a policy that is not part of the app")
                }
                (_, Answer::Yes) => format!("{who} is allowed {what}"),
                _ => format!(
                    "{who} is allowed {what}, under conditions that the templates leave open"
                ),
            };
            say(document, *statement, text)
        }
        Reason::Denied {
            document,
            statement,
        } => say(document, *statement, format!("{who} is denied {what}")),
        Reason::NotInBoundary { document } => say(
            document,
            None,
            format!("the permissions boundary of {who} does not allow {what}"),
        ),
        Reason::NotInLevel { level } => Proof::of(
            decision.answer,
            format!(
                "the service control policies of level {} do not allow {what}",
                level + 1
            ),
        ),
        Reason::NotInResourcePolicy => Proof::at(
            world,
            decision.answer,
            target,
            "",
            format!("no resource policy allows {who} {what}"),
        ),
        Reason::NotAllowed => {
            let place = match &request.principal {
                Principal::Role { arn, .. } => world.denoted(arn),
                _ => None,
            };
            Proof::at(
                world,
                decision.answer,
                place.unwrap_or(target),
                "",
                format!("no policy allows {who} {what}"),
            )
        }
    }
}

fn show_principal(world: &World, principal: &Principal) -> String {
    match principal {
        Principal::Anonymous => "everyone".to_owned(),
        Principal::Service(name) => world.show_text(name),
        Principal::Role { arn, .. } | Principal::User { arn, .. } => match world.denoted(arn) {
            Some(node) => world.show(node),
            None => world.show_text(arn),
        },
        Principal::Federated(provider) => world.show_text(provider),
    }
}

/// Returns the way in which the resource policy of a type works together with policies of the caller.
fn access_of(type_name: &str) -> Access {
    match type_name {
        "AWS::KMS::Key" | "AWS::IAM::Role" => Access::ResourceDecides,
        _ => Access::Either,
    }
}
