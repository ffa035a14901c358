//! Time-based one-time passwords (TOTP, RFC 6238): six digits that an authenticator app shows, new every 30 seconds.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use totp_rs::{Builder, Secret, Totp};

use crate::error::Error;

/// Length of a secret in bytes, equal to the output of SHA-1 (RFC 4226, section 4).
pub const SECRET_BYTES: usize = 20;
/// Number of 30-second steps by which the clocks may differ in either direction.
const SKEW: u16 = 1;

/// A secret in the two forms that users enroll an authenticator app with. It is shown only once.
#[derive(Debug)]
pub struct Enrolment {
    /// Secret in base32, for users who type it into the app.
    pub secret: SecretString,
    /// Secret as an `otpauth://` URI, for the QR code that the app scans.
    pub uri: SecretString,
}

/// Generates a random secret of [`SECRET_BYTES`] bytes.
pub fn new_secret() -> Result<[u8; SECRET_BYTES], Error> {
    let mut secret = [0; SECRET_BYTES];
    getrandom::fill(&mut secret).map_err(|error| Error::internal(error.to_string()))?;
    Ok(secret)
}

/// Returns a secret in the forms that apps read. `service` and `account` are the names that the app shows with the code; a colon in the name of the
/// service is replaced by a space.
pub fn build_enrolment(secret: &[u8], service: &str, account: &str) -> Result<Enrolment, Error> {
    // Apps read the text before a colon as the name of the service, and a host with a port contains one.
    let service = service.replace(':', " ");
    let totp = builder(secret)
        .with_issuer(Some(service))
        .with_account_name(account)
        .build()
        .map_err(to_internal_error)?;
    Ok(Enrolment {
        secret: totp.secret().to_base32().into(),
        uri: totp.to_url().map_err(to_internal_error)?.into(),
    })
}

/// Returns the time step (seconds since 1970 divided by 30) that a code belongs to, or `None` if it is not valid within one step of `now`. Whitespace
/// in the code, which apps show between digits, is ignored.
pub fn find_step(
    secret: &[u8],
    code: &SecretString,
    now: DateTime<Utc>,
) -> Result<Option<i64>, Error> {
    let code: String = code
        .expose_secret()
        .chars()
        .filter(|char| !char.is_whitespace())
        .collect();
    let totp: Totp = builder(secret).build().map_err(to_internal_error)?;
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    let step = totp.check(&code, seconds);
    step.map(i64::try_from).transpose().map_err(Error::internal)
}

fn builder(secret: &[u8]) -> Builder {
    Builder::new()
        .with_secret(Secret::new(secret.into()))
        .with_skew(SKEW)
}

fn to_internal_error(error: totp_rs::TotpError) -> Error {
    // Some errors of the library contain the secret.
    drop(error);
    Error::internal("the secret of an authenticator app is not valid")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test values of RFC 6238, appendix B, with the last six of their eight digits.
    #[test]
    fn accepts_totp_codes_of_rfc_6238() {
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
            let step = |code: &str, seconds| find_step(secret, &code.into(), at(seconds)).unwrap();
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
    fn rejects_malformed_codes() {
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
            let step = find_step(b"12345678901234567890", &code.into(), now).unwrap();
            assert_eq!(step, None, "{code}");
        }
    }

    #[test]
    fn generates_uri_that_apps_read() {
        let made = build_enrolment(b"12345678901234567890", "localhost:8080", "ada").unwrap();
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
