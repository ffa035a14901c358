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
pub(super) enum CredentialHash {
    /// Hash of a session's token.
    Session([u8; 32]),
    /// Hash of an access token.
    AccessToken([u8; 32]),
}

/// The cache of confirmed identities; clones share its entries.
#[derive(Debug, Clone, Default)]
pub(super) struct IdentityCache {
    inner: Arc<Mutex<CacheState>>,
}

#[derive(Debug, Default)]
struct CacheState {
    entries: HashMap<CredentialHash, Entry>,
    /// Number of removals. A query that started before a removal may not add its result.
    removals: u64,
    /// Time of the last removal of expired entries.
    last_cleanup: Option<Instant>,
}

#[derive(Debug)]
struct Entry {
    identity: Identity,
    until: Instant,
}

/// The start of a query, and the number of removals at that time.
#[derive(Debug, Clone, Copy)]
pub(super) struct PendingQuery {
    started_at: Instant,
    removals: u64,
}

impl IdentityCache {
    /// Returns the identity for a credential, if the cache has an unexpired entry and the request accepts one.
    pub(super) fn get_identity(
        &self,
        shown: &CredentialHash,
        freshness: Freshness,
    ) -> Option<Identity> {
        if freshness == Freshness::Current {
            return None;
        }
        let kept = self.lock_state();
        let entry = kept.entries.get(shown)?;
        (Instant::now() < entry.until).then(|| entry.identity.clone())
    }

    /// Records the start of a query, for a later [`keep`](Self::keep).
    pub(super) fn start_query(&self) -> PendingQuery {
        PendingQuery {
            started_at: Instant::now(),
            removals: self.lock_state().removals,
        }
    }

    /// Adds the result of a query, unless entries were removed since the query began. The entry expires with the identity at the latest.
    pub(super) fn store_identity(
        &self,
        question: PendingQuery,
        shown: CredentialHash,
        identity: &Identity,
        ends_at: Option<DateTime<Utc>>,
    ) {
        let left = ends_at.map(|end| (end - clock::now()).to_std().unwrap_or_default());
        let until = question.started_at + left.map_or(KEPT_FOR, |left| left.min(KEPT_FOR));
        let mut kept = self.lock_state();
        if kept.removals != question.removals || !kept.has_room(question.started_at) {
            return;
        }
        let identity = Identity {
            // The current request already records the use.
            should_record_use: false,
            ..identity.clone()
        };
        kept.entries.insert(shown, Entry { identity, until });
    }

    /// Returns a guard that removes the entries of a user when dropped. Create it before a change that ends sessions or access tokens: the entries go
    /// even if the request is aborted.
    pub(super) fn invalidate_user_on_drop(&self, owner: Owner) -> InvalidationGuard {
        InvalidationGuard {
            cache: self.clone(),
            target: InvalidationTarget::User(owner),
        }
    }

    /// Returns a guard that removes the entry of one credential when dropped.
    pub(super) fn invalidate_on_drop(&self, shown: CredentialHash) -> InvalidationGuard {
        InvalidationGuard {
            cache: self.clone(),
            target: InvalidationTarget::Credential(shown),
        }
    }

    /// Locks the cache. A panic cannot leave it inconsistent, so a poisoned lock is accepted.
    fn lock_state(&self) -> MutexGuard<'_, CacheState> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl CacheState {
    /// Returns true if there is room for an entry, after removing expired entries. It does so at most once per [`KEPT_FOR`], since entries expire no
    /// faster.
    fn has_room(&mut self, now: Instant) -> bool {
        let is_due = |tidied: Instant| now.saturating_duration_since(tidied) >= KEPT_FOR;
        if self.entries.len() >= MOST && self.last_cleanup.is_none_or(is_due) {
            self.entries.retain(|_, entry| entry.until > now);
            self.last_cleanup = Some(now);
        }
        self.entries.len() < MOST
    }
}

/// A guard that removes the entries of a user or a credential when dropped, after the change.
#[derive(Debug)]
#[must_use = "it forgets when it is dropped, which is to be after the change"]
pub(super) struct InvalidationGuard {
    cache: IdentityCache,
    target: InvalidationTarget,
}

#[derive(Debug, Clone, Copy)]
enum InvalidationTarget {
    User(Owner),
    Credential(CredentialHash),
}

