//! The decision about a request from all policies that apply to it: [`Policies::decide`].

use super::document::{Document, Effect, Statement};
use super::principal::{Principal, PrincipalMatch};
use super::statement::Request;
use crate::answer::Answer;
use crate::atoms::Atoms;

/// The way in which the policy of a resource and the policies of the caller work together in one account.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Access {
    /// Either is enough, as for buckets and queues.
    #[default]
    Either,
    /// The policy of the resource must name the caller or hand over to its account, as for KMS keys and the trust of roles.
    ResourceDecides,
}

/// The policies that apply to a request.
#[derive(Clone, Debug, Default)]
pub struct Policies {
    /// Policies of the caller: inline and attached ones.
    pub identity: Vec<Document>,
    /// Permissions boundary of the caller, which limits what `identity` allows.
    pub boundary: Option<Document>,
    /// Service control policies: the documents of each level of the organization, all of which must allow.
    pub levels: Vec<Vec<Document>>,
    /// Policies of the resource.
    pub resource: Vec<Document>,
    /// The way in which resource and identity policies work together.
    pub access: Access,
}

/// The reason for a decision.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// A statement allows.
    Allowed {
        /// Name of the document.
        document: String,
        /// Index of the statement in the document, or `None` for a document that is not known.
        statement: Option<usize>,
    },
    /// A statement denies.
    Denied {
        /// Name of the document.
        document: String,
        /// Index of the statement in the document, or `None` for a document that is not known.
        statement: Option<usize>,
    },
    /// No policy of the caller or the resource allows.
    NotAllowed,
    /// The permissions boundary does not allow.
    NotInBoundary {
        /// Name of the boundary.
        document: String,
    },
    /// The service control policies of a level do not allow.
    NotInLevel {
        /// Index of the level.
        level: usize,
    },
    /// The policy of the resource neither names the caller nor hands over to its account.
    NotInResourcePolicy,
}

/// The decision about a request.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Decision {
    /// The answer to "is the request allowed".
    pub answer: Answer,
    /// The reason, which names the statement that decides.
    pub reason: Reason,
}

/// The best statement that was found, with its answer.
#[derive(Clone, Debug, Default)]
struct Found {
    answer: Answer,
    place: Option<(String, Option<usize>)>,
}

impl Found {
    fn add(&mut self, answer: Answer, document: &Document, statement: Option<usize>) {
        if answer > self.answer {
            self.answer = answer;
            self.place = Some((document.name.clone(), statement));
        }
    }
}

/// Answer of the documents of one kind to a request.
#[derive(Clone, Debug, Default)]
struct Opinion {
    /// A statement that names the caller allows; for identity policies, any statement.
    direct: Found,
    /// A statement that names everyone allows.
    everyone: Found,
    /// A statement that names the account of the caller allows.
    account: Found,
    deny: Found,
}

impl Policies {
    /// Returns the decision about a request.
    pub fn decide(&self, request: &Request, atoms: &Atoms) -> Decision {
        self.decide_on(&self.resource, self.access, request, atoms)
    }

