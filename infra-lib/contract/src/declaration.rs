//! The macro that declares a contract.

/// Declares a contract: a type with the values that a program reads from its environment, and a type with the resources of its stack.
///
/// Each line is a field, a kind of [`access`](crate::access), and the name of the environment variable.
///
/// - The first type has a text for each field, and `from_env`, which returns an error that names the first missing variable.
/// - The second type is generic over each field and has no default for any, so that a stack which leaves one out does not compile. It implements
///   [`Provide`](crate::Provide) for functions that can [receive](crate::Receive) each field with the access of its variable.
///
/// ```
/// infra_contract::contract! {
///     /// Environment of the function that stores orders.
///     pub struct Orders, resources OrdersResources {
///         /// Table of the orders.
///         table: ReadWriteTable = "TABLE",
///         /// Text before the name of a customer.
///         greeting: Text = "GREETING",
///     }
/// }
/// assert_eq!(Orders::VARIABLES, ["TABLE", "GREETING"]);
/// ```
///
/// A stack without the table does not compile:
///
/// ```compile_fail
/// # infra_contract::contract! {
/// #     /// Environment of the function that stores orders.
/// #     pub struct Orders, resources OrdersResources {
/// #         /// Table of the orders.
/// #         table: ReadWriteTable = "TABLE",
/// #         /// Text before the name of a customer.
/// #         greeting: Text = "GREETING",
/// #     }
/// # }
/// OrdersResources { greeting: "hello" };
/// ```
///
/// A contract can name the [event](crate::event) that the function receives. The stack then connects the function only to sources of that event, and the
/// program takes the type from [`Handles`](crate::Handles):
///
/// ```
/// infra_contract::contract! {
///     /// Environment of the function that processes jobs.
///     pub struct Jobs, resources JobsResources, event SqsEvent {
///         /// Text before the name of a customer.
///         greeting: Text = "GREETING",
///     }
/// }
///
/// fn count(event: &<Jobs as infra_contract::Handles>::Event) -> usize {
///     event.records.len()
/// }
/// # assert_eq!(count(&infra_contract::event::SqsEvent::default()), 0);
/// ```
#[macro_export]
macro_rules! contract {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident, resources $resources:ident { $($fields:tt)+ }
    ) => {
        $crate::__contract_types! { [$(#[$meta])*] [$vis] $name $resources $($fields)+ }
        $crate::__contract_event! { [] $name $resources $($fields)+ }
    };
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident, resources $resources:ident, event $event:ident$(<$payload:ty>)? { $($fields:tt)+ }
    ) => {
        $crate::__contract_types! { [$(#[$meta])*] [$vis] $name $resources $($fields)+ }
        $crate::__contract_event! { [$crate::event::$event$(<$payload>)?] $name $resources $($fields)+ }
    };
}

/// Expands the event of a contract, which is empty for one without an event.
#[doc(hidden)]
#[macro_export]
macro_rules! __contract_event {
    ([] $name:ident $resources:ident $($(#[$field_meta:meta])* $field:ident: $access:ident = $variable:literal),+ $(,)?) => {
        #[allow(non_camel_case_types, reason = "each field has a type parameter of its name")]
        impl<$($field),+> $crate::WithoutEvent for $resources<$($field),+> {}
    };
    ([$event:ty] $name:ident $resources:ident $($(#[$field_meta:meta])* $field:ident: $access:ident = $variable:literal),+ $(,)?) => {
        impl $crate::Handles for $name {
            type Event = $event;
        }

        #[allow(non_camel_case_types, reason = "each field has a type parameter of its name")]
        impl<$($field),+> $crate::Handles for $resources<$($field),+> {
            type Event = $event;
        }
    };
}

/// Expands both types of a contract.
#[doc(hidden)]
#[macro_export]
macro_rules! __contract_types {
    (
        [$(#[$meta:meta])*] [$vis:vis] $name:ident $resources:ident
        $($(#[$field_meta:meta])* $field:ident: $access:ident = $variable:literal),+ $(,)?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Eq, PartialEq)]
        $vis struct $name {
            $($(#[$field_meta])* pub $field: ::std::string::String,)+
        }

        impl $name {
            /// Names of the environment variables.
            #[allow(dead_code, reason = "a program need not use it")]
            $vis const VARIABLES: &'static [&'static str] = &[$($variable),+];

            /// Reads the environment of the process.
            ///
            /// # Errors
            ///
            /// Returns the first variable that is missing or not valid Unicode.
            #[allow(dead_code, reason = "a stack does not read it")]
            $vis fn from_env() -> ::std::result::Result<Self, $crate::InvalidVariable> {
                Self::read(|name| ::std::env::var(name))
            }

            /// Reads variables with a function, for tests.
            ///
            /// # Errors
            ///
            /// Returns the first variable that is missing or not valid Unicode.
            $vis fn read(
                read: impl Fn(&str) -> ::std::result::Result<::std::string::String, ::std::env::VarError>,
            ) -> ::std::result::Result<Self, $crate::InvalidVariable> {
                ::std::result::Result::Ok(Self {
                    $($field: read($variable)
                        .map_err(|error| $crate::InvalidVariable::new($variable, stringify!($name), error))?,)+
                })
            }
        }

        #[doc = concat!("Resources that a stack gives to a function with the environment [`", stringify!($name), "`].")]
        #[derive(Clone, Copy, Debug)]
        #[allow(non_camel_case_types, reason = "each field has a type parameter of its name")]
        $vis struct $resources<$($field),+> {
            $($(#[$field_meta])* pub $field: $field,)+
        }

        #[allow(non_camel_case_types, reason = "each field has a type parameter of its name")]
        impl<Function, $($field),+> $crate::Provide<Function> for $resources<$($field),+>
        where
            $(Function: $crate::Receive<$crate::access::$access, $field>),+
        {
            fn provide(&self, function: &Function) {
                $($crate::Receive::<$crate::access::$access, $field>::receive(function, $variable, &self.$field);)+
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::env::VarError;

    use crate::access::{SendQueue, Text};
    use crate::event::Direct;
    use crate::{Handles, Provide, Receive};

    contract! {
        /// Environment of the tests.
        struct Orders, resources OrdersResources {
            /// Queue of the invoices.
            invoices: SendQueue = "INVOICES",
            /// Text before the name of a customer.
            greeting: Text = "GREETING",
        }
    }

    /// Order that a caller sends.
    #[derive(Default)]
    struct Order;

    contract! {
        /// Environment of a function that callers invoke.
        struct Invoked, resources InvokedResources, event Direct<Order> {
            /// Text before the name of a customer.
            greeting: Text = "GREETING",
        }
    }

    #[derive(Default)]
    struct Function(RefCell<Vec<String>>);

    struct Queue;

    impl Receive<SendQueue, Queue> for Function {
        fn receive(&self, variable: &str, _queue: &Queue) {
            self.0.borrow_mut().push(format!("{variable} sends"));
        }
    }

    impl Receive<Text, &str> for Function {
        fn receive(&self, variable: &str, text: &&str) {
            self.0.borrow_mut().push(format!("{variable}={text}"));
        }
    }

    #[test]
    fn gives_each_resource_to_its_variable() {
        let function = Function::default();
        let resources = OrdersResources {
            invoices: Queue,
            greeting: "hello",
        };
        resources.provide(&function);
        assert_eq!(
            function.0.into_inner(),
            ["INVOICES sends", "GREETING=hello"]
        );
    }

    #[test]
    fn gives_same_event_to_program_and_stack() {
        fn event_of<C: Handles>(_: &C) -> C::Event
        where
            C::Event: Default,
        {
            C::Event::default()
        }
        let resources = InvokedResources { greeting: "hello" };
        let Direct(Order) = event_of(&resources);
        let program = Invoked::read(|_| Ok(String::new())).unwrap();
        let Direct(Order) = event_of(&program);
        let function = Function::default();
        resources.provide(&function);
        assert_eq!(function.0.into_inner(), ["GREETING=hello"]);
    }

    #[test]
    fn reads_all_variables() {
        let orders = Orders::read(|name| Ok(name.to_lowercase())).unwrap();
        assert_eq!(orders.invoices, "invoices");
        assert_eq!(orders.greeting, "greeting");
    }

    #[test]
    fn names_first_invalid_variable() {
        let missing = Orders::from_env().unwrap_err();
        assert_eq!(missing.name, "INVOICES");
        let not_text = Orders::read(|name| match name {
            "INVOICES" => Ok(String::new()),
            _ => Err(VarError::NotUnicode("x".into())),
        });
        assert_eq!(
            not_text.unwrap_err().to_string(),
            "the environment variable `GREETING` is not valid Unicode, which `Orders` declares"
        );
    }
}
