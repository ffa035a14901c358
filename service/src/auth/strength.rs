//! Passwords that anyone would try first.
//!
//! NIST SP 800-63B asks for a minimum length and a look at what is commonly used, and against rules about kinds of characters. A leaked-password
//! list of useful size is larger than this program, so the look is at what such lists have in common.

use std::collections::BTreeSet;

use crate::error::FieldError;

/// Words that lists of leaked passwords are full of, with digits and signs around them.
const COMMON: [&str; 34] = [
    "admin",
    "administrator",
    "asdfgh",
    "baseball",
    "changeme",
    "charlie",
    "computer",
    "default",
    "dragon",
    "football",
    "freedom",
    "geheim",
    "hallo",
    "hello",
    "iloveyou",
    "internet",
    "letmein",
    "login",
    "master",
    "michael",
    "monkey",
    "notes",
    "password",
    "passwort",
    "princess",
    "qwerty",
    "qwertz",
    "secret",
    "starwars",
    "sunshine",
    "superman",
    "test",
    "trustno",
    "welcome",
];

/// Rows of keyboards, and what people count along.
const RUNS: [&str; 6] = [
    "0123456789012345678901234567890",
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
];

/// What is wrong with a password that somebody with these names chose, at this field; length is checked elsewhere.
pub fn objection(field: &str, password: &str, names: &[&str]) -> Option<FieldError> {
    let folded = password.to_lowercase();
    let message = if names.iter().any(|name| is_name(&folded, name)) {
        "is the name or the address of the account; choose something only you know"
    } else if is_common(&folded) {
        "is among the first that an attacker tries; choose a longer one, as several words that have nothing to do with each other"
    } else {
        return None;
    };
    Some(FieldError {
        field: field.to_owned(),
        code: "weak_password",
        message: message.to_owned(),
    })
}

/// The name itself, its part before `@`, or either with digits and signs around it.
fn is_name(folded: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    let local = name.split('@').next().unwrap_or_default();
    !name.is_empty() && [name.as_str(), local, letters(local)].contains(&folded)
        || !local.is_empty() && letters(folded) == local
}

fn is_common(folded: &str) -> bool {
    let kinds: BTreeSet<char> = folded.chars().collect();
    let backwards: String = folded.chars().rev().collect();
    // As `aaaaaaaa` and `12121212`.
    kinds.len() <= 2
        || COMMON.contains(&letters(folded))
        || RUNS
            .iter()
            .any(|run| run.contains(folded) || run.contains(&backwards))
}

/// Without what is no letter at both ends.
fn letters(text: &str) -> &str {
    text.trim_matches(|char: char| !char.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_is_refused() {
        for password in [
            "password",
            "Password1!",
            "12345678",
            "87654321",
            "aaaaaaaa",
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
            let names = ["ada.l@example.com", "lovelace"];
            let objection = objection("/password", password, &names);
            assert!(objection.is_some(), "{password}");
        }
    }

    #[test]
    fn what_is_not_common_is_allowed() {
        for password in [
            "correct horse battery staple",
            "lovelace invented it",
            "Zaunkönig",
            "8jd,2-xs",
            "ππππρρρρσσσσ",
            "my password is long",
        ] {
            let names = ["ada.l@example.com", "lovelace", ""];
            let objection = objection("/password", password, &names);
            assert_eq!(objection, None, "{password}");
        }
    }
}