    /// Returns the decision with the policies of a resource in place of those of this value.
    pub(crate) fn decide_on(
        &self,
        documents: &[Document],
        access: Access,
        request: &Request,
        atoms: &Atoms,
    ) -> Decision {
        let of_identity = PrincipalMatch {
            everyone: Answer::No,
            direct: Answer::Yes,
            account: Answer::No,
        };
        let own = |documents: &[Document]| judge(documents, request, atoms, |_| of_identity);
        let identity = own(&self.identity);
        let boundary = self.boundary.as_ref();
        let limit = boundary.map(|document| own(std::slice::from_ref(document)));
        let levels: Vec<Opinion> = self.levels.iter().map(|documents| own(documents)).collect();
        let resource = judge(documents, request, atoms, |statement| {
            statement.names(&request.principal, atoms)
        });
        let in_account = request.principal.account().is_some();
        let mut denials = vec![&resource.deny];
        if in_account {
            denials.push(&identity.deny);
            denials.extend(limit.iter().map(|limit| &limit.deny));
            denials.extend(levels.iter().map(|level| &level.deny));
        }
        let deny = denials.into_iter().max_by_key(|found| found.answer);
        let denied = deny.map_or(Answer::No, |found| found.answer);
        if let (Answer::Yes, Some(place)) = (denied, deny.and_then(|found| found.place.clone())) {
            let (document, statement) = place;
            return Decision {
                answer: Answer::No,
                reason: Reason::Denied {
                    document,
                    statement,
                },
            };
        }
        let (answer, reason) = self.allowed(
            access,
            request,
            atoms,
            &identity,
            limit.as_ref(),
            &levels,
            &resource,
        );
        Decision {
            answer: answer.and(denied.negate()),
            reason,
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the opinions of every kind of policy about one request"
    )]
    fn allowed(
        &self,
        access: Access,
        request: &Request,
        atoms: &Atoms,
        identity: &Opinion,
        limit: Option<&Opinion>,
        levels: &[Opinion],
        resource: &Opinion,
    ) -> (Answer, Reason) {
        let Some(account) = request.principal.account() else {
            return (resource.direct.answer, reason_of(&resource.direct));
        };
        let within = limit.map_or(Answer::Yes, |limit| limit.direct.answer);
        let level = levels
            .iter()
            .enumerate()
            .min_by_key(|(_, level)| level.direct.answer);
        let by_levels = level.map_or(Answer::Yes, |(_, level)| level.direct.answer);
        let same = super::equal_texts(account, &request.resource_account, atoms);
        let by_identity = identity.direct.answer.and(within);
        // A boundary limits what a resource policy grants to the ARN of a role. It does not limit what is granted to a user, or
        // to everyone and thus to the session of the role.
        let to_caller = match request.principal {
            Principal::User { .. } => resource.direct.answer,
            _ => resource
                .direct
                .answer
                .and(within)
                .or(resource.everyone.answer),
        };
        let named = resource.direct.answer.or(resource.account.answer);
        let elsewhere = by_identity.and(named);
        let here = match access {
            Access::Either => by_identity.or(to_caller),
            Access::ResourceDecides => to_caller.or(by_identity.and(resource.account.answer)),
        };
        let base = match same {
            Answer::Yes => here,
            Answer::No => elsewhere,
            // Both readings are possible: certain only if both are.
            Answer::Possible => here
                .and(elsewhere)
                .or(here.or(elsewhere).and(Answer::Possible)),
        };
        let answer = base.and(by_levels);
        let allowing = if identity.direct.answer >= resource.direct.answer {
            &identity.direct
        } else {
            &resource.direct
        };
        if answer != Answer::No {
            return (answer, reason_of(allowing));
        }
        let reason = if let (Some((level, _)), Answer::No) = (level, by_levels) {
            Reason::NotInLevel { level }
        } else if access == Access::ResourceDecides && named == Answer::No {
            Reason::NotInResourcePolicy
        } else if let (Some(boundary), Answer::No) = (&self.boundary, within)
            && allowing.answer != Answer::No
        {
            Reason::NotInBoundary {
                document: boundary.name.clone(),
            }
        } else if same == Answer::No && named == Answer::No {
            Reason::NotInResourcePolicy
        } else {
            Reason::NotAllowed
        };
        (answer, reason)
    }
}

fn reason_of(found: &Found) -> Reason {
    match &found.place {
        Some((document, statement)) => Reason::Allowed {
            document: document.clone(),
            statement: *statement,
        },
        None => Reason::NotAllowed,
    }
}

fn judge(
    documents: &[Document],
    request: &Request,
    atoms: &Atoms,
    names: impl Fn(&Statement) -> PrincipalMatch,
) -> Opinion {
    let mut found = Opinion::default();
    for document in documents {
        if document.unreadable {
            found.direct.add(Answer::Possible, document, None);
            found.everyone.add(Answer::Possible, document, None);
            found.account.add(Answer::Possible, document, None);
            found.deny.add(Answer::Possible, document, None);
        }
        for (index, statement) in document.statements.iter().enumerate() {
            let who = names(statement);
            if who.either() == Answer::No {
                continue;
            }
            let applies = statement.applies(request, atoms);
            let index = Some(index);
            let effect = match statement.effect {
                Effect::Unknown => Answer::Possible,
                _ => Answer::Yes,
            };
            if statement.effect != Effect::Deny {
                let limited = applies.and(effect);
                found.direct.add(limited.and(who.direct), document, index);
                found
                    .everyone
                    .add(limited.and(who.everyone), document, index);
                found.account.add(limited.and(who.account), document, index);
            }
            if statement.effect != Effect::Allow {
                let limited = applies.and(effect).and(who.either());
                found.deny.add(limited, document, index);
            }
        }
    }
    found
}
