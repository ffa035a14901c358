//! States without a service: pass, wait, succeed and fail.

use std::marker::PhantomData;

use super::chain::{Chain, Ended, Steps};
use super::fields::{result_path, state_with_next};
use super::graph::{Next, State};
use super::language::{JsonPath, Jsonata, Language};
use crate::core::{Data, Duration};

state_with_next! {
    /// A state that passes its input on, or another value in place of it.
    ///
    /// Renders a [`Pass`](https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html). The output is the input
    /// unless it is set.
    ///
    /// ```
    /// use infra_lib::stepfunctions::{Definition, Pass};
    /// use serde_json::json;
    ///
    /// let greet = Pass::new("Greet").output(json!({ "text": "{% 'Hello ' & $states.input.name %}" }));
    /// assert!(Definition::new(greet).to_json().to_string().contains("Hello"));
    /// ```
    Pass = "Pass"
}
result_path!(Pass);

impl Pass<Jsonata> {
    /// Creates a state for a machine with JSONata.
    pub fn new(name: impl Into<String>) -> Self {
        Self::of(name)
    }
}

impl Pass<JsonPath> {
    /// Creates a state for a machine with JSONPath.
    pub fn json_path(name: impl Into<String>) -> Self {
        Self::of(name)
    }

    /// Sets the result, a fixed value. Default: the input.
    pub fn result(mut self, result: impl Into<Data>) -> Self {
        self.state.fields.insert("Result", result);
        self
    }

    /// Sets the result, with paths in keys that end with `.$`. Default: the input.
    pub fn parameters(mut self, parameters: impl Into<Data>) -> Self {
        self.state.fields.insert("Parameters", parameters);
        self
    }
}

state_with_next! {
    /// A state that waits.
    ///
    /// Renders a [`Wait`](https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html), for a time or until one.
    ///
    /// ```
    /// use infra_lib::stepfunctions::{Definition, Wait};
    /// use infra_lib::Duration;
    ///
    /// let pause = Wait::new("Pause", Duration::minutes(5)).next(Wait::until("Due", "{% $states.input.due %}"));
    /// assert!(Definition::new(pause).to_json().to_string().contains("300"));
    /// ```
    Wait = "Wait"
}

impl<L: Language> Wait<L> {
    fn with(name: impl Into<String>, field: &'static str, value: impl Into<Data>) -> Self {
        let mut wait = Self::of(name);
        wait.state.fields.insert(field, value);
        wait
    }
}

impl Wait<Jsonata> {
    /// Creates a state that waits for a time, in a machine with JSONata.
    pub fn new(name: impl Into<String>, time: Duration) -> Self {
        let mut wait = Self::with(name, "Seconds", time.to_seconds_i64());
        wait.state.timeout = Some(time);
        wait
    }

    /// Creates a state that waits for a number of seconds, the result of an expression.
    pub fn for_seconds(name: impl Into<String>, expression: impl Into<String>) -> Self {
        Self::with(name, "Seconds", expression.into())
    }

    /// Creates a state that waits until a timestamp of RFC 3339, which an expression can compute.
    pub fn until(name: impl Into<String>, timestamp: impl Into<String>) -> Self {
        Self::with(name, "Timestamp", timestamp.into())
    }
}

impl Wait<JsonPath> {
    /// Creates a state that waits for a time, in a machine with JSONPath.
    pub fn json_path(name: impl Into<String>, time: Duration) -> Self {
        let mut wait = Self::with(name, "Seconds", time.to_seconds_i64());
        wait.state.timeout = Some(time);
        wait
    }

    /// Creates a state that waits for the number of seconds at a path.
    pub fn for_seconds_at(name: impl Into<String>, path: impl Into<String>) -> Self {
        Self::with(name, "SecondsPath", path.into())
    }

    /// Creates a state that waits until the timestamp at a path.
    pub fn until_timestamp_at(name: impl Into<String>, path: impl Into<String>) -> Self {
        Self::with(name, "TimestampPath", path.into())
    }
}

/// Declares a kind of state that ends the execution.
macro_rules! last_state {
    ($(#[$meta:meta])* $name:ident = $kind:literal) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        #[must_use = "a state has no effect until it is part of a definition"]
        pub struct $name<L = Jsonata> {
            state: State,
            language: PhantomData<fn() -> L>,
        }

        impl $name<Jsonata> {
            /// Creates a state for a machine with JSONata.
            pub fn new(name: impl Into<String>) -> Self {
                Self::of(name)
            }
        }

        impl $name<JsonPath> {
            /// Creates a state for a machine with JSONPath.
            pub fn json_path(name: impl Into<String>) -> Self {
                Self::of(name)
            }
        }

        impl<L: Language> $name<L> {
            fn of(name: impl Into<String>) -> Self {
                Self {
                    state: State::new(name, $kind, Next::Never),
                    language: PhantomData,
                }
            }

            /// Sets a comment of the state.
            pub fn comment(mut self, text: impl Into<String>) -> Self {
                self.state.fields.insert("Comment", text.into());
                self
            }
        }

        impl<L: Language> Steps<L> for $name<L> {
            type End = Ended;

            fn into_chain(self) -> Chain<L, Ended> {
                Chain::of_state(self.state, Vec::new())
            }
        }
    };
}

last_state! {
    /// A state that ends the execution, or a branch, with success. Nothing can follow it.
    ///
    /// Renders a [`Succeed`](https://docs.aws.amazon.com/step-functions/latest/dg/state-succeed.html). The output is the
    /// input unless it is set.
    Succeed = "Succeed"
}

impl Succeed<Jsonata> {
    /// Sets the output of the machine or branch. Default: the input of the state.
    pub fn output(mut self, output: impl Into<Data>) -> Self {
        self.state.fields.insert("Output", output);
        self
    }
}

impl Succeed<JsonPath> {
    /// Sets the path of the part of the input that the state sees. Default: `$`, the whole input.
    pub fn input_path(mut self, path: impl Into<String>) -> Self {
        self.state.fields.insert("InputPath", path.into());
        self
    }

    /// Sets the path of the part that is the output. Default: `$`, everything.
    pub fn output_path(mut self, path: impl Into<String>) -> Self {
        self.state.fields.insert("OutputPath", path.into());
        self
    }
}

last_state! {
    /// A state that ends the execution with a failure. Nothing can follow it.
    ///
    /// Renders a [`Fail`](https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html), without error and cause
    /// unless they are set. Alarms can count the failures with
    /// [`metric_failed`](super::StateMachine::metric_failed).
    Fail = "Fail"
}

impl<L: Language> Fail<L> {
    /// Sets the name of the error, which states around it can catch. JSONata: it can be an expression.
    pub fn error(mut self, name: impl Into<String>) -> Self {
        self.state.fields.insert("Error", name.into());
        self
    }

    /// Sets the description of the error. JSONata: it can be an expression.
    pub fn cause(mut self, text: impl Into<String>) -> Self {
        self.state.fields.insert("Cause", text.into());
        self
    }
}

impl Fail<JsonPath> {
    /// Sets the path of the name of the error, or a function such as `States.Format(…)`.
    pub fn error_path(mut self, path: impl Into<String>) -> Self {
        self.state.fields.insert("ErrorPath", path.into());
        self
    }

    /// Sets the path of the description of the error, or a function such as `States.Format(…)`.
    pub fn cause_path(mut self, path: impl Into<String>) -> Self {
        self.state.fields.insert("CausePath", path.into());
        self
    }
}