impl Drop for InvalidationGuard {
    fn drop(&mut self) {
        let mut kept = self.cache.lock_state();
        kept.removals += 1;
        match self.target {
            InvalidationTarget::User(owner) => kept
                .entries
                .retain(|_, entry| entry.identity.owner != owner),
            InvalidationTarget::Credential(shown) => drop(kept.entries.remove(&shown)),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::store::sessions::Credential;

    fn test_identity(user: u128) -> Identity {
        Identity {
            owner: Owner::from_authenticated(Uuid::from_u128(user)),
            is_guest: false,
            credential: Credential::AccessToken {
                id: Uuid::from_u128(user),
                scopes: crate::domain::scope::Scopes::read_only(),
            },
            should_record_use: true,
        }
    }

    fn session_hash(number: usize) -> CredentialHash {
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(&number.to_be_bytes());
        CredentialHash::Session(hash)
    }

    fn get_recent(confirmed: &IdentityCache, shown: CredentialHash) -> Option<Identity> {
        assert_eq!(confirmed.get_identity(&shown, Freshness::Current), None);
        confirmed.get_identity(&shown, Freshness::Recent)
    }

    #[test]
    fn caches_identity_without_pending_use() {
        let confirmed = IdentityCache::default();
        assert_eq!(get_recent(&confirmed, session_hash(1)), None);
        confirmed.store_identity(
            confirmed.start_query(),
            session_hash(1),
            &test_identity(7),
            None,
        );
        let kept = get_recent(&confirmed, session_hash(1)).unwrap();
        assert_eq!(kept.owner, test_identity(7).owner);
        assert!(!kept.should_record_use);
        let CredentialHash::Session(hash) = session_hash(1) else {
            unreachable!()
        };
        assert_eq!(
            get_recent(&confirmed, CredentialHash::AccessToken(hash)),
            None
        );
    }

    #[test]
    fn expires_entries_after_half_a_second() {
        let confirmed = IdentityCache::default();
        let question = PendingQuery {
            started_at: Instant::now().checked_sub(KEPT_FOR).unwrap(),
            ..confirmed.start_query()
        };
        confirmed.store_identity(question, session_hash(1), &test_identity(7), None);
        assert_eq!(get_recent(&confirmed, session_hash(1)), None);
    }

    #[test]
    fn expires_entries_with_the_identity() {
        let confirmed = IdentityCache::default();
        let past = clock::now() - chrono::TimeDelta::seconds(1);
        confirmed.store_identity(
            confirmed.start_query(),
            session_hash(1),
            &test_identity(7),
            Some(past),
        );
        assert_eq!(get_recent(&confirmed, session_hash(1)), None);
    }

    #[test]
    fn drops_results_of_queries_before_removal() {
        let confirmed = IdentityCache::default();
        let before = confirmed.start_query();
        for user in [7, 8] {
            confirmed.store_identity(
                before,
                session_hash(user),
                &test_identity(user as u128),
                None,
            );
        }
        drop(confirmed.invalidate_user_on_drop(test_identity(7).owner));
        assert_eq!(get_recent(&confirmed, session_hash(7)), None);
        assert!(get_recent(&confirmed, session_hash(8)).is_some());
        confirmed.store_identity(before, session_hash(7), &test_identity(7), None);
        assert_eq!(get_recent(&confirmed, session_hash(7)), None);
        drop(confirmed.invalidate_on_drop(session_hash(8)));
        assert_eq!(get_recent(&confirmed, session_hash(8)), None);
    }

    #[test]
    fn limits_number_of_entries() {
        let confirmed = IdentityCache::default();
        for number in 0..MOST + 10 {
            confirmed.store_identity(
                confirmed.start_query(),
                session_hash(number),
                &test_identity(7),
                None,
            );
        }
        assert_eq!(confirmed.lock_state().entries.len(), MOST);
        // The entries expire after half a second, which makes room.
        confirmed.lock_state().last_cleanup = None;
        let later = PendingQuery {
            started_at: Instant::now() + KEPT_FOR,
            ..confirmed.start_query()
        };
        confirmed.store_identity(later, session_hash(MOST + 20), &test_identity(7), None);
        assert_eq!(confirmed.lock_state().entries.len(), 1);
    }
}
