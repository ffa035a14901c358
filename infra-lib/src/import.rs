//! The macro with which imports are written: handles of resources that exist already.

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
