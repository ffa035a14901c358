//! Properties that the stages of HTTP, WebSocket and REST APIs share.

/// Inserts the properties of every stage into those of a construct, as `shared stage_properties`.
macro_rules! stage_properties {
    ([$($before:tt)*] $($rest:tt)*) => {
        $crate::__construct_props! { $($before)*
            /// Variables of the stage.
            list variables: (String, $crate::Value<String>),
            /// Maximum rate of requests to each method or route of the stage; in a WebSocket API, of messages. Default: the
            /// limit of the account, as in CloudFormation.
            optional throttling: $crate::apigatewayv2::Throttling,
            /// Metrics for each method or route of the stage, at a charge. Default: none, as in CloudFormation.
            default detailed_metrics: bool = false,
            $($rest)*
        }
    };
}

/// Adds the method for variables of the stage to builders.
macro_rules! stage_variables {
    ($($builder:ident, $state:ident;)+) => {$(
        impl<S: $state::State> $builder<'_, S> {
            /// Sets a variable of the stage, which integrations read as `${stageVariables.NAME}`.
            pub fn variable(
                mut self,
                name: impl Into<String>,
                value: impl $crate::IntoValue<String>,
            ) -> Self {
                self.variables.push((name.into(), value.into_value()));
                self
            }
        }
    )+};
}

pub(crate) use {stage_properties, stage_variables};
