//! Permissions to send requests to a domain.

use super::{Domain, ImportedDomain};
use crate::iam::{Grant, GrantBuilder, Grantable, Identity};
use crate::{Arn, IntoValue, Value, kind, sub};

const READ: &[&str] = &["es:ESHttpGet", "es:ESHttpHead"];

const WRITE: &[&str] = &[
    "es:ESHttpDelete",
    "es:ESHttpPatch",
    "es:ESHttpPost",
    "es:ESHttpPut",
];

/// Part of a domain that a permission is for.
enum Part {
    All,
    Index(Value<String>),
    Path(Value<String>),
}

/// Begins the permission for requests to a part of a domain.
fn requests<'app>(
    to: &impl Grantable<'app>,
    domain: &Value<Arn<kind::opensearchservice::Domain>>,
    actions: &[&[&'static str]],
    part: Part,
) -> GrantBuilder<'app> {
    let grant = Grant::to(to).actions(actions.iter().copied().flatten().copied());
    match part {
        Part::All => grant.resource(domain).resource(sub![domain, "/*"]),
        Part::Index(index) => grant
            .resource(sub![domain, "/", &index])
            .resource(sub![domain, "/", index, "/*"]),
        Part::Path(path) => grant.resource(sub![domain, "/", path]),
    }
}

macro_rules! grants {
    ($type:ident, $bound:ident, |$domain:ident, $grant:ident| $end:expr) => {
        impl<'app> $type<'app> {
            /// Allows a principal to read from every index, and the state of the domain.
            ///
            /// With fine-grained access control, the role of the principal also needs a mapping in the domain; that applies to every
            /// grant.
            #[track_caller]
            pub fn grant_read(&self, to: &impl $bound<'app>) -> Grant<'app> {
                self.grant(to, &[READ], Part::All)
            }

            /// Allows a principal to write to every index, and to change the settings inside the domain.
            #[track_caller]
            pub fn grant_write(&self, to: &impl $bound<'app>) -> Grant<'app> {
                self.grant(to, &[WRITE], Part::All)
            }

            /// Allows a principal to read and write every index, and the settings inside the domain.
            #[track_caller]
            pub fn grant_read_write(&self, to: &impl $bound<'app>) -> Grant<'app> {
                self.grant(to, &[READ, WRITE], Part::All)
            }

            /// Allows a principal to read from an index, or from those that a pattern such as `logs-*` matches.
            #[track_caller]
            pub fn grant_index_read(
                &self,
                to: &impl $bound<'app>,
                index: impl IntoValue<String>,
            ) -> Grant<'app> {
                self.grant(to, &[READ], Part::Index(index.into_value()))
            }

            /// Allows a principal to write to an index, or to those that a pattern such as `logs-*` matches. Requests to `_bulk`
            /// name their indexes in the body, which IAM does not see: send them to `INDEX/_bulk`.
            #[track_caller]
            pub fn grant_index_write(
                &self,
                to: &impl $bound<'app>,
                index: impl IntoValue<String>,
            ) -> Grant<'app> {
                self.grant(to, &[WRITE], Part::Index(index.into_value()))
            }

            /// Allows a principal to read and write an index, or those that a pattern such as `logs-*` matches.
            #[track_caller]
            pub fn grant_index_read_write(
                &self,
                to: &impl $bound<'app>,
                index: impl IntoValue<String>,
            ) -> Grant<'app> {
                self.grant(to, &[READ, WRITE], Part::Index(index.into_value()))
            }

            /// Allows a principal to read from a path without a leading `/`, such as `logs/_search`.
            #[track_caller]
            pub fn grant_path_read(
                &self,
                to: &impl $bound<'app>,
                path: impl IntoValue<String>,
            ) -> Grant<'app> {
                self.grant(to, &[READ], Part::Path(path.into_value()))
            }

            /// Allows a principal to write to a path without a leading `/`, such as `logs/_doc/*`.
            #[track_caller]
            pub fn grant_path_write(
                &self,
                to: &impl $bound<'app>,
                path: impl IntoValue<String>,
            ) -> Grant<'app> {
                self.grant(to, &[WRITE], Part::Path(path.into_value()))
            }

            /// Allows a principal to read and write a path without a leading `/`.
            #[track_caller]
            pub fn grant_path_read_write(
                &self,
                to: &impl $bound<'app>,
                path: impl IntoValue<String>,
            ) -> Grant<'app> {
                self.grant(to, &[READ, WRITE], Part::Path(path.into_value()))
            }

            #[track_caller]
            fn grant(
                &self,
                to: &impl $bound<'app>,
                actions: &[&[&'static str]],
                part: Part,
            ) -> Grant<'app> {
                let ($domain, $grant) = (self, requests(to, &self.arn(), actions, part));
                $end
            }
        }
    };
}

grants!(Domain, Grantable, |domain, grant| grant.on_identity(domain));
grants!(ImportedDomain, Identity, |_domain, grant| grant.imported());
