//! Passwords as Argon2id hashes. Hashing runs in the work queue of the process, off the threads that answer requests and with callers taking turns.
//! The main type is [`Passwords`].

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::UnicodeNormalization;

use crate::budget::{Budget, Limits, Queue};
use crate::error::Error;

/// Cost parameters of Argon2id, which set the price of each guess at a password. The number of lanes is always one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory of one hash in KiB. Default: 19 MiB.
    pub memory: u32,
    /// Passes over the memory. Default: 2.
    pub passes: u32,
}

impl Default for Cost {
    /// Returns the minimum that OWASP recommends for Argon2id with one lane
    /// (<https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html>). Memory is the scarcest resource of a small task.
    fn default() -> Self {
        Self {
            memory: 19 * 1024,
            passes: 2,
        }
    }
}

/// Length of a salt in bytes; the constant below is the length of a hash (RFC 9106, section 4).
const SALT: usize = 16;
const HASH: usize = 32;

impl Cost {
    fn to_params(self) -> Result<Params, Error> {
        Params::new(self.memory, self.passes, 1, None).map_err(to_internal_error)
    }

    /// Returns true if the hash was created with this cost, algorithm and version.
    fn matches_hash(self, hash: &PasswordHash) -> bool {
        let wanted = Params::new(self.memory, self.passes, 1, None);
        hash.algorithm == Algorithm::Argon2id.ident()
            && hash.version == Some(Version::V0x13.into())
            && wanted
                .is_ok_and(|wanted| Params::try_from(&hash.params).is_ok_and(|made| made == wanted))
    }
}

/// Result of comparing a password with a stored hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The password is correct.
    Correct {
        /// Replacement for the stored hash, if that was created with another cost than new hashes are.
        rehashed: Option<String>,
    },
    /// The password is incorrect, or there was no hash to compare it with.
    Incorrect,
}

/// Hashes and verifies passwords with one cost. Clones share the queue, the counter of work and the memory.
#[derive(Debug, Clone)]
pub struct Passwords {
    cost: Cost,
    queue: Queue,
    work: Arc<AtomicU64>,
    memory: Memory,
}

impl Passwords {
    /// Creates a hasher with this cost that runs its work in this queue.
    pub fn new(cost: Cost, queue: Queue) -> Self {
        Self {
            cost,
            queue,
            work: Arc::default(),
            memory: Memory::default(),
        }
    }

    /// Creates a hasher with this cost and a separate queue, for commands that do not serve requests.
    pub fn with_own_queue(cost: Cost) -> Self {
        Self::new(cost, Budget::new(&Limits::default()).work)
    }

    /// Hashes a new password with a random salt and returns the hash in PHC string format.
    pub async fn hash_password(&self, password: &SecretString) -> Result<String, Error> {
        let (cost, password) = (self.cost, normalize_password(password));
        self.run_queued(move |memory| memory.hash_with_salt(cost, &password))
            .await
    }

    /// Compares a password with a stored hash. Without a hash, because the account does not exist, it does the same amount of work, so that response
    /// times do not reveal which accounts exist.
    pub async fn verify_password(
        &self,
        password: &SecretString,
        kept: Option<String>,
    ) -> Result<Verdict, Error> {
        let (cost, password) = (self.cost, normalize_password(password));
        self.run_queued(move |memory| {
            let Some(kept) = kept else {
                memory.hash_with_salt(cost, &password)?;
                return Ok(Verdict::Incorrect);
            };
            let kept = PasswordHash::new(&kept).map_err(to_internal_error)?;
            match (memory.is_right(&password, &kept)?, cost.matches_hash(&kept)) {
                (false, _) => Ok(Verdict::Incorrect),
                (true, true) => Ok(Verdict::Correct { rehashed: None }),
                (true, false) => {
                    memory
                        .hash_with_salt(cost, &password)
                        .map(|hash| Verdict::Correct {
                            rehashed: Some(hash),
                        })
                }
            }
        })
        .await
    }

    /// Returns the number of hashing jobs that have started since the process began. Each job verifies or hashes one password.
    pub fn work_done(&self) -> u64 {
        self.work.load(Ordering::Relaxed)
    }

    async fn run_queued<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Memory) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (count, memory) = (Arc::clone(&self.work), self.memory.clone());
        self.queue
            .run_for_current(move |stop| {
                stop.check_stopped()?;
                count.fetch_add(1, Ordering::Relaxed);
                let done = work(&memory);
                memory.schedule_release();
                done
            })
            .await?
    }
}

/// Normalizes a password to NFKC, so that it matches regardless of how a keyboard composes letters (NIST SP 800-63B, section 3.1.1.2).
fn normalize_password(password: &SecretString) -> SecretString {
    password.expose_secret().nfkc().collect::<String>().into()
}

/// Time after the last hash for which its memory is kept. Sign-ins often follow each other, and each takes longer with new memory.
const IDLE: Duration = Duration::from_secs(10);

