//! Mappings of paths of a domain to stages.

use super::DomainNameRef;
use super::domain_parts::Mapped;
use crate::cfn::apigatewayv2::{CfnApiMapping, CfnApiMappingProps, CfnApiMappingRequired};
use crate::construct::With;
use crate::core::{Construct, Id, IntoValue, Scope, Value};
use crate::kind;

/// A stage of an HTTP, WebSocket or REST API that a domain can serve.
#[diagnostic::on_unimplemented(
    message = "a domain name cannot be mapped to `{Self}`",
    label = "this is not a stage of an API",
    note = "pass a stage: `HttpStage`, `WebSocketStage`, or `RestStage`"
)]
pub trait MappedStage<'app>: Construct<'app> {
    /// Returns the ID of the API.
    fn mapped_api_id(&self) -> Value<String>;

    /// Returns the name of the stage, as a reference to it.
    fn mapped_stage_name(&self) -> Value<String>;
}

/// A path of a domain that a stage serves, from [`DomainName::map_root`](super::DomainName::map_root) or [`DomainName::map_path`](super::DomainName::map_path).
///
/// Creates an
/// [`AWS::ApiGatewayV2::ApiMapping`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-apimapping.html).
#[derive(Clone, Copy, Debug)]
pub struct ApiMapping<'app> {
    scope: Scope<'app>,
    resource: CfnApiMapping<'app>,
}

impl<'app> ApiMapping<'app> {
    /// Adds a mapping under the stage.
    /// Maps a path of a domain, with or without slashes at its ends, and notes it among those of the domain.
    #[track_caller]
    pub(super) fn map(
        domain: DomainNameRef<'app>,
        stage: &impl MappedStage<'app>,
        path: &str,
    ) -> Self {
        let path = path.trim_matches('/');
        let origin = std::panic::Location::caller();
        let mapping = Self::add(domain, stage, path);
        if let Some(mapped) = domain.scope().attached::<Mapped>() {
            mapped.add(mapping.scope(), path, origin, "ApiMappingKey");
        }
        mapping
    }

    #[track_caller]
    fn add(domain: DomainNameRef<'app>, stage: &impl MappedStage<'app>, path: &str) -> Self {
        let id = format!("{}{}", domain.scope().id(), path.replace('/', "--"));
        let scope = stage
            .scope()
            .at_caller()
            .library_construct(&id, "infra-lib.apigatewayv2.ApiMapping");
        let resource = CfnApiMappingProps::new(CfnApiMappingRequired {
            api_id: stage.mapped_api_id(),
            domain_name: domain.domain_name().into_value(),
            stage: stage.mapped_stage_name(),
        })
        .with(
            (!path.is_empty()).then(|| path.to_owned()),
            CfnApiMappingProps::api_mapping_key,
        )
        .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the ID of the mapping.
    pub fn id(&self) -> Value<Id<kind::apigatewayv2::ApiMapping>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the mapping.
    pub const fn cfn(&self) -> CfnApiMapping<'app> {
        self.resource
    }
}

impl<'app> Construct<'app> for ApiMapping<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
