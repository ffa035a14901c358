//! Cache of identities that the database has confirmed within the last half second. Requests come in groups, and each would query the same session.
//!
//! A change in this process removes the entries that it affects at once. A session or access token that another process ends stays valid here for at
//! most [`KEPT_FOR`], counted from before the query.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::Owner;
use super::sessions::Identity;
use crate::clock;

/// Time for which a confirmed identity is valid without another query.
pub const KEPT_FOR: Duration = Duration::from_millis(500);
/// Maximum number of entries. Once it is reached, further identities are queried for each request.
const MOST: usize = 4_096;

/// The age that an identity may have for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Confirmed by the database within [`KEPT_FOR`].
    Recent,
    /// Confirmed by the database for this request.
    Current,
}

/// The hash of a credential that a request presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shown {
    /// Hash of a session's token.
    Session([u8; 32]),
    /// Hash of an access token.
    AccessToken([u8; 32]),
}

/// The cache of confirmed identities; clones share its entries.
#[derive(Debug, Clone, Default)]
pub(super) struct Confirmed {
    inner: Arc<Mutex<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    by: HashMap<Shown, Entry>,
    /// Number of removals. A query that started before a removal may not add its result.
    forgotten: u64,
    /// Time of the last removal of expired entries.
    tidied: Option<Instant>,
}

#[derive(Debug)]
struct Entry {
    identity: Identity,
    until: Instant,
}

/// The start of a query, and the number of removals at that time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    at: Instant,
    forgotten: u64,
}

impl Confirmed {
    /// Returns the identity for a credential, if the cache has an unexpired entry and the request accepts one.
    pub(super) fn get(&self, shown: &Shown, freshness: Freshness) -> Option<Identity> {
        if freshness == Freshness::Current {
            return None;
        }
        let kept = self.kept();
        let entry = kept.by.get(shown)?;
        (Instant::now() < entry.until).then(|| entry.identity.clone())
    }

    /// Records the start of a query, for a later [`keep`](Self::keep).
    pub(super) fn ask(&self) -> Question {
        Question {
            at: Instant::now(),
            forgotten: self.kept().forgotten,
        }
    }

    /// Adds the result of a query, unless entries were removed since the query began. The entry expires with the identity at the latest.
    pub(super) fn keep(
        &self,
        question: Question,
        shown: Shown,
        identity: &Identity,
        ends_at: Option<DateTime<Utc>>,
    ) {
        let left = ends_at.map(|end| (end - clock::now()).to_std().unwrap_or_default());
        let until = question.at + left.map_or(KEPT_FOR, |left| left.min(KEPT_FOR));
        let mut kept = self.kept();
        if kept.forgotten != question.forgotten || !kept.has_room(question.at) {
            return;
        }
        let identity = Identity {
            // The current request already records the use.
            use_is_news: false,
            ..identity.clone()
        };
        kept.by.insert(shown, Entry { identity, until });
    }

    /// Returns a guard that removes the entries of a user when dropped. Create it before a change that ends sessions or access tokens: the entries go
    /// even if the request is aborted.
    pub(super) fn forgetting(&self, owner: Owner) -> Forgetting {
        Forgetting {
            confirmed: self.clone(),
            whom: Whom::User(owner),
        }
    }

    /// Returns a guard that removes the entry of one credential when dropped.
    pub(super) fn forgetting_shown(&self, shown: Shown) -> Forgetting {
        Forgetting {
            confirmed: self.clone(),
            whom: Whom::Shown(shown),
        }
    }

    /// Locks the cache. A panic cannot leave it inconsistent, so a poisoned lock is accepted.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// Returns true if there is room for an entry, after removing expired entries. It does so at most once per [`KEPT_FOR`], since entries expire no
    /// faster.
    fn has_room(&mut self, now: Instant) -> bool {
        let is_due = |tidied: Instant| now.saturating_duration_since(tidied) >= KEPT_FOR;
        if self.by.len() >= MOST && self.tidied.is_none_or(is_due) {
            self.by.retain(|_, entry| entry.until > now);
            self.tidied = Some(now);
        }
        self.by.len() < MOST
    }
}

