//! Passwords as Argon2id hashes, made off the threads that answer requests, and so many at once as there are processors.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{Error as HashError, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;
use tokio::task;
use unicode_normalization::UnicodeNormalization;

use crate::error::{Code, Error};

/// Those who may wait for each processor; about a third of a second, after which waiting helps nobody.
const WAITING_PER_PROCESSOR: usize = 16;

/// How expensive it is to try a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// KiB of memory.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for Cost {
    /// The least that OWASP names for Argon2id with one lane
    /// (<https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html>): memory is what a small task has least of.
    fn default() -> Self {
        Self {
            memory: 19 * 1024,
            passes: 2,
        }
    }
}

impl Cost {
    fn argon2(self) -> Result<Argon2<'static>, Error> {
        let params = Params::new(self.memory, self.passes, 1, None)
            .map_err(|error| Error::internal(error.to_string()))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }

    /// Whether a hash was made at this cost.
    fn made(self, hash: &PasswordHash) -> bool {
        let wanted = Params::new(self.memory, self.passes, 1, None);
        hash.algorithm == Algorithm::Argon2id.ident()
            && hash.version == Some(Version::V0x13.into())
            && wanted
                .is_ok_and(|wanted| Params::try_from(&hash.params).is_ok_and(|made| made == wanted))
    }
}

/// Whether a password was right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It was.
    Right {
        /// A new hash, where the one that is kept was made at another cost than new ones are.
        rehashed: Option<String>,
    },
    /// It was not.
    Wrong,
}

/// Hashes passwords and compares them; clones share the limits.
#[derive(Debug, Clone)]
pub struct Passwords {
    cost: Cost,
    running: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
    work: Arc<AtomicU64>,
}

impl Passwords {
    /// At this cost, with a limit for this machine.
    pub fn new(cost: Cost) -> Self {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        Self::limited(cost, processors, processors * WAITING_PER_PROCESSOR)
    }

    /// So many at once, and so many more that wait.
    fn limited(cost: Cost, running: usize, waiting: usize) -> Self {
        Self {
            cost,
            running: Arc::new(Semaphore::new(running)),
            admitted: Arc::new(Semaphore::new(running + waiting)),
            work: Arc::default(),
        }
    }

    /// The hash of a new password.
    pub async fn hash(&self, password: &SecretString) -> Result<String, Error> {
        let (cost, password) = (self.cost, normal(password));
        self.run(move || hash(cost, &password)).await
    }

    /// Compares a password with a kept hash. Without a hash, because nobody has the name, it does the same work: how long an answer takes does not
    /// say whether an account exists.
    pub async fn verify(
        &self,
        password: &SecretString,
        kept: Option<String>,
    ) -> Result<Verdict, Error> {
        let (cost, password) = (self.cost, normal(password));
        self.run(move || {
            let Some(kept) = kept else {
                hash(cost, &password)?;
                return Ok(Verdict::Wrong);
            };
            let kept =
                PasswordHash::new(&kept).map_err(|error| Error::internal(error.to_string()))?;
            // The cost is the one the hash was made at.
            match Argon2::default().verify_password(password.expose_secret().as_bytes(), &kept) {
                Ok(()) if cost.made(&kept) => Ok(Verdict::Right { rehashed: None }),
                Ok(()) => hash(cost, &password).map(|hash| Verdict::Right {
                    rehashed: Some(hash),
                }),
                Err(HashError::PasswordInvalid) => Ok(Verdict::Wrong),
                Err(error) => Err(Error::internal(error.to_string())),
            }
        })
        .await
    }

    /// How many times work was done since the start.
    pub fn work_done(&self) -> u64 {
        self.work.load(Ordering::Relaxed)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let admitted = Arc::clone(&self.admitted)
            .try_acquire_owned()
            .map_err(|_| {
                Error::new(Code::Unavailable)
                    .detail("too many people sign in at this moment")
                    .retry_after(1)
            })?;
        let running = Arc::clone(&self.running)
            .acquire_owned()
            .await
            .expect("the semaphore is never closed");
        self.work.fetch_add(1, Ordering::Relaxed);
        // The permits go with the work: it goes on when the client that asked for it has gone.
        task::spawn_blocking(move || {
            let _permits = (admitted, running);
            work()
        })
        .await
        .map_err(Error::internal)?
    }
}

