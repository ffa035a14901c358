//! The identities that the database has confirmed a moment ago: most requests come in groups, and each would ask for the same session.
//!
//! What ends here is forgotten here at once. What another process ends is let in for [`KEPT_FOR`] more, and no longer: the time runs from before
//! the database was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::Owner;
use super::sessions::Identity;
use crate::clock;

/// Time in which an identity is not asked for again.
pub const KEPT_FOR: Duration = Duration::from_millis(500);
/// Identities at once; with more, those that are not kept are asked for.
const MOST: usize = 4_096;

/// The age that an identity may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Confirmed by the database within [`KEPT_FOR`].
    Recent,
    /// Asked for anew.
    Current,
}

/// A token that was shown, as its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shown {
    /// The one of a session.
    Session([u8; 32]),
    /// An access token.
    AccessToken([u8; 32]),
}

/// Identities by what was shown; clones share them.
#[derive(Debug, Clone, Default)]
pub(super) struct Confirmed {
    inner: Arc<Mutex<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    by: HashMap<Shown, Entry>,
    /// Counts what was forgotten: an answer that was asked for before is not kept.
    forgotten: u64,
    /// The time at which those whose time is up were last removed.
    tidied: Option<Instant>,
}

#[derive(Debug)]
struct Entry {
    identity: Identity,
    until: Instant,
}

/// A question to the database, and what was known when it was asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    at: Instant,
    forgotten: u64,
}

impl Confirmed {
    /// The identity of who shows this, if the database has confirmed it just now.
    pub(super) fn get(&self, shown: &Shown, freshness: Freshness) -> Option<Identity> {
        if freshness == Freshness::Current {
            return None;
        }
        let kept = self.kept();
        let entry = kept.by.get(shown)?;
        (Instant::now() < entry.until).then(|| entry.identity.clone())
    }

    /// Notes that the database is asked from now on.
    pub(super) fn ask(&self) -> Question {
        Question {
            at: Instant::now(),
            forgotten: self.kept().forgotten,
        }
    }

    /// Keeps the answer to a question, unless something was forgotten since; not beyond the time at which the identity ends.
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
            // It is being written down already.
            use_is_news: false,
            ..identity.clone()
        };
        kept.by.insert(shown, Entry { identity, until });
    }

    /// Forgets a user when dropped: whatever becomes of the request, after what ends the user's sessions or access tokens.
    pub(super) fn forgetting(&self, owner: Owner) -> Forgetting {
        Forgetting {
            confirmed: self.clone(),
            whom: Whom::User(owner),
        }
    }

    /// Forgets who shows this when dropped.
    pub(super) fn forgetting_shown(&self, shown: Shown) -> Forgetting {
        Forgetting {
            confirmed: self.clone(),
            whom: Whom::Shown(shown),
        }
    }

    /// Nothing that is done under the lock can leave it half done.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// Makes room by removing those whose time is up, no more often than that can help.
    fn has_room(&mut self, now: Instant) -> bool {
        let is_due = |tidied: Instant| now.saturating_duration_since(tidied) >= KEPT_FOR;
        if self.by.len() >= MOST && self.tidied.is_none_or(is_due) {
            self.by.retain(|_, entry| entry.until > now);
            self.tidied = Some(now);
        }
        self.by.len() < MOST
    }
}

/// The end of what is known of somebody, at the end of this value.
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
        // Half a second later there is room again.
        confirmed.kept().tidied = None;
        let later = Question {
            at: Instant::now() + KEPT_FOR,
            ..confirmed.ask()
        };
        confirmed.keep(later, shown(MOST + 20), &identity(7), None);
        assert_eq!(confirmed.kept().by.len(), 1);
    }
}
