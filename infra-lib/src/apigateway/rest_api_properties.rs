//! Properties and methods that [`RestApi`](super::RestApi), [`SpecRestApi`](super::SpecRestApi) and their stages share.

/// Inserts the properties of every stage of a REST API into those of a construct, besides those of every stage.
macro_rules! rest_stage_properties {
    ([$($before:tt)*] $($rest:tt)*) => {
        $crate::__construct_props! { $($before)*
            /// Access logs of the stage. Default: to a log group of the stage (CloudFormation: none).
            default access_logs: $crate::apigatewayv2::AccessLogs<'app> = $crate::apigatewayv2::AccessLogs::OwnGroup,
            /// Traces of requests in AWS X-Ray. Default: none, as in CloudFormation.
            default tracing: bool = false,
            /// Part of the requests that the latest deployment answers, while another one answers the rest. Default: all.
            optional canary: $crate::apigateway::Canary,
            $($rest)*
        }
    };
}

/// Inserts the properties of every REST API into those of a construct, besides those of its stage.
macro_rules! rest_api_properties {
    ([$($before:tt)*] $($rest:tt)*) => {
        $crate::__construct_props! { $($before)*
            /// VPC endpoints of a private API.
            list vpc_endpoints: $crate::Value<$crate::Id<$crate::kind::ec2::VpcEndpoint>>,
            /// Name of the API. Default: the stack and the ID.
            text api_name,
            /// Public endpoint, unless the API is private. Default: regional (CloudFormation: edge-optimized).
            default endpoint: $crate::apigateway::Endpoint = $crate::apigateway::Endpoint::Regional,
            /// Name of the stage. Default: `prod`.
            text stage_name,
            /// Role with which API Gateway writes logs, in the settings of the account and region. All APIs share the
            /// setting, so the role and the setting are retained when the API is removed. Default: created with access
            /// logs.
            default cloudwatch_role: bool = true,
            /// Former deployments after a change, to which a stage can return. Default: deleted, as in CloudFormation.
            default retain_deployments: bool = false,
            $($rest)*
        }
    };
}

/// Adds the methods that the builders of REST APIs have in common.
macro_rules! rest_api_builders {
    ($($builder:ident, $state:ident;)+) => {$(
        impl<S: $state::State> $builder<'_, S> {
            /// Makes the API private: only requests through this VPC endpoint for `execute-api`, and further ones that
            /// are added, are accepted. The policy of the API rejects others.
            pub fn vpc_endpoint(
                mut self,
                id: impl $crate::IntoValue<$crate::Id<$crate::kind::ec2::VpcEndpoint>>,
            ) -> Self {
                self.vpc_endpoints.push(id.into_value());
                self
            }
        }
    )+};
}

/// Adds the methods that REST APIs have in common.
macro_rules! rest_apis {
    ($($name:ident),+) => {$(
        impl<'app> $name<'app> {
            /// Returns the ID of the API.
            pub fn id(&self) -> $crate::Value<$crate::Id<$crate::kind::apigateway::RestApi>> {
                self.resource.ref_()
            }

            /// Returns the URL of the stage.
            pub fn url(&self) -> $crate::Value<String> {
                self.stage.url()
            }

            /// Returns the latest deployment.
            pub const fn deployment(&self) -> Deployment<'app> {
                self.deployment
            }

            /// Returns the stage that is created with the API.
            pub const fn stage(&self) -> RestStage<'app> {
                self.stage
            }

            /// Returns the L1 binding of the API.
            pub const fn cfn(&self) -> CfnRestApi<'app> {
                self.resource
            }

            /// Allows a principal to send requests to every method with IAM authorization. Principals without a policy of
            /// the app are reported (`INF4608`).
            #[track_caller]
            pub fn grant_invoke(
                &self,
                to: &impl $crate::iam::Grantable<'app>,
            ) -> $crate::iam::Grant<'app> {
                let requests =
                    $crate::apigatewayv2::execute_arn(self.id().into_value(), "*/*/*");
                $crate::iam::Grant::to(to)
                    .action("execute-api:Invoke")
                    .resource(requests)
                    .on_identity(self)
            }
        }
    )+};
}

/// Returns the settings of a stage from the properties of a construct that has them.
macro_rules! stage_settings {
    ($props:ident, $name:expr, $description:expr) => {
        $crate::apigateway::stage::StageSettings {
            name: $name,
            description: $description,
            variables: $props.variables,
            access_logs: $props.access_logs,
            tracing: $props.tracing,
            canary: $props.canary,
            throttling: $props.throttling,
            detailed_metrics: $props.detailed_metrics,
        }
    };
}

pub(super) use {
    rest_api_builders, rest_api_properties, rest_apis, rest_stage_properties, stage_settings,
};
