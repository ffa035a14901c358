//! Codes that an app shows, six digits every 30 seconds (RFC 6238).

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use totp_rs::{Builder, Secret, Totp};

use crate::error::Error;

/// Bytes of a secret: as many as the hash has (RFC 4226, section 4).
pub const SECRET_BYTES: usize = 20;
/// Steps by which a clock may be off, to either side.
const SKEW: u16 = 1;

/// A secret to show once, for an app to read.
#[derive(Debug)]
pub struct Enrolment {
    /// The secret in base32, for people who type it.
    pub secret: SecretString,
    /// The same as an address, for a picture that an app takes.
    pub uri: SecretString,
}

/// A new secret.
pub fn new_secret() -> Result<[u8; SECRET_BYTES], Error> {
    let mut secret = [0; SECRET_BYTES];
    getrandom::fill(&mut secret).map_err(|error| Error::internal(error.to_string()))?;
    Ok(secret)
}

/// A secret in the forms that apps read: of an account with this name at this service.
pub fn enrolment(secret: &[u8], service: &str, account: &str) -> Result<Enrolment, Error> {
    // Apps take what stands before a colon for the service; hosts with a port have one.
    let service = service.replace(':', " ");
    let totp = builder(secret)
        .with_issuer(Some(service))
        .with_account_name(account)
        .build()
        .map_err(defect)?;
    Ok(Enrolment {
        secret: totp.secret().to_base32().into(),
        uri: totp.to_url().map_err(defect)?.into(),
    })
}

/// The step of time that a code is of, if it is one of about this time. Spaces in it are those that apps show between digits.
pub fn step_of(
    secret: &[u8],
    code: &SecretString,
    now: DateTime<Utc>,
) -> Result<Option<i64>, Error> {
    let code: String = code
        .expose_secret()
        .chars()
        .filter(|char| !char.is_whitespace())
        .collect();
    let totp: Totp = builder(secret).build().map_err(defect)?;
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    let step = totp.check(&code, seconds);
    step.map(i64::try_from).transpose().map_err(Error::internal)
}

fn builder(secret: &[u8]) -> Builder {
    Builder::new()
        .with_secret(Secret::new(secret.into()))
        .with_skew(SKEW)
}

fn defect(error: totp_rs::TotpError) -> Error {
    // Some of its errors hold the secret.
    drop(error);
    Error::internal("a secret for codes cannot be used")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of RFC 6238, appendix B, with the last six of its eight digits.
    #[test]
    fn codes_of_the_standard_are_accepted() {
        let secret = b"12345678901234567890";
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
            let step = |code: &str, seconds| step_of(secret, &code.into(), at(seconds)).unwrap();
            assert_eq!(step(code, seconds), Some(seconds / 30), "{code}");
            let spaced = format!("{} {}", &code[..3], &code[3..]);
            assert_eq!(step(&spaced, seconds), Some(seconds / 30), "{spaced}");
            for off in [-30, 30] {
                assert_eq!(step(code, seconds + off), Some(seconds / 30), "{code}");
            }
            for off in [-61, 61].into_iter().filter(|off| seconds + off >= 0) {
                assert_eq!(step(code, seconds + off), None, "{code} {off}");
            }
        }
    }

    #[test]
    fn rejects_what_is_no_code() {
        let now = DateTime::from_timestamp(59, 0).unwrap();
        for code in [
            "",
            "28708",
            "2870822",
            "28708x",
            "２８７０８２",
            "-87082",
            "+287082",
        ] {
            let step = step_of(b"12345678901234567890", &code.into(), now).unwrap();
            assert_eq!(step, None, "{code}");
        }
    }

    #[test]
    fn an_app_reads_the_address() {
        let made = enrolment(b"12345678901234567890", "localhost:8080", "ada").unwrap();
        assert_eq!(
            made.uri.expose_secret(),
            "otpauth://totp/localhost%208080:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=localhost%208080"
        );
        assert_eq!(
            made.secret.expose_secret(),
            "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        );
        assert!(!format!("{made:?}").contains("GEZD"));
    }
}
