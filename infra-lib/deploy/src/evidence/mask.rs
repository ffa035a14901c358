//! Masks likely secrets in lines from logs and services, since evidence appears in terminals, workflow logs and reviews.

use std::sync::LazyLock;

use regex_lite::Regex;

/// Replacement for a secret.
const HIDDEN: &str = "****";

/// Patterns with their replacements. The first group is kept, so that the line still shows which value was masked.
static PATTERNS: LazyLock<Vec<(Regex, String)>> = LazyLock::new(|| {
    [
        // Password in a URL, `postgres://user:password@host`.
        (r"([A-Za-z][A-Za-z0-9+.-]*://[^\s:/@]*:)[^\s@/]+@", "${1}****@"),
        (r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}", "${1} ****"),
        // `password=…`, `"api_key": "…"`, `DB_PASSWORD: '…'`. Not after a colon: the name of a secret inside an ARN is not secret, and readers need
        // it.
        (
            r#"(?i)((?:^|[^:a-z0-9_-])[a-z0-9_.-]*(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)(?:[_-][a-z0-9]+)*["']?\s*[=:]\s*)(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s,;&"'{}()]+)"#,
            "${1}****",
        ),
        // Access keys of AWS have a fixed form:
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
        (r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b", HIDDEN),
        // JSON web token.
        (r"\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*", HIDDEN),
        (r"(-----BEGIN [A-Z ]*PRIVATE KEY-----).*", "${1} ****"),
        // Line that consists of base64 only: the body of a key.
        (r"^\s*[A-Za-z0-9+/]{40,}={0,2}\s*$", HIDDEN),
    ]
    .into_iter()
    .map(|(pattern, replacement)| {
        let regex = Regex::new(pattern).expect("the patterns are constants, and a test uses each");
        (regex, replacement.to_owned())
    })
    .collect()
});

/// Returns the line with `****` in place of likely secrets: passwords, tokens, access keys and private keys.
pub fn mask_secrets(line: &str) -> String {
    let mut masked = line.to_owned();
    for (pattern, replacement) in PATTERNS.iter() {
        if pattern.is_match(&masked) {
            masked = pattern.replace_all(&masked, replacement).into_owned();
        }
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::mask_secrets;

    #[test]
    fn masks_secrets_and_keeps_the_rest_of_the_line() {
        for (line, expected) in [
            (
                "connecting with password=hunter2 to db",
                "connecting with password=**** to db",
            ),
            (
                "DB_PASSWORD: 'a b c' user: notes",
                "DB_PASSWORD: **** user: notes",
            ),
            (
                r#"{"api_key":"k\"1","port":5432}"#,
                r#"{"api_key":****,"port":5432}"#,
            ),
            (
                r#"Config { password: "p w", host: "db" }"#,
                r#"Config { password: ****, host: "db" }"#,
            ),
            (
                "AWS_SECRET_ACCESS_KEY=abc/def+1",
                "AWS_SECRET_ACCESS_KEY=****",
            ),
            ("key AKIAIOSFODNN7EXAMPLE used", "key **** used"),
            (
                "authorization: Bearer abcdef123456.x",
                "authorization: Bearer ****",
            ),
            (
                "cannot reach postgres://notes:s3cr%40t@db:5432/notes",
                "cannot reach postgres://notes:****@db:5432/notes",
            ),
            ("cookie eyJhbGci.eyJzdWIi.c2ln sent", "cookie **** sent"),
            (
                "-----BEGIN RSA PRIVATE KEY-----MIIE",
                "-----BEGIN RSA PRIVATE KEY----- ****",
            ),
            ("MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF0qJDr7vYQ==", "****"),
        ] {
            assert_eq!(mask_secrets(line), expected);
        }
    }

    #[test]
    fn keeps_text_without_secrets() {
        for line in [
            "FATAL: password authentication failed for user \"notes\"",
            "cannot read arn:aws:secretsmanager:eu-west-1:1:secret:db-Ab12",
            "not authorized to perform: secretsmanager:GetSecretValue",
            "listening on http://0.0.0.0:8080/path",
            "thread 'main' panicked at src/main.rs:12:5",
            "exit code: 3",
        ] {
            assert_eq!(mask_secrets(line), line);
        }
    }
}
