//! The macro with which imports are written: handles of resources that exist already.

use crate::core::{Construct, Diagnostic, codes};
use crate::core::{Value, intrinsics, value};

/// Declares the import of a construct: the handle of an existing resource, and what builders take in its place.
///
/// - The struct is the handle of an existing resource. It is `Copy` and has a method for each attribute. The author
///   writes the functions that make it, with `Self::import(scope, id, …attributes)`.
/// - The enum, if there is one, is a construct of the app or an import, and has the same methods.
/// - The trait is what builders take; construct, import, enum and references to them fulfil it.
///
/// The methods of the construct must have the names and types of the attributes.
///
/// ```
/// use infra_lib::cfn::sqs::{CfnQueue, CfnQueueProps};
/// use infra_lib::{App, Arn, Construct, IntoValue, Stack, Value, construct, import, kind};
///
/// construct! {
///     /// A queue for jobs.
///     pub struct JobQueue<'app>: "example.JobQueue" {
///         queue: CfnQueue<'app>,
///     }
///
///     /// Properties of a [`JobQueue`].
///     pub struct JobQueueProps, JobQueueBuilder, job_queue_builder {}
/// }
///
/// import! {
///     /// An existing queue for jobs.
///     pub struct ImportedJobQueue<'app>: "example.ImportedJobQueue" {
///         /// Returns the ARN of the queue.
///         arn: Arn<kind::sqs::Queue>,
///     }
///     /// A queue for jobs of the app, or an existing one.
///     pub enum JobQueueRef of JobQueue;
///     /// A queue for jobs.
///     pub trait AsJobQueue::as_job_queue;
/// }
///
/// impl<'app> JobQueue<'app> {
///     fn create(scope: infra_lib::Scope<'app>, _: JobQueueProps<'app>) -> Self {
///         Self { scope, queue: CfnQueueProps::new().build(scope, "Resource") }
///     }
///
///     fn arn(&self) -> Value<Arn<kind::sqs::Queue>> {
///         self.queue.attr_arn()
///     }
///
///     fn from_arn(
///         scope: impl Construct<'app>,
///         id: &str,
///         arn: impl IntoValue<Arn<kind::sqs::Queue>>,
///     ) -> ImportedJobQueue<'app> {
///         ImportedJobQueue::import(scope, id, arn.into_value())
///     }
/// }
///
/// fn arn_of<'app>(queue: impl AsJobQueue<'app>) -> Value<Arn<kind::sqs::Queue>> {
///     queue.as_job_queue().arn()
/// }
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let existing = JobQueue::from_arn(stack, "Jobs", "arn:aws:sqs:eu-west-1:111122223333:jobs");
/// assert_eq!(arn_of(&existing).as_literal(), Some("arn:aws:sqs:eu-west-1:111122223333:jobs"));
/// ```
#[macro_export]
macro_rules! import {
    (
        $(#[$meta:meta])*
        $vis:vis struct $import:ident<'app>: $type_name:literal { $($fields:tt)+ }
        $($reference:tt)*
    ) => {
        $crate::import! { @struct [$(#[$meta])*] [$vis] $import $type_name { $($fields)+ } }
        $crate::import! { @reference $import { $($fields)+ } $($reference)* }
    };
    (@struct [$($meta:tt)*] [$vis:vis] $import:ident $type_name:literal {
        $($(#[$field_meta:meta])* $field:ident: $field_type:ty),+ $(,)?
    }) => {
        $($meta)*
        #[derive(Clone, Copy, Debug)]
        $vis struct $import<'app> {
            scope: $crate::Scope<'app>,
        }

        impl<'app> $crate::Construct<'app> for $import<'app> {
            fn scope(&self) -> $crate::Scope<'app> {
                self.scope
            }
        }

        const _: () = {
            struct Attributes {
                $($field: $crate::Value<$field_type>,)+
            }

            impl<'app> $import<'app> {
                #[track_caller]
                fn import(
                    scope: impl $crate::Construct<'app>,
                    id: &str,
                    $($field: $crate::Value<$field_type>),+
                ) -> Self {
                    let scope = scope.scope().library_construct(id, $type_name);
                    scope.attach(Attributes { $($field),+ });
                    Self { scope }
                }

                fn attributes(&self) -> std::rc::Rc<Attributes> {
                    self.scope
                        .attached()
                        .expect("every import is made with its attributes")
                }

                $(
                    $(#[$field_meta])*
                    $vis fn $field(&self) -> $crate::Value<$field_type> {
                        self.attributes().$field.clone()
                    }
                )+
            }
        };
    };
    (@reference $import:ident $fields:tt) => {};
    (@reference $import:ident $fields:tt
        $(#[$ref_meta:meta])*
        $ref_vis:vis enum $reference:ident of $own:ident;
        $(#[$trait_meta:meta])*
        $trait_vis:vis trait $trait:ident::$method:ident;
    ) => {
        $(#[$ref_meta])*
        #[derive(Clone, Copy, Debug)]
        #[non_exhaustive]
        $ref_vis enum $reference<'app> {
            #[doc = concat!("A [`", stringify!($own), "`] of the app.")]
            Own($own<'app>),
            #[doc = concat!("An [`", stringify!($import), "`].")]
            Imported($import<'app>),
        }

        impl<'app> $reference<'app> {
            $crate::import! { @accessors [$ref_vis] $fields }
        }

        impl<'app> $crate::Construct<'app> for $reference<'app> {
            fn scope(&self) -> $crate::Scope<'app> {
                match self {
                    Self::Own(own) => $crate::Construct::scope(own),
                    Self::Imported(imported) => imported.scope,
                }
            }
        }

        $(#[$trait_meta])*
        $trait_vis trait $trait<'app> {
            #[doc = concat!("Returns the construct or the import as a [`", stringify!($reference), "`].")]
            fn $method(&self) -> $reference<'app>;
        }

        impl<'app, T: $trait<'app>> $trait<'app> for &T {
            fn $method(&self) -> $reference<'app> {
                (**self).$method()
            }
        }

        impl<'app> $trait<'app> for $own<'app> {
            fn $method(&self) -> $reference<'app> {
                $reference::Own(*self)
            }
        }

        impl<'app> $trait<'app> for $import<'app> {
            fn $method(&self) -> $reference<'app> {
                $reference::Imported(*self)
            }
        }

        impl<'app> $trait<'app> for $reference<'app> {
            fn $method(&self) -> Self {
                *self
            }
        }
    };
    (@accessors [$vis:vis] { $($(#[$meta:meta])* $field:ident: $type:ty),+ $(,)? }) => {
        $(
            $(#[$meta])*
            $vis fn $field(&self) -> $crate::Value<$type> {
                match self {
                    Self::Own(own) => own.$field(),
                    Self::Imported(imported) => imported.$field(),
                }
            }
        )+
    };
}

/// Returns a part of an ARN, counted from 0: 3 is the region, 4 the account, 5 the resource.
pub(crate) fn arn_part<T>(arn: &Value<T>, index: usize) -> Value<String> {
    let part = arn
        .as_literal()
        .and_then(|arn| arn.splitn(6, ':').nth(index));
    if let Some(part) = part {
        return value(part);
    }
    let index = u32::try_from(index).unwrap_or(u32::MAX);
    intrinsics::select(index, intrinsics::split(":", arn.clone().cast::<String>()))
}

/// Returns the text of an ARN after the first `separator`, such as the name after `cluster/`.
pub(crate) fn arn_after<T>(arn: &Value<T>, separator: &'static str) -> Value<String> {
    match arn.as_literal() {
        Some(arn) => value(arn.split_once(separator).map_or(arn, |(_, rest)| rest)),
        None => intrinsics::select(
            1,
            intrinsics::split(separator, arn.clone().cast::<String>()),
        ),
    }
}

/// Returns the name at the end of an ARN, after the last `/`. An ARN that is known at deployment only must have one `/`.
pub(crate) fn arn_name<T, N>(arn: &Value<T>) -> Value<N> {
    match arn.as_literal() {
        Some(text) => value::<String>(text.rsplit('/').next().unwrap_or(text)).cast(),
        None => arn_after(arn, "/").cast(),
    }
}

/// The form of the ARNs of a kind of resource, which literals of imports must have.
#[derive(Clone, Copy)]
pub(crate) struct ArnForm {
    service: &'static str,
    resource: &'static str,
    shown: &'static str,
}

impl ArnForm {
    /// Creates the form of a service and the text with which the resource begins, such as `group/`. `shown` describes it in
    /// messages.
    pub(crate) const fn new(
        service: &'static str,
        resource: &'static str,
        shown: &'static str,
    ) -> Self {
        Self {
            service,
            resource,
            shown,
        }
    }

    /// Reports a literal of another form (`INF8026`).
    pub(crate) fn check<'app, T>(self, import: &impl Construct<'app>, arn: &Value<T>) {
        check_form(import, arn, self.shown, |arn| self.fits(arn));
    }

    fn fits(self, arn: &str) -> bool {
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        let [prefix, partition, service, region, account, resource] = parts[..] else {
            return false;
        };
        let is_global = matches!(service, "cloudfront" | "iam");
        let is_account = account.len() == 12 && account.bytes().all(|digit| digit.is_ascii_digit());
        // Managed policies of AWS belong to the account `aws`.
        let is_of_aws = account == "aws" && self.resource == "policy/";
        prefix == "arn"
            && partition.starts_with("aws")
            && service == self.service
            && region.is_empty() == is_global
            && (is_account || is_of_aws)
            && resource.strip_prefix(self.resource).is_some_and(|name| {
                !name.is_empty() && !name.starts_with('/') && !name.ends_with('/')
            })
    }
}

/// Returns `true` for an ID of letters and digits.
pub(crate) fn is_alphanumeric(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Reports a literal of an import that has another form (`INF8026`). Placeholders of lookups are accepted.
pub(crate) fn check_form<'app, T>(
    import: &impl Construct<'app>,
    given: &Value<T>,
    shown: &str,
    is_valid: impl Fn(&str) -> bool,
) {
    let Some(text) = given.as_literal() else {
        return;
    };
    if is_valid(text) || text.starts_with("dummy-value-for-") {
        return;
    }
    // Further lines may be a private key, so they are not shown.
    let text = text.lines().next().unwrap_or_default();
    import.scope().report(
        Diagnostic::new(
            codes::IDENTIFIER_FORM,
            format!("`{text}` does not have the form of {shown}"),
        )
        .actual(text)
        .expected(shown)
        .note("no resource has such an identifier, so the deployment would fail")
        .help("copy it from the console or the output of the app that creates the resource; imports take an ARN, a name or an ID, each by a function of its own")
        .url("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"),
    );
}

/// Implements the conversion of constructs and imports with a method `arn` into that ARN, for builders that take any ARN of
/// the kind.
#[cfg(feature = "iam")]
macro_rules! into_arn {
    ($kind:path: $($type:ident),+) => {$(
        impl $crate::core::IntoValue<$crate::core::Arn<$kind>> for $type<'_> {
            fn into_value(self) -> $crate::core::Value<$crate::core::Arn<$kind>> {
                self.arn()
            }
        }

        impl $crate::core::IntoValue<$crate::core::Arn<$kind>> for &$type<'_> {
            fn into_value(self) -> $crate::core::Value<$crate::core::Arn<$kind>> {
                self.arn()
            }
        }
    )+};
}
#[cfg(feature = "iam")]
pub(crate) use into_arn;

