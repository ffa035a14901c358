//! Environment, permissions and event of a function, declared once for its program and its stack.
//!
//! [`contract!`] declares two types: one with the values that the program reads, and one with the resources that the stack gives to it. Both have one field
//! for each environment variable, so neither side can forget one. The kind of each variable, from [`access`], says what its value is and which permission
//! the role of the function gets.
//!
//! [`custom_resource`] has the events and answers of custom resources.
//! A contract can also name the [`event`] that the function receives.
//!
//! The declaration belongs into a crate that both sides depend on. This crate has no dependencies, except for serde with the feature `serde`, with which
//! the program deserializes its event.
//!
//! ```
//! infra_contract::contract! {
//!     /// Environment of the function that stores orders.
//!     pub struct Orders, resources OrdersResources {
//!         /// Table of the orders.
//!         table: ReadWriteTable = "TABLE",
//!         /// Queue of the invoices.
//!         invoices: SendQueue = "INVOICES",
//!     }
//! }
//!
//! // In the program:
//! let read = |name: &str| match name {
//!     "TABLE" => Ok("orders".to_owned()),
//!     _ => Err(std::env::VarError::NotPresent),
//! };
//! let missing = Orders::read(read).unwrap_err();
//! assert_eq!(missing.name, "INVOICES");
//! ```
//!
//! The stack, with `infra-lib`:
//!
//! ```ignore
//! RustFunction::package("orders")
//!     .contract(OrdersResources { table, invoices })
//!     .build(stack, "Orders");
//! ```

pub mod access;
pub mod custom_resource;
mod declaration;
mod error;
pub mod event;

pub use error::InvalidVariable;

/// A function that can be given a resource or value of type `R` under an access of type `A`.
///
/// `infra-lib` implements the trait for its functions and constructs. Implement it for a construct of your own to use that in contracts.
#[diagnostic::on_unimplemented(
    message = "`{R}` cannot be given to a function as `{A}`",
    note = "the contract declares the variable with this access; see `infra_contract::access`"
)]
pub trait Receive<A, R> {
    /// Sets an environment variable to the name, URL, ARN or text of the resource, and grants the permissions of the access to the role of the function.
    fn receive(&self, variable: &str, resource: &R);
}

/// The resources of a contract, ready to be given to a function of type `F`.
///
/// [`contract!`] implements the trait.
pub trait Provide<F> {
    /// Sets every variable of the contract, and grants the permissions.
    fn provide(&self, function: &F);
}

/// A contract that names the event of its function. [`contract!`] implements the trait for both of its types.
#[diagnostic::on_unimplemented(
    message = "the contract of `{Self}` names no event",
    note = "declare it: `struct …, resources …, event SqsEvent {{ … }}`; see `infra_contract::event`"
)]
pub trait Handles {
    /// Type of the event from [`event`].
    type Event;
}

/// The resources of a contract that names no event, so that any source can invoke the function.
#[diagnostic::on_unimplemented(
    message = "the contract of `{Self}` names the event of its function",
    note = "build the function with `build_typed(scope, id, resources)`, which connects it only to sources of that event"
)]
pub trait WithoutEvent {}