/// Minimum capacity of a buffer in blocks of 1 KiB. Above 32 MiB, the allocator of glibc always maps a separate region and unmaps it when it is freed
/// (`M_MMAP_THRESHOLD` in `mallopt(3)`). Smaller buffers can come from a heap, which keeps freed memory and, in glibc 2.36, does not reuse it with the
/// alignment that Argon2 needs (<https://sourceware.org/bugzilla/show_bug.cgi?id=14581>): 45 hashes took 870 MiB. The part of the capacity that no
/// hash writes to takes address space only.
const CAPACITY: usize = 33 * 1024;

/// Pool of the buffers that hashes are computed in, which are reused for later hashes and freed after [`IDLE`].
#[derive(Debug, Clone, Default)]
struct Memory(Arc<Mutex<Pool>>);

#[derive(Debug, Default)]
struct Pool {
    buffers: Vec<Vec<Block>>,
    /// Number of times that a buffer was returned to the pool.
    returns: u64,
    is_release_scheduled: bool,
}

impl Memory {
    /// Hashes a password with a new random salt.
    fn hash_with_salt(&self, cost: Cost, password: &SecretString) -> Result<String, Error> {
        let params = cost.to_params()?;
        let mut salt = [0; SALT];
        getrandom::fill(&mut salt).map_err(to_internal_error)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
        let hash = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&params).map_err(to_internal_error)?,
            salt: Some(Salt::new(&salt).map_err(to_internal_error)?),
            hash: Some(self.compute_output(&argon2, password, &salt, HASH)?),
        };
        Ok(hash.to_string())
    }

    /// Returns true if the hash was created from this password, with any cost.
    fn is_right(&self, password: &SecretString, kept: &PasswordHash) -> Result<bool, Error> {
        let (Some(salt), Some(expected)) = (&kept.salt, &kept.hash) else {
            return Err(to_internal_error("a stored password hash is incomplete"));
        };
        let algorithm = Algorithm::new(kept.algorithm.as_str()).map_err(to_internal_error)?;
        let version = kept.version.map(Version::try_from).transpose();
        let version = version.map_err(to_internal_error)?.unwrap_or_default();
        let params = Params::try_from(kept).map_err(to_internal_error)?;
        let argon2 = Argon2::new(algorithm, version, params);
        let length = expected.as_ref().len();
        // `Output` compares in constant time.
        Ok(self.compute_output(&argon2, password, salt.as_ref(), length)? == *expected)
    }

    fn compute_output(
        &self,
        argon2: &Argon2<'_>,
        password: &SecretString,
        salt: &[u8],
        length: usize,
    ) -> Result<Output, Error> {
        let mut blocks = self.lock_pool().buffers.pop().unwrap_or_default();
        let count = argon2.params().block_count();
        if blocks.len() < count {
            blocks = Vec::with_capacity(count.max(CAPACITY));
            blocks.resize(count, Block::default());
        }
        let mut output = vec![0; length];
        let made = argon2.hash_password_into_with_memory(
            password.expose_secret().as_bytes(),
            salt,
            &mut output,
            &mut blocks[..count],
        );
        let mut pool = self.lock_pool();
        pool.buffers.push(blocks);
        pool.returns += 1;
        drop(pool);
        made.map_err(to_internal_error)?;
        Output::new(&output).map_err(to_internal_error)
    }

    /// Frees the buffers of the pool once none has been used for [`IDLE`]. Requires the context of a Tokio runtime, which the threads of its blocking
    /// work have.
    fn schedule_release(&self) {
        let mut pool = self.lock_pool();
        if std::mem::replace(&mut pool.is_release_scheduled, true) {
            return;
        }
        let (memory, mut seen) = (self.clone(), pool.returns);
        drop(pool);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(IDLE).await;
                let mut pool = memory.lock_pool();
                if pool.returns == seen {
                    pool.buffers = Vec::new();
                    pool.is_release_scheduled = false;
                    return;
                }
                seen = pool.returns;
            }
        });
    }

    /// Locks the pool and ignores poisoning, because a panic cannot leave the pool in an inconsistent state.
    fn lock_pool(&self) -> MutexGuard<'_, Pool> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the argument of `map_err`")]
