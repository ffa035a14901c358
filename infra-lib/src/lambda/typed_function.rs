//! Functions whose event is known to the compiler.

use std::fmt;
use std::marker::PhantomData;

use infra_contract::{Handles, Provide};

use super::Function;
use super::function::{FunctionBuilder, function_builder};
use crate::core::{Construct, Scope};
use crate::ec2::{Connectable, Connections};
use crate::iam::{Grantable, Grantee, Identity};

/// A function whose contract names the event that it receives, from
/// [`build_typed`](FunctionBuilder::build_typed).
///
/// The function can be connected only to sources of that event:
///
/// | event of the contract | connection |
/// |---|---|
/// | `SqsEvent` | `function.receive_from(&queue)` |
/// | `KinesisEvent` | `function.receive_from(&stream)` |
/// | `HttpRequest` | `function.integration("Orders")`, for routes of an HTTP API |
/// | `S3Event` | `bucket.notify(&function, …)` |
/// | `EventBridgeEvent<D>` | a target of [`Rule`](crate::events::Rule) |
/// | `Direct<T>` | a target of [`Schedule`](crate::scheduler::Schedule); `grant_invoke` of [`function`](Self::function) |
/// | `DynamoDbEvent` | `function.receive_from(&table)` |
/// | `SnsEvent` | `function.receive_from(&topic)` |
///
/// ```
/// use infra_lib::lambda::RustFunction;
/// use infra_lib::sqs::Queue;
/// use infra_lib::{App, Stack};
///
/// // In a crate that the program and the stack depend on:
/// infra_contract::contract! {
///     /// Environment of the function that processes jobs.
///     pub struct Jobs, resources JobsResources, event SqsEvent {
///         /// Text before the name of a customer.
///         greeting: Text = "GREETING",
///     }
/// }
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let queue = Queue::builder().build(stack, "Queue");
/// let resources = JobsResources { greeting: "hello" };
/// let jobs = RustFunction::package("jobs").build_typed(stack, "Jobs", resources);
/// jobs.receive_from(&queue).batch_size(5).build(stack, "Poll");
/// # assert!(app.synth().findings().is_empty());
/// ```
///
/// A function for requests cannot be connected to a queue:
///
/// ```compile_fail,E0277
/// # use infra_lib::lambda::RustFunction;
/// # use infra_lib::sqs::Queue;
/// # use infra_lib::{App, Stack};
/// # infra_contract::contract! {
/// #     /// Environment of the function that processes jobs.
/// #     pub struct Jobs, resources JobsResources, event HttpRequest {
/// #         /// Text before the name of a customer.
/// #         greeting: Text = "GREETING",
/// #     }
/// # }
/// # let app = App::new();
/// # let stack = Stack::new(&app, "Stack");
/// # let queue = Queue::builder().build(stack, "Queue");
/// # let resources = JobsResources { greeting: "hello" };
/// # let jobs = RustFunction::package("jobs").build_typed(stack, "Jobs", resources);
/// jobs.receive_from(&queue);
/// ```
pub struct TypedFunction<'app, E> {
    function: Function<'app>,
    event: PhantomData<fn() -> E>,
}

impl<'app, S: function_builder::State> FunctionBuilder<'app, S> {
    /// Adds the function under `scope` with the resources of a contract that names its event. Variables and permissions are those of
    /// [`contract`](Self::contract).
    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write the contract in place"
    )]
    pub fn build_typed<C>(
        self,
        scope: impl Construct<'app>,
        id: &str,
        contract: C,
    ) -> TypedFunction<'app, C::Event>
    where
        S: function_builder::IsComplete,
        C: Provide<Function<'app>> + Handles,
    {
        let function = self.build(scope, id);
        contract.provide(&function);
        TypedFunction {
            function,
            event: PhantomData,
        }
    }
}

impl<'app, E> TypedFunction<'app, E> {
    /// Returns the function without the type of its event, for metrics, versions and everything else.
    pub fn function(&self) -> Function<'app> {
        self.function
    }

    /// Connects the function to a source, with the permissions that it needs: returns the builder of a mapping that polls a
    /// queue, a stream or a table, or the subscription of a topic.
    #[track_caller]
    pub fn receive_from<Q: EventSource<'app, E>>(&self, source: &Q) -> Q::Connection {
        source.connect(&self.function)
    }
}

/// A source of events of type `E`: a queue, a stream or a table that Lambda polls, or a topic that invokes the function.
#[diagnostic::on_unimplemented(
    message = "a function for `{E}` cannot receive from `{Self}`",
    note = "the contract of the function names the event; a queue needs `event SqsEvent`, a data stream `event KinesisEvent`, a table `event DynamoDbEvent`, a topic `event SnsEvent`"
)]
pub trait EventSource<'app, E> {
    /// Builder of a mapping, or a subscription.
    type Connection;

    /// Grants the permissions, and returns the connection of function and source.
    fn connect(&self, function: &Function<'app>) -> Self::Connection;
}

impl<E> Clone for TypedFunction<'_, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for TypedFunction<'_, E> {}

impl<E> fmt::Debug for TypedFunction<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TypedFunction")
            .field(&self.function)
            .finish()
    }
}

impl<'app, E> Construct<'app> for TypedFunction<'app, E> {
    fn scope(&self) -> Scope<'app> {
        self.function.scope()
    }
}

/// Receives permissions in the policy of the execution role.
impl<'app, E> Grantable<'app> for TypedFunction<'app, E> {
    fn grantee(&self) -> Grantee<'app> {
        self.function.grantee()
    }
}

impl<'app, E> Identity<'app> for TypedFunction<'app, E> {}

/// Connects the function through its security groups, as [`Function`] does.
impl<'app, E> Connectable<'app> for TypedFunction<'app, E> {
    fn connections(&self) -> Connections<'app> {
        self.function.connections()
    }
}
