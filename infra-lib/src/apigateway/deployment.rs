//! Deployments: published states of a REST API.

use crate::cfn::apigateway::{CfnDeployment, CfnDeploymentProps, CfnRestApi};
use crate::core::logical_id::logical_id;
use crate::core::{
    AspectPriority, Construct, Data, Expr, Id, RemovalPolicy, Resource, Scope, Target, Value,
};
use crate::kind;

/// Types of resources that belong to the definition of an API.
const DEFINITION: &[&str] = &[
    "AWS::ApiGateway::Authorizer",
    "AWS::ApiGateway::GatewayResponse",
    "AWS::ApiGateway::Method",
    "AWS::ApiGateway::Model",
    "AWS::ApiGateway::RequestValidator",
    "AWS::ApiGateway::Resource",
];

/// A published state of a REST API, which a stage serves.
///
/// Creates an
/// [`AWS::ApiGateway::Deployment`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-deployment.html).
/// CloudFormation publishes an API only once, when it creates the resource. The logical ID therefore ends with a hash of
/// the API, its resources, methods, models, validators and authorizers, as in the CDK: a change of one of them creates a
/// new deployment, to which the stages move. It depends on every method, so it publishes all of them.
#[derive(Clone, Copy, Debug)]
pub struct Deployment<'app> {
    scope: Scope<'app>,
    resource: CfnDeployment<'app>,
}

impl<'app> Deployment<'app> {
    /// Adds the deployment of an API. A retained one still exists after a change of the API.
    #[track_caller]
    pub(super) fn add(api_scope: Scope<'app>, api: CfnRestApi<'app>, is_retained: bool) -> Self {
        let scope = api_scope.library_construct("Deployment", "infra-lib.apigateway.Deployment");
        let resource = CfnDeploymentProps::new(api.ref_()).build(scope, "Resource");
        if is_retained {
            resource.apply_removal_policy(RemovalPolicy::Retain);
        }
        let api = api.scope().node_id();
        scope.add_aspect_with_priority(AspectPriority::READ_ONLY, move |deployment: Scope<'_>| {
            let api = deployment.node(api).and_then(Scope::as_resource);
            if let (Some(api), Some(_)) = (api, deployment.as_resource()) {
                name_by_content(deployment, api);
            }
        });
        Self { scope, resource }
    }

    /// Returns the ID of the deployment.
    pub fn id(&self) -> Value<Id<kind::apigateway::Deployment>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the deployment.
    pub const fn cfn(&self) -> CfnDeployment<'app> {
        self.resource
    }
}

impl<'app> Construct<'app> for Deployment<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

/// Sets the logical ID of a deployment to that of its path and a hash of the API.
fn name_by_content(deployment: Scope<'_>, api: Resource<'_>) {
    let parts = definition(api);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let hash = logical_id(&["Deployment", &parts.concat()]);
    let hash = &hash[hash.len() - 8..];
    let stack = deployment.stack().map(|stack| stack.scope().path());
    let path = deployment.path();
    let below = path
        .strip_prefix(&stack.unwrap_or_default())
        .unwrap_or(&path);
    let components: Vec<&str> = below.split('/').filter(|part| !part.is_empty()).collect();
    deployment.override_logical_id(format!("{}{hash}", logical_id(&components)));
}

/// Returns the API and the resources that belong to it as text, in the order of their paths: the order in which a program
/// creates them is not a part of the definition.
fn definition(api: Resource<'_>) -> Vec<String> {
    let id = Data::from(api.ref_value::<String>());
    let mut parts: Vec<String> = api
        .scope()
        .root()
        .resources()
        .into_iter()
        .filter(|one| {
            DEFINITION.contains(&one.type_name().as_ref())
                && one.prop("RestApiId").as_ref() == Some(&id)
        })
        .chain([api])
        .map(describe)
        .collect();
    parts.sort();
    parts
}

/// Returns a resource as text in which construct paths stand for nodes: a number of a node depends on those created
/// before it.
fn describe(resource: Resource<'_>) -> String {
    let scope = resource.scope();
    let mut text = format!("{}\n{}\n", scope.path(), resource.type_name());
    let props = resource.props();
    let entries = props.as_map().iter().filter(|(name, _)| *name != "Tags");
    for (name, data) in entries {
        let mut described = format!("{name}: {data:?}\n");
        data.for_each_expr(&mut |expr| {
            let (Expr::Ref(Target::Node(id)) | Expr::GetAtt(Target::Node(id), _)) = expr else {
                return;
            };
            if let Some(node) = scope.node(*id) {
                described = described.replace(&format!("{id:?}"), &node.path());
            }
        });
        text.push_str(&described);
    }
    text
}