/// A guard that removes the entries of a user or a credential when dropped, after the change.
#[derive(Debug)]
#[must_use = "it forgets when it is dropped, which is to be after the change"]
pub(super) struct Forgetting {
    confirmed: Confirmed,
    whom: Whom,
}

#[derive(Debug, Clone, Copy)]
enum Whom {
    User(Owner),
    Shown(Shown),
}

impl Drop for Forgetting {
    fn drop(&mut self) {
        let mut kept = self.confirmed.kept();
        kept.forgotten += 1;
        match self.whom {
            Whom::User(owner) => kept.by.retain(|_, entry| entry.identity.owner != owner),
            Whom::Shown(shown) => drop(kept.by.remove(&shown)),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::store::sessions::Credential;

    fn identity(user: u128) -> Identity {
        Identity {
            owner: Owner::authenticated(Uuid::from_u128(user)),
            is_guest: false,
            credential: Credential::AccessToken {
                id: Uuid::from_u128(user),
                scopes: crate::domain::scope::Scopes::reading(),
            },
            use_is_news: true,
        }
    }

    fn shown(number: usize) -> Shown {
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(&number.to_be_bytes());
        Shown::Session(hash)
    }

    fn recent(confirmed: &Confirmed, shown: Shown) -> Option<Identity> {
        assert_eq!(confirmed.get(&shown, Freshness::Current), None);
        confirmed.get(&shown, Freshness::Recent)
    }

    #[test]
    fn keeps_an_identity_and_that_its_use_was_noted() {
        let confirmed = Confirmed::default();
        assert_eq!(recent(&confirmed, shown(1)), None);
        confirmed.keep(confirmed.ask(), shown(1), &identity(7), None);
        let kept = recent(&confirmed, shown(1)).unwrap();
        assert_eq!(kept.owner, identity(7).owner);
        assert!(!kept.use_is_news);
        let Shown::Session(hash) = shown(1) else {
            unreachable!()
        };
        assert_eq!(recent(&confirmed, Shown::AccessToken(hash)), None);
    }

    #[test]
    fn asks_again_half_a_second_after_it_has_asked() {
        let confirmed = Confirmed::default();
        let question = Question {
            at: Instant::now().checked_sub(KEPT_FOR).unwrap(),
            ..confirmed.ask()
        };
        confirmed.keep(question, shown(1), &identity(7), None);
        assert_eq!(recent(&confirmed, shown(1)), None);
    }

    #[test]
    fn keeps_nothing_beyond_its_end() {
        let confirmed = Confirmed::default();
        let past = clock::now() - chrono::TimeDelta::seconds(1);
        confirmed.keep(confirmed.ask(), shown(1), &identity(7), Some(past));
        assert_eq!(recent(&confirmed, shown(1)), None);
    }

    #[test]
    fn forgets_a_user_and_keeps_no_answer_from_before() {
        let confirmed = Confirmed::default();
        let before = confirmed.ask();
        for user in [7, 8] {
            confirmed.keep(before, shown(user), &identity(user as u128), None);
        }
        drop(confirmed.forgetting(identity(7).owner));
        assert_eq!(recent(&confirmed, shown(7)), None);
        assert!(recent(&confirmed, shown(8)).is_some());
        confirmed.keep(before, shown(7), &identity(7), None);
        assert_eq!(recent(&confirmed, shown(7)), None);
        drop(confirmed.forgetting_shown(shown(8)));
        assert_eq!(recent(&confirmed, shown(8)), None);
    }

    #[test]
    fn keeps_no_more_than_it_has_room_for() {
        let confirmed = Confirmed::default();
        for number in 0..MOST + 10 {
            confirmed.keep(confirmed.ask(), shown(number), &identity(7), None);
        }
        assert_eq!(confirmed.kept().by.len(), MOST);
        // The entries expire after half a second, which makes room.
        confirmed.kept().tidied = None;
        let later = Question {
            at: Instant::now() + KEPT_FOR,
            ..confirmed.ask()
        };
        confirmed.keep(later, shown(MOST + 20), &identity(7), None);
        assert_eq!(confirmed.kept().by.len(), 1);
    }
}