#[cfg(test)]
mod tests {
    use super::ArnForm;

    #[test]
    fn accepts_arns_of_kind_in_every_partition_only() {
        let policy = ArnForm::new("iam", "policy/", "");
        for arn in [
            "arn:aws:iam::111122223333:policy/a",
            "arn:aws-cn:iam::111122223333:policy/ops/a",
            "arn:aws:iam::aws:policy/service-role/a",
        ] {
            assert!(policy.fits(arn), "{arn}");
        }
        for arn in [
            "",
            "a",
            "arn:aws:iam::111122223333:policy",
            "arn:aws:iam::111122223333:policy/",
            "arn:aws:iam::111122223333:policy/ops/",
            "arn:aws:iam::111122223333:role/a",
            "arn:aws:iam:eu-west-1:111122223333:policy/a",
            "arn:aws:iam::1111-2222-3333:policy/a",
            "arn:aws:iam::11112222333:policy/a",
            "arn:aws:s3::111122223333:policy/a",
            "arn:amazon:iam::111122223333:policy/a",
            "urn:aws:iam::111122223333:policy/a",
        ] {
            assert!(!policy.fits(arn), "{arn}");
        }
        let group = ArnForm::new("iam", "group/", "");
        assert!(!group.fits("arn:aws:iam::aws:group/a"));
        let rule = ArnForm::new("events", "rule/", "");
        assert!(rule.fits("arn:aws:events:eu-west-1:111122223333:rule/bus/a"));
        assert!(!rule.fits("arn:aws:events::111122223333:rule/a"));
    }
}
