//! Macros for the methods that kinds of states share.

/// Declares a kind of state that another state can follow, in both languages.
macro_rules! state_with_next {
    ($(#[$meta:meta])* $name:ident = $kind:literal) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        #[must_use = "a state has no effect until it is part of a definition"]
        pub struct $name<L = $crate::stepfunctions::Jsonata> {
            state: $crate::stepfunctions::graph::State,
            handlers: Vec<$crate::stepfunctions::graph::State>,
            language: std::marker::PhantomData<fn() -> L>,
        }

        impl<L: $crate::stepfunctions::Language> $name<L> {
            fn of(name: impl Into<String>) -> Self {
                Self {
                    state: $crate::stepfunctions::graph::State::new(
                        name,
                        $kind,
                        $crate::stepfunctions::graph::Next::End,
                    ),
                    handlers: Vec::new(),
                    language: std::marker::PhantomData,
                }
            }

            /// Sets a comment of the state.
            pub fn comment(mut self, text: impl Into<String>) -> Self {
                self.state.fields.insert("Comment", text.into());
                self
            }

            /// Sets a variable, which later states can read as `$name`. See
            /// [variables](https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html).
            pub fn assign(
                mut self,
                variable: impl Into<String>,
                value: impl Into<$crate::core::Data>,
            ) -> Self {
                self.state.assign(variable.into(), value.into());
                self
            }

            /// Adds steps after the state. Default: the machine or branch ends.
            pub fn next<S: $crate::stepfunctions::Steps<L>>(
                self,
                steps: S,
            ) -> $crate::stepfunctions::Chain<L, S::End> {
                use $crate::stepfunctions::Steps as _;
                self.into_chain().next(steps)
            }
        }

        impl<L: $crate::stepfunctions::Language> $crate::stepfunctions::Steps<L> for $name<L> {
            type End = $crate::stepfunctions::Open;

            fn into_chain(self) -> $crate::stepfunctions::Chain<L> {
                $crate::stepfunctions::Chain::of_state(self.state, self.handlers)
            }
        }

        impl $name<$crate::stepfunctions::Jsonata> {
            /// Sets the output, which the next state has as its input: a value in which texts can be expressions between
            /// `{%` and `%}`. Default: the result of the state.
            pub fn output(mut self, output: impl Into<$crate::core::Data>) -> Self {
                self.state.fields.insert("Output", output);
                self
            }
        }

        impl $name<$crate::stepfunctions::JsonPath> {
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
    };
}

/// Adds the field of JSONPath that puts a result into the input.
macro_rules! result_path {
    ($name:ident) => {
        impl $name<$crate::stepfunctions::JsonPath> {
            /// Sets the path in the input at which the result is put. Default: `$`, the result replaces the input.
            pub fn result_path(mut self, path: impl Into<String>) -> Self {
                self.state.fields.insert("ResultPath", path.into());
                self
            }

            /// Discards the result, so that the output is the input.
            pub fn discard_result(mut self) -> Self {
                self.state
                    .fields
                    .insert("ResultPath", $crate::core::Data::Null);
                self
            }
        }
    };
}

/// Adds retries, catches and the selection of results.
macro_rules! errors {
    ($name:ident) => {
        impl<L: $crate::stepfunctions::Language> $name<L> {
            /// Adds a retry. The first one that names the error applies.
            pub fn retry(mut self, retry: $crate::stepfunctions::Retry) -> Self {
                self.state.retries.push(retry);
                self
            }

            /// Adds steps that follow after errors, in place of the failure of the execution. Their end is an end of the
            /// machine or branch; a [`GoTo`](crate::stepfunctions::GoTo) leads back.
            pub fn catch<S: $crate::stepfunctions::Steps<L>>(
                mut self,
                catch: $crate::stepfunctions::Catch<L>,
                steps: S,
            ) -> Self {
                let handler = steps.into_chain().graph;
                self.state
                    .catchers
                    .push($crate::stepfunctions::graph::Catcher {
                        errors: catch.errors,
                        fields: catch.fields,
                        target: handler.start,
                    });
                self.handlers.extend(handler.states);
                self
            }
        }

        impl $name<$crate::stepfunctions::JsonPath> {
            /// Selects parts of the result, with paths in keys that end with `.$`. Default: the whole result.
            pub fn result_selector(mut self, selector: impl Into<$crate::core::Data>) -> Self {
                self.state.fields.insert("ResultSelector", selector);
                self
            }
        }
    };
}

pub(super) use {errors, result_path, state_with_next};