/// Equal however a keyboard composes letters (NIST SP 800-63B, section 3.1.1.2).
fn normal(password: &SecretString) -> SecretString {
    password.expose_secret().nfkc().collect::<String>().into()
}

fn hash(cost: Cost, password: &SecretString) -> Result<String, Error> {
    let hash: PasswordHash = cost
        .argon2()?
        .hash_password(password.expose_secret().as_bytes())
        .map_err(|error| Error::internal(error.to_string()))?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost {
        memory: 64,
        passes: 1,
    };

    #[tokio::test]
    async fn a_password_is_right_or_wrong() {
        let passwords = Passwords::new(CHEAP);
        let hash = passwords.hash(&"a café in Rome".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{hash}");
        // The accent as a character of its own.
        let composed = "a cafe\u{301} in Rome".into();
        assert_eq!(
            passwords
                .verify(&composed, Some(hash.clone()))
                .await
                .unwrap(),
            Verdict::Right { rehashed: None }
        );
        for wrong in ["a cafe in Rome", "", "A café in Rome"] {
            assert_eq!(
                passwords
                    .verify(&wrong.into(), Some(hash.clone()))
                    .await
                    .unwrap(),
                Verdict::Wrong
            );
        }
        let again = passwords.hash(&"a café in Rome".into()).await.unwrap();
        assert_ne!(hash, again, "every hash has a salt of its own");
    }

    #[tokio::test]
    async fn a_hash_of_another_cost_is_made_anew() {
        let password = "correct horse".into();
        let old = Passwords::new(CHEAP).hash(&password).await.unwrap();
        let passwords = Passwords::new(Cost {
            memory: 128,
            passes: 1,
        });
        let Verdict::Right {
            rehashed: Some(new),
        } = passwords.verify(&password, Some(old)).await.unwrap()
        else {
            panic!("the cost differs");
        };
        assert!(new.contains("m=128,"), "{new}");
        let verdict = passwords.verify(&password, Some(new)).await.unwrap();
        assert_eq!(verdict, Verdict::Right { rehashed: None });
    }

    #[tokio::test]
    async fn a_kept_hash_that_is_none_is_a_defect() {
        let passwords = Passwords::new(CHEAP);
        let error = passwords
            .verify(&"x".into(), Some("plain".to_owned()))
            .await
            .unwrap_err();
        assert_eq!(error.code(), Code::Internal);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn more_than_may_wait_are_turned_away() {
        let passwords = Passwords::limited(Cost::default(), 1, 2);
        let attempts = (0..20).map(|_| {
            let passwords = passwords.clone();
            tokio::spawn(async move { passwords.hash(&"correct horse".into()).await })
        });
        let mut turned_away = 0;
        for attempt in attempts.collect::<Vec<_>>() {
            if let Err(error) = attempt.await.unwrap() {
                assert_eq!(error.code(), Code::Unavailable);
                assert_eq!(error.retry_after_seconds(), Some(1));
                turned_away += 1;
            }
        }
        assert!(turned_away > 0);
        assert_eq!(20 - turned_away, passwords.work_done());
        // And when they are gone, there is room again.
        assert!(passwords.hash(&"correct horse".into()).await.is_ok());
    }

    #[tokio::test]
    async fn nobody_costs_as_much_as_somebody() {
        let passwords = Passwords::new(Cost::default());
        let kept = passwords.hash(&"correct horse".into()).await.unwrap();
        let wrong: SecretString = "wrong horse".into();
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..9 {
            for (times, kept) in times.iter_mut().zip([Some(kept.clone()), None]) {
                let start = std::time::Instant::now();
                let verdict = passwords.verify(&wrong, kept).await.unwrap();
                times.push(start.elapsed());
                assert_eq!(verdict, Verdict::Wrong);
            }
        }
        // What else the machine does can only add to it.
        let [somebody, nobody] = times.map(|times| times.into_iter().min().unwrap());
        // Without the work it is a thousandth; a machine that builds meanwhile makes a double of it.
        assert!(nobody * 20 > somebody, "{nobody:?}, {somebody:?}");
        assert!(somebody * 20 > nobody, "{nobody:?}, {somebody:?}");
    }
}
