//! The caller of a request: [`Principal`].

use super::document::Principals;
use super::pattern::equal_texts;
use crate::answer::Answer;
use crate::atoms::{AtomKind, Atoms};

/// The caller of a request.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Principal {
    /// Anyone, without credentials.
    Anonymous,
    /// A service of AWS, such as `sns.amazonaws.com`.
    Service(String),
    /// A session of an IAM role, or the role itself.
    Role {
        /// ARN of the role.
        arn: String,
        /// Account of the role.
        account: String,
    },
    /// An IAM user.
    User {
        /// ARN of the user.
        arn: String,
        /// Account of the user.
        account: String,
    },
    /// A user of an identity provider, by the ARN or the domain of the provider.
    Federated(String),
}

/// The answers for the two ways in which a statement can name a principal.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct PrincipalMatch {
    /// The statement names everyone. Such a statement grants to the session of a role, which no boundary limits.
    pub(super) everyone: Answer,
    /// The statement names the principal itself, or everyone.
    pub(super) direct: Answer,
    /// The statement names the account of the principal, which decides with its own policies.
    pub(super) account: Answer,
}

impl Principal {
    /// Creates the principal for a role.
    pub fn role(arn: impl Into<String>, account: impl Into<String>) -> Self {
        Self::Role {
            arn: arn.into(),
            account: account.into(),
        }
    }

    /// Creates the principal for a user.
    pub fn user(arn: impl Into<String>, account: impl Into<String>) -> Self {
        Self::User {
            arn: arn.into(),
            account: account.into(),
        }
    }

    /// Returns the account whose policies decide about the principal, or `None` for principals outside of accounts.
    pub fn account(&self) -> Option<&str> {
        match self {
            Self::Role { account, .. } | Self::User { account, .. } => Some(account),
            _ => None,
        }
    }
}

impl PrincipalMatch {
    pub(super) fn either(self) -> Answer {
        self.direct.or(self.account)
    }

    fn or(self, other: Self) -> Self {
        Self {
            everyone: self.everyone.or(other.everyone),
            direct: self.direct.or(other.direct),
            account: self.account.or(other.account),
        }
    }

    fn limited(self, certain: bool) -> Self {
        if certain {
            return self;
        }
        Self {
            everyone: self.everyone.and(Answer::Possible),
            direct: self.direct.and(Answer::Possible),
            account: self.account.and(Answer::Possible),
        }
    }
}

impl Principals {
    /// Returns the answers for a principal.
    pub(super) fn matches(&self, principal: &Principal, atoms: &Atoms) -> PrincipalMatch {
        if self.unknown {
            return PrincipalMatch {
                everyone: Answer::Possible,
                direct: Answer::Possible,
                account: Answer::Possible,
            };
        }
        let mut found = PrincipalMatch {
            everyone: self.everyone.into(),
            direct: self.everyone.into(),
            account: Answer::No,
        };
        for (kind, list) in &self.kinds {
            for item in &list.items {
                let one = match_one(kind, &item.text, principal, atoms);
                found = found.or(one.limited(item.certain));
            }
        }
        if !self.negated {
            return found;
        }
        // A principal is excluded for certain if the statement lists both the principal and its account: evaluations of
        // sessions compare each with the list.
        let excluded = match principal {
            Principal::Role { .. } | Principal::User { .. } => {
                match (found.direct, found.account) {
                    (Answer::No, Answer::No) => Answer::No,
                    (Answer::Yes, Answer::Yes) => Answer::Yes,
                    _ if self.everyone => Answer::Yes,
                    _ => Answer::Possible,
                }
            }
            _ => found.direct,
        };
        PrincipalMatch {
            everyone: excluded.negate(),
            direct: excluded.negate(),
            account: Answer::No,
        }
    }
}

fn match_one(kind: &str, text: &str, principal: &Principal, atoms: &Atoms) -> PrincipalMatch {
    let direct = |answer: Answer| PrincipalMatch {
        direct: answer,
        ..PrincipalMatch::default()
    };
    match (kind, principal) {
        ("AWS", _) if text == "*" => PrincipalMatch {
            everyone: Answer::Yes,
            direct: Answer::Yes,
            account: Answer::No,
        },
        ("AWS", Principal::Role { arn, account } | Principal::User { arn, account }) => {
            match account_of(text, atoms) {
                Some(named) => PrincipalMatch {
                    everyone: Answer::No,
                    direct: Answer::No,
                    account: equal_texts(named, account, atoms),
                },
                None => match_arn(text, arn, atoms),
            }
        }
        ("Service", Principal::Service(name)) => direct(equal_texts(text, name, atoms)),
        ("Federated", Principal::Federated(provider)) => direct(equal_texts(text, provider, atoms)),
        _ => PrincipalMatch::default(),
    }
}

/// Returns the account that a principal element names as a whole: `123456789012` or `arn:aws:iam::123456789012:root`.
pub(crate) fn account_of<'t>(text: &'t str, atoms: &Atoms) -> Option<&'t str> {
    if text.starts_with("arn:") && text.ends_with(":root") {
        return text.split(':').nth(4);
    }
    let mut chars = text.chars();
    let first = chars.next()?;
    let is_segment = |c: char| {
        atoms
            .find(c)
            .is_some_and(|atom| atom.kind == AtomKind::Segment)
    };
    let alone = chars.next().is_none() && is_segment(first);
    let digits = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    (alone || digits).then_some(text)
}

/// Compares with the ARN of a role or user. The ARN of a session names one session of a role; it matches possibly.
fn match_arn(text: &str, arn: &str, atoms: &Atoms) -> PrincipalMatch {
    if let Some((before, session)) = text.split_once(":assumed-role/")
        && text.contains(":sts:")
    {
        let role = session.split('/').next().unwrap_or_default();
        let account = before.rsplit(':').next().unwrap_or_default();
        let name = arn.rsplit('/').next().unwrap_or_default();
        let same = equal_texts(role, name, atoms).and(equal_texts(
            account,
            arn.split(':').nth(4).unwrap_or_default(),
            atoms,
        ));
        return PrincipalMatch {
            everyone: Answer::No,
            direct: same.and(Answer::Possible),
            account: Answer::No,
        };
    }
    let direct = equal_texts(text, arn, atoms);
    // An entirely unknown text can be the account as well.
    let open = text.chars().count() == 1 && direct == Answer::Possible;
    PrincipalMatch {
        everyone: Answer::No,
        direct,
        account: if open { Answer::Possible } else { Answer::No },
    }
}
