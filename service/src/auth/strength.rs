//! Passwords that are guessed soon.
//!
//! NIST SP 800-63B asks for a minimum length and a look at what is commonly used, and against rules about kinds of characters. `zxcvbn` estimates how
//! many guesses an attacker needs who knows such lists, keyboards, dates and the names of the account.

use secrecy::{ExposeSecret as _, SecretString};
use tokio::task;
use zxcvbn::{Score, zxcvbn};

use crate::error::{Code, Error, FieldError};

/// The least that resists somebody who has the hashes, as slow as they are: 10^8 guesses (<https://github.com/dropbox/zxcvbn#usage>).
const ENOUGH: Score = Score::Three;

/// Refuses a password that is guessed soon of somebody with these names, at this field; length is checked elsewhere.
///
/// The estimate of a long password takes milliseconds, so it is made off the threads that answer requests.
pub async fn check(field: &str, password: &SecretString, names: &[&str]) -> Result<(), Error> {
    let (field, password) = (field.to_owned(), password.clone());
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let weak = task::spawn_blocking(move || objection(&field, password.expose_secret(), &names))
        .await
        .map_err(Error::internal)?;
    match weak {
        Some(weak) => Err(Error::new(Code::ValidationFailed).fields(vec![weak])),
        None => Ok(()),
    }
}

fn objection(field: &str, password: &str, names: &[String]) -> Option<FieldError> {
    let parts = names.iter().filter_map(|name| name.split('@').next());
    let known: Vec<&str> = names.iter().map(String::as_str).chain(parts).collect();
    let estimate = zxcvbn(password, &known);
    if estimate.score() >= ENOUGH {
        return None;
    }
    let mut message = "is guessed soon; choose a longer one".to_owned();
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
    use super::*;

    fn names() -> Vec<String> {
        ["ada.l@example.com", "lovelace"].map(str::to_owned).into()
    }

    #[test]
    fn refuses_what_is_guessed_soon() {
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
            let objection = objection("/password", password, &names());
            assert!(objection.is_some(), "{password}");
        }
    }

    #[test]
    fn allows_what_is_not() {
        for password in [
            "correct horse battery staple",
            "correct horse battery",
            "lovelace invented it",
            "Zaunkönig",
            "8jd,2-xs!v",
            "ππππρρρρσσσσ",
            "my password is long",
        ] {
            let objection = objection("/password", password, &names());
            assert_eq!(objection, None, "{password}");
        }
    }

    #[test]
    fn says_why_and_the_way_out() {
        let weak = objection("/password", "qwertyuiop", &names()).unwrap();
        assert_eq!(
            weak.message,
            "is guessed soon; choose a longer one. This is a top-100 common password. Add another word or two. Uncommon words are better"
        );
    }

    #[tokio::test]
    async fn the_longest_password_is_judged_in_time() {
        let long = "a1!B".repeat(64);
        let started = std::time::Instant::now();
        let result = check("/password", &long.into(), &["ada"]).await;
        assert!(
            started.elapsed().as_secs() < 5,
            "{:?}: {result:?}",
            started.elapsed()
        );
    }
}