fn to_internal_error(error: impl ToString) -> Error {
    Error::internal(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::QueueLimits;
    use crate::error::Code;

    fn create_hasher(cost: Cost) -> Passwords {
        Passwords::with_own_queue(cost)
    }

    const CHEAP: Cost = Cost {
        memory: 64,
        passes: 1,
    };

    #[tokio::test]
    async fn verifies_passwords() {
        let passwords = create_hasher(CHEAP);
        let hash = passwords
            .hash_password(&"a café in Rome".into())
            .await
            .unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{hash}");
        // The accent as a separate character.
        let composed = "a cafe\u{301} in Rome".into();
        assert_eq!(
            passwords
                .verify_password(&composed, Some(hash.clone()))
                .await
                .unwrap(),
            Verdict::Correct { rehashed: None }
        );
        for wrong in ["a cafe in Rome", "", "A café in Rome"] {
            assert_eq!(
                passwords
                    .verify_password(&wrong.into(), Some(hash.clone()))
                    .await
                    .unwrap(),
                Verdict::Incorrect
            );
        }
        let again = passwords
            .hash_password(&"a café in Rome".into())
            .await
            .unwrap();
        assert_ne!(hash, again, "every hash has a salt of its own");
    }

    #[tokio::test]
    async fn rehashes_after_cost_change() {
        let password = "correct horse".into();
        let old = create_hasher(CHEAP).hash_password(&password).await.unwrap();
        let passwords = create_hasher(Cost {
            memory: 128,
            passes: 1,
        });
        let Verdict::Correct {
            rehashed: Some(new),
        } = passwords
            .verify_password(&password, Some(old))
            .await
            .unwrap()
        else {
            panic!("the cost differs");
        };
        assert!(new.contains("m=128,"), "{new}");
        let verdict = passwords
            .verify_password(&password, Some(new))
            .await
            .unwrap();
        assert_eq!(verdict, Verdict::Correct { rehashed: None });
    }

    /// Test vectors of the reference implementation (`src/test.c`, version 0x13).
    #[tokio::test]
    async fn verifies_hashes_of_other_programs() {
        let kept =
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        for (password, right) in [("password", true), ("passwords", false)] {
            let verdict = create_hasher(CHEAP)
                .verify_password(&password.into(), Some(kept.to_owned()))
                .await
                .unwrap();
            assert_eq!(
                matches!(verdict, Verdict::Correct { rehashed: Some(_) }),
                right
            );
        }
    }

    #[tokio::test(start_paused = true)]
    async fn reuses_memory_until_idle() {
        let passwords = create_hasher(CHEAP);
        let kept = passwords
            .hash_password(&"correct horse".into())
            .await
            .unwrap();
        let wrong = "wrong horse".into();
        for _ in 0..5 {
            let verdict = passwords.verify_password(&wrong, Some(kept.clone())).await;
            assert_eq!(verdict.unwrap(), Verdict::Incorrect);
        }
        let pooled = || {
            let pool = passwords.memory.lock_pool();
            pool.buffers.iter().map(Vec::len).collect::<Vec<_>>()
        };
        assert_eq!(pooled(), [64]);
        // Again after the first release, which ends its task.
        for _ in 0..2 {
            tokio::time::sleep(IDLE * 2 + Duration::from_secs(1)).await;
            assert!(pooled().is_empty());
            passwords.hash_password(&wrong).await.unwrap();
            assert_eq!(pooled(), [64]);
        }
    }

    #[tokio::test]
    async fn fails_on_malformed_stored_hash() {
        let passwords = create_hasher(CHEAP);
        let error = passwords
            .verify_password(&"x".into(), Some("plain".to_owned()))
            .await
            .unwrap_err();
        assert_eq!(error.code(), Code::Internal);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn rejects_requests_above_queue_limit() {
        let queue = Queue::new(QueueLimits {
            turns: 1,
            each: 1,
            waiting: 2,
            waiting_each: 2,
        });
        let passwords = Passwords::new(Cost::default(), queue);
        let attempts = (0..20).map(|_| {
            let passwords = passwords.clone();
            tokio::spawn(async move { passwords.hash_password(&"correct horse".into()).await })
        });
        let mut turned_away = 0;
        for attempt in attempts.collect::<Vec<_>>() {
            if let Err(error) = attempt.await.unwrap() {
                assert_eq!(error.code(), Code::RateLimited);
                assert_eq!(error.retry_after_seconds(), Some(1));
                turned_away += 1;
            }
        }
        assert!(turned_away > 0);
        assert_eq!(20 - turned_away, passwords.work_done());
        // Once they are done, the queue accepts work again.
        assert!(
            passwords
                .hash_password(&"correct horse".into())
                .await
                .is_ok()
        );
    }

    #[tokio::test]
    async fn takes_equal_time_without_account() {
        let passwords = create_hasher(Cost::default());
        let kept = passwords
            .hash_password(&"correct horse".into())
            .await
            .unwrap();
        let wrong: SecretString = "wrong horse".into();
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..9 {
            for (times, kept) in times.iter_mut().zip([Some(kept.clone()), None]) {
                let start = std::time::Instant::now();
                let verdict = passwords.verify_password(&wrong, kept).await.unwrap();
                times.push(start.elapsed());
                assert_eq!(verdict, Verdict::Incorrect);
            }
        }
        // Other load on the machine can only increase the time.
        let [somebody, nobody] = times.map(|times| times.into_iter().min().unwrap());
        // Without the work it would take a thousandth; a build that runs at the same time doubles it.
        assert!(nobody * 20 > somebody, "{nobody:?}, {somebody:?}");
        assert!(somebody * 20 > nobody, "{nobody:?}, {somebody:?}");
    }
}
