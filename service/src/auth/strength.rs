//! Refusal of passwords that are easy to guess.
//!
//! NIST SP 800-63B requires a minimum length and a comparison with commonly used passwords, and advises against rules about kinds of characters.
//! `zxcvbn` estimates the number of guesses that an attacker needs who knows lists of passwords, keyboard layouts, dates and the names of the
//! account.

use secrecy::{ExposeSecret as _, SecretString};
use zxcvbn::{Score, zxcvbn};

use crate::budget::Queue;
use crate::error::{Code, Error, FieldError};

/// Minimum score, 10^8 guesses, which resists an attacker who has the slow hashes (<https://github.com/dropbox/zxcvbn#usage>).
const ENOUGH: Score = Score::Three;

/// Refuses a password that is easy to guess for an attacker who knows these names. The validation error names `field` and carries the code
/// `weak_password`; length is checked elsewhere. This blocking version is for commands, because the estimate of a long password takes milliseconds.
pub fn check_strength(field: &str, password: &SecretString, names: &[&str]) -> Result<(), Error> {
    match find_weakness(field, password.expose_secret(), names) {
        Some(weak) => Err(Error::new(Code::ValidationFailed).fields(vec![weak])),
        None => Ok(()),
    }
}

/// Refuses a password that is easy to guess, like [`check_strength`], for the request that is being answered. The estimate runs in `queue`, off the threads
/// that answer requests.
pub async fn check_strength_in(
    queue: &Queue,
    field: &str,
    password: &SecretString,
    names: &[&str],
) -> Result<(), Error> {
    let (field, password) = (field.to_owned(), password.clone());
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    queue
        .run_for_current(move |stop| {
            stop.check_stopped()?;
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            check_strength(&field, &password, &names)
        })
        .await?
}

fn find_weakness(field: &str, password: &str, names: &[&str]) -> Option<FieldError> {
    let parts = names.iter().filter_map(|name| name.split('@').next());
    let known: Vec<&str> = names.iter().copied().chain(parts).collect();
    let estimate = zxcvbn(password, &known);
    if estimate.score() >= ENOUGH {
        return None;
    }
    let mut message = "is easy to guess; choose a longer password".to_owned();
    if let Some(feedback) = estimate.feedback() {
        let warning = feedback.warning().map(|warning| warning.to_string());
        let suggestions = feedback.suggestions().iter().map(ToString::to_string);
        for sentence in warning.into_iter().chain(suggestions) {
            message.push_str(". ");
            message.push_str(sentence.trim_end_matches('.'));
        }
    }
    Some(FieldError {
        field: field.to_owned(),
        code: "weak_password",
        message,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::FutureExt as _;

    use super::*;
    use crate::budget::{Key, QueueLimits};

    const NAMES: [&str; 2] = ["ada.l@example.com", "lovelace"];

    #[test]
    fn rejects_weak_passwords() {
        for password in [
            "password",
            "Password1!",
            "12345678",
            "87654321",
            "aaaaaaaa",
            "abcabcabcabc",
            "12121212",
            "qwertyuiop",
            "1q2w3e4r",
            "abcdefgh",
            "Welcome2026",
            "ada.l@example.com",
            "ADA.L1815",
            "lovelace",
            "lovelace99",
        ] {
            let objection = find_weakness("/password", password, &NAMES);
            assert!(objection.is_some(), "{password}");
        }
    }

    #[test]
    fn accepts_strong_passwords() {
        for password in [
            "correct horse battery staple",
            "correct horse battery",
            "lovelace invented it",
            "Zaunkönig",
            "8jd,2-xs!v",
            "ππππρρρρσσσσ",
            "my password is long",
        ] {
            let objection = find_weakness("/password", password, &NAMES);
            assert_eq!(objection, None, "{password}");
        }
    }

    #[test]
    fn explains_weakness_and_remedy() {
        let weak = find_weakness("/password", "qwertyuiop", &NAMES).unwrap();
        assert_eq!(
            weak.message,
            "is easy to guess; choose a longer password. This is a top-100 common password. Add another word or two. Uncommon words are better"
        );
    }

    #[tokio::test]
    async fn runs_estimate_in_queue() {
        let queue = Queue::new(QueueLimits {
            turns: 1,
            each: 1,
            waiting: 1,
            waiting_each: 1,
        });
        let other = queue
            .wait_for_turn(Key::User(uuid::Uuid::nil()), 1)
            .await
            .unwrap();
        let (good, weak) = ("correct horse battery".into(), "Password1!".into());
        let mut first = Box::pin(check_strength_in(&queue, "/password", &good, &NAMES));
        assert!(first.as_mut().now_or_never().is_none());
        assert_eq!(queue.waiting_requests(), 1);
        let second = check_strength_in(&queue, "/password", &good, &NAMES).await;
        assert_eq!(second.unwrap_err().code(), Code::RateLimited);
        drop(other);
        let first = tokio::time::timeout(Duration::from_secs(20), first).await;
        first.unwrap().unwrap();
        let refused = check_strength_in(&queue, "/password", &weak, &NAMES).await;
        assert_eq!(refused.unwrap_err().code(), Code::ValidationFailed);
    }

    #[test]
    fn estimates_longest_password_in_time() {
        let long = "a1!B".repeat(64);
        let started = std::time::Instant::now();
        let result = check_strength("/password", &long.into(), &["ada"]);
        assert!(
            started.elapsed().as_secs() < 5,
            "{:?}: {result:?}",
            started.elapsed()
        );
    }
}
