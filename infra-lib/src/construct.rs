//! The macro with which constructs are written, and [`unique_name`] for resources whose name AWS requires.

pub use crate::unique_name::unique_name;

/// Declares a construct: its handle, its properties with their builder, and the `build` that adds it to a scope.
///
/// The handle is `Copy`, implements [`Construct`](crate::Construct) and has a `scope` field besides those given. Each
/// property is a setter of the builder, and a row of the table in the documentation of the properties. The author
/// writes `fn create(scope, props) -> Self`, which adds the resources; the scope is that of the new construct.
///
/// | kind | setter takes | field |
/// |---|---|---|
/// | `text name` | a literal or a reference | `Option<Value<String>>` |
/// | `value name: T` | a literal or a reference to a `T` | `Option<Value<T>>` |
/// | `optional name: T` | a `T` | `Option<T>` |
/// | `required name: T` | a `T`; without it the builder has no `build` | `T` |
/// | `required_value name: T` | a literal or a reference to a `T`; required | `Value<T>` |
/// | `default name: T = value` | a `T` | `T` |
/// | `handle name: T` | a construct `T`, or a reference to one | `Option<T>` |
/// | `required_handle name: T` | a construct `T`, or a reference to one; required | `T` |
/// | `reference name: AsT::as_t => TRef` | a construct or an import, by the trait of [`import!`](crate::import) | `Option<TRef>` |
/// | `required_reference name: AsT::as_t => TRef` | the same; required | `TRef` |
/// | `list name: T` | nothing: the author writes a method that adds to the list | `Vec<T>` |
/// | `shared name` | those of several constructs, from the macro `name!` | those of the macro |
///
/// Constructs that have properties in common write them once, in a macro that puts them between the tokens that it
/// receives in brackets and those behind:
///
/// ```
/// use infra_lib::cfn::sqs::CfnQueueProps;
/// use infra_lib::{Duration, construct};
///
/// macro_rules! times {
///     ([$($before:tt)*] $($rest:tt)*) => {
///         infra_lib::__construct_props! { $($before)*
///             /// Time for which a message is kept. Default: 4 days, as in CloudFormation.
///             default retention: Duration = Duration::days(4),
///             $($rest)*
///         }
///     };
/// }
///
/// construct! {
///     /// A queue for jobs.
///     pub struct JobQueue<'app>: "example.JobQueue" {}
///
///     /// Properties of a [`JobQueue`].
///     pub struct JobQueueProps, JobQueueBuilder, job_queue_builder {
///         shared times,
///         /// Physical name of the queue. Default: a generated name.
///         text queue_name,
///     }
/// }
///
/// impl<'app> JobQueue<'app> {
///     fn create(scope: infra_lib::Scope<'app>, props: JobQueueProps<'app>) -> Self {
///         CfnQueueProps::new()
///             .message_retention_period(props.retention.to_seconds_i64())
///             .build(scope, "Resource");
///         Self { scope }
///     }
/// }
/// ```
///
/// A construct of a team is written as those of this library:
///
/// ```
/// use infra_lib::cfn::sqs::{CfnQueue, CfnQueueProps};
/// use infra_lib::construct::With;
/// use infra_lib::{App, Duration, Stack, construct};
///
/// construct! {
///     /// A queue for jobs, encrypted with the keys of SQS.
///     pub struct JobQueue<'app>: "example.JobQueue" {
///         queue: CfnQueue<'app>,
///     }
///
///     /// Properties of a [`JobQueue`].
///     pub struct JobQueueProps, JobQueueBuilder, job_queue_builder {
///         /// Physical name of the queue. Default: a generated name.
///         text queue_name,
///         /// Time that a consumer has for a message. Default: 5 minutes (CloudFormation: 30 seconds).
///         default visibility_timeout: Duration = Duration::minutes(5),
///     }
/// }
///
/// impl<'app> JobQueue<'app> {
///     fn create(scope: infra_lib::Scope<'app>, props: JobQueueProps<'app>) -> Self {
///         let queue = CfnQueueProps::new()
///             .sqs_managed_sse_enabled(true)
///             .visibility_timeout(props.visibility_timeout.to_seconds_i64())
///             .with(props.queue_name, CfnQueueProps::queue_name)
///             .build(scope, "Resource");
///         Self { scope, queue }
///     }
/// }
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// JobQueue::builder().queue_name("jobs").build(stack, "Jobs");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[macro_export]
macro_rules! construct {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident<'app>: $type_name:literal {
            $($(#[$handle_meta:meta])* $handle:ident: $handle_type:ty),* $(,)?
        }

        $(#[$props_meta:meta])*
        $props_vis:vis struct $props:ident, $builder:ident, $state:ident {
            $($fields:tt)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        $vis struct $name<'app> {
            scope: $crate::Scope<'app>,
            $($(#[$handle_meta])* $handle: $handle_type,)*
        }

        impl<'app> $crate::Construct<'app> for $name<'app> {
            fn scope(&self) -> $crate::Scope<'app> {
                self.scope
            }
        }

        impl<'app> $name<'app> {
            #[doc = concat!("Returns a builder for a [`", stringify!($name), "`].")]
            $vis fn builder() -> $builder<'app> {
                $props::start()
            }
        }

        impl<'app, S: $state::State> $builder<'app, S> {
            #[doc = concat!("Adds the [`", stringify!($name), "`] under `scope`, with `id` as its part of the construct path.")]
            #[track_caller]
            $vis fn build(self, scope: impl $crate::Construct<'app>, id: &str) -> $name<'app>
            where
                S: $state::IsComplete,
            {
                let props = self.props();
                let scope = scope.scope().library_construct(id, $type_name);
                $name::create(scope, props)
            }
        }

        $crate::__construct_props! {
            @struct [$(#[$props_meta])*] [$props_vis] $props $builder $state
            [] [] $($fields)*
        }
    };
}

/// Expands the properties of [`construct!`](crate::construct), one field at a time.
#[doc(hidden)]
#[macro_export]
macro_rules! __construct_props {
    (@struct [$($meta:tt)*] [$vis:vis] $props:ident $builder:ident $state:ident [$($lists:tt)*] [$($done:tt)*]) => {
        $($meta)*
        #[derive($crate::__bon::Builder, Debug)]
        #[builder(
            crate = $crate::__bon,
            builder_type(name = $builder),
            state_mod(name = $state, vis = "pub(crate)"),
            start_fn(name = start, vis = ""),
            finish_fn(name = props, vis = "")
        )]
        $vis struct $props<'app> {
            $($lists)*
            #[builder(skip)]
            _app: std::marker::PhantomData<&'app ()>,
            $($done)*
        }
    };
    (@struct $meta:tt $vis:tt $props:ident $builder:ident $state:ident [$($lists:tt)*] [$($done:tt)*]
        $(#[doc = $doc:literal])+ text $name:ident $(, $($rest:tt)*)?) => {
        $crate::__construct_props! { @struct $meta $vis $props $builder $state [$($lists)*] [$($done)*
            $(#[doc = $doc])+
            #[builder(with = |value: impl $crate::IntoValue<String>| $crate::IntoValue::<String>::into_value(value))]
            $name: Option<$crate::Value<String>>,
        ] $($($rest)*)? }
    };
    (@struct $meta:tt $vis:tt $props:ident $builder:ident $state:ident [$($lists:tt)*] [$($done:tt)*]
        $(#[doc = $doc:literal])+ value $name:ident: $type:ty $(, $($rest:tt)*)?) => {
        $crate::__construct_props! { @struct $meta $vis $props $builder $state [$($lists)*] [$($done)*
            $(#[doc = $doc])+
            #[builder(with = |value: impl $crate::IntoValue<$type>| $crate::IntoValue::<$type>::into_value(value))]
            $name: Option<$crate::Value<$type>>,
        ] $($($rest)*)? }
    };
    (@struct $meta:tt $vis:tt $props:ident $builder:ident $state:ident [$($lists:tt)*] [$($done:tt)*]
        $(#[doc = $doc:literal])+ required_value $name:ident: $type:ty $(, $($rest:tt)*)?) => {
        $crate::__construct_props! { @struct $meta $vis $props $builder $state [$($lists)*] [$($done)*
            $(#[doc = $doc])+
            #[builder(with = |value: impl $crate::IntoValue<$type>| $crate::IntoValue::<$type>::into_value(value))]
            $name: $crate::Value<$type>,
        ] $($($rest)*)? }
    };
    (@struct $meta:tt $vis:tt $props:ident $builder:ident $state:ident [$($lists:tt)*] [$($done:tt)*]
        $(#[doc = $doc:literal])+ optional $name:ident: $type:ty $(, $($rest:tt)*)?) => {
        $crate::__construct_props! { @struct $meta $vis $props $builder $state [$($lists)*] [$($done)*
            $(#[doc = $doc])+
            $name: Option<$type>,
        ] $($($rest)*)? }
    };
    (@struct $meta:tt $vis:tt $props:ident $builder:ident $state:ident [$($lists:tt)*] [$($done:tt)*]
        $(#[doc = $doc:literal])+ required $name:ident: $type:ty $(, $($rest:tt)*)?) => {
        $crate::__construct_props! { @struct $meta $vis $props $builder $state [$($lists)*] [$($done)*
            $(#[doc = $doc])+
            $name: $type,
        ] $($($rest)*)? }
    };
    (@struct $meta:tt $vis:tt $props:ident $builder:ident $state:ident [$($lists:tt)*] [$($done:tt)*]
        $(#[doc = $doc:literal])+ default $name:ident: $type:ty = $value:expr $(, $($rest:tt)*)?) => {
        $crate::__construct_props! { @struct $meta $vis $props $builder $state [$($lists)*] [$($done)*
            $(#[doc = $doc])+
            #[builder(default = $value)]
            $name: $type,
        ] $($($rest)*)? }
    };
    (@struct $meta:tt $vis:tt $props:ident $builder:ident $state:ident [$($lists:tt)*] [$($done:tt)*]
        $(#[doc = $doc:literal])+ handle $name:ident: $type:ty $(, $($rest:tt)*)?) => {
        $crate::__construct_props! { @struct $meta $vis $props $builder $state [$($lists)*] [$($done)*
            $(#[doc = $doc])+
            #[builder(with = |construct: impl std::borrow::Borrow<$type>| construct.borrow().clone())]
            $name: Option<$type>,
        ] $($($rest)*)? }
    };
    (@struct $meta:tt $vis:tt $props:ident $builder:ident $state:ident [$($lists:tt)*] [$($done:tt)*]
        $(#[doc = $doc:literal])+ required_handle $name:ident: $type:ty $(, $($rest:tt)*)?) => {
        $crate::__construct_props! { @struct $meta $vis $props $builder $state [$($lists)*] [$($done)*
            $(#[doc = $doc])+
            #[builder(with = |construct: impl std::borrow::Borrow<$type>| construct.borrow().clone())]
            $name: $type,
        ] $($($rest)*)? }
    };
    (@struct $meta:tt $vis:tt $props:ident $builder:ident $state:ident [$($lists:tt)*] [$($done:tt)*]
        $(#[doc = $doc:literal])+ reference $name:ident: $trait:ident::$method:ident => $type:ty $(, $($rest:tt)*)?) => {
        $crate::__construct_props! { @struct $meta $vis $props $builder $state [$($lists)*] [$($done)*
            $(#[doc = $doc])+
            #[builder(with = |construct: impl $trait<'app>| construct.$method())]
            $name: Option<$type>,
        ] $($($rest)*)? }
    };
    (@struct $meta:tt $vis:tt $props:ident $builder:ident $state:ident [$($lists:tt)*] [$($done:tt)*]
        $(#[doc = $doc:literal])+ required_reference $name:ident: $trait:ident::$method:ident => $type:ty $(, $($rest:tt)*)?) => {
        $crate::__construct_props! { @struct $meta $vis $props $builder $state [$($lists)*] [$($done)*
            $(#[doc = $doc])+
            #[builder(with = |construct: impl $trait<'app>| construct.$method())]
            $name: $type,
        ] $($($rest)*)? }
    };
    (@struct $meta:tt $vis:tt $props:ident $builder:ident $state:ident [$($lists:tt)*] [$($done:tt)*]
        $(#[doc = $doc:literal])+ list $name:ident: $type:ty $(, $($rest:tt)*)?) => {
        $crate::__construct_props! { @struct $meta $vis $props $builder $state [$($lists)*
            #[builder(field)]
            $name: Vec<$type>,
        ] [$($done)*] $($($rest)*)? }
    };
    (@struct $meta:tt $vis:tt $props:ident $builder:ident $state:ident [$($lists:tt)*] [$($done:tt)*]
        shared $properties:ident $(, $($rest:tt)*)?) => {
        $properties! { [@struct $meta $vis $props $builder $state [$($lists)*] [$($done)*]] $($($rest)*)? }
    };
    // The comment is added, so that this is the only error.
    (@struct $meta:tt $vis:tt $props:ident $builder:ident $state:ident $lists:tt $done:tt
        $kind:ident $name:ident $($rest:tt)*) => {
        compile_error!(concat!(
            "the property `", stringify!($name), "` of `", stringify!($props), "` has no documentation comment\n\n",
            "help: write one above it, such as `/// Maximum size in bytes. Default: 1,024.`; ",
            "the setter and the reference of the construct show it"
        ));
        $crate::__construct_props! { @struct $meta $vis $props $builder $state $lists $done
            #[doc = ""]
            $kind $name $($rest)*
        }
    };
}

/// Sets a property only where a value is given, within a chain of setters.
pub trait With: Sized {
    /// Calls `set` with the value, or returns the same properties without one.
    #[must_use]
    fn with<T>(self, value: Option<T>, set: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => set(self, value),
            None => self,
        }
    }
}

impl<P> With for P {}
