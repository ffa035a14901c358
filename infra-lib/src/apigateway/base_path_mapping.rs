//! Mappings of paths of an edge-optimized domain name to stages.

use super::{AsDomainName, DomainNameRef, RestStage};
use crate::apigatewayv2::Mapped;
use crate::cfn::apigateway::{CfnBasePathMapping, CfnBasePathMappingProps};
use crate::construct::With;
use crate::core::logical_id::logical_id;
use crate::core::{Construct, Diagnostic, Scope, codes};

const PATHS: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html";

crate::construct! {
    /// A path of a [`DomainName`](super::DomainName) that a stage of a REST API serves.
    ///
    /// Creates an
    /// [`AWS::ApiGateway::BasePathMapping`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-basepathmapping.html).
    /// [`DomainName::map_root`](super::DomainName::map_root) and [`DomainName::map_path`](super::DomainName::map_path) add one with the ID that the CDK gives it. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | path | the root path | the same |
    /// | stage | required | none: clients name it in the path |
    ///
    /// ```
    /// use infra_lib::apigateway::{BasePathMapping, DomainName, HttpMethod, RestApi, RestIntegration};
    /// use infra_lib::certificatemanager::Certificate;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let arn = "arn:aws:acm:us-east-1:111122223333:certificate/abc";
    /// let certificate = Certificate::from_arn(stack, "Certificate", arn);
    /// let domain = DomainName::builder().domain_name("api.example.com").certificate(&certificate).build(stack, "Domain");
    /// let api = RestApi::builder().build(stack, "Api");
    /// api.root().add_method(HttpMethod::Get, &RestIntegration::mock(200));
    /// BasePathMapping::builder().domain(&domain).stage(api.stage()).base_path("admin").build(stack, "Admin");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct BasePathMapping<'app>: "infra-lib.apigateway.BasePathMapping" {
        resource: CfnBasePathMapping<'app>,
    }

    /// Properties of a [`BasePathMapping`], set through [`BasePathMapping::builder`].
    pub struct BasePathMappingProps, BasePathMappingBuilder, base_path_mapping_builder {
        /// Domain name that has the path.
        required_reference domain: AsDomainName::as_domain_name => DomainNameRef<'app>,
        /// Stage that serves it.
        required_handle stage: RestStage<'app>,
        /// Path of one name: letters, digits and `$-_.+!*'()` (`INF4988`). Default: the root path.
        text base_path,
    }
}

impl<'app> BasePathMapping<'app> {
    fn create(scope: Scope<'app>, props: BasePathMappingProps<'app>) -> Self {
        let literal = props.base_path.as_ref().map(|path| path.as_literal());
        if let Some(Some(path)) = literal {
            check_path(scope, path);
        }
        // The path of a parameter is compared with no other.
        if let Some(path) = literal.unwrap_or(Some("")) {
            note_mapping(props.domain, scope, path);
        }
        let resource = CfnBasePathMappingProps::new(props.domain.domain_name())
            .with(props.base_path, CfnBasePathMappingProps::base_path)
            .rest_api_id(props.stage.api().ref_())
            .stage(props.stage.stage_name())
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Adds a mapping under a domain name, with the ID that the CDK gives it.
    #[track_caller]
    pub(super) fn add(
        domain: DomainNameRef<'app>,
        stage: &RestStage<'app>,
        path: Option<&str>,
    ) -> Self {
        let api = stage.api().scope().path();
        let api = api.strip_suffix("/Resource").unwrap_or(&api);
        let api = logical_id(&api.split('/').collect::<Vec<_>>());
        // The separator of paths cannot be part of an ID; the CDK writes `--` in its place.
        let id = format!("Map:{}=>{api}", path.unwrap_or("/")).replace('/', "--");
        Self::builder()
            .domain(domain)
            .stage(stage)
            .maybe_base_path(path)
            .build(domain.scope().at_caller(), &id)
    }

    /// Returns the L1 binding of the mapping.
    pub const fn cfn(&self) -> CfnBasePathMapping<'app> {
        self.resource
    }
}

/// Notes that a mapping serves a path of a domain.
fn note_mapping(domain: DomainNameRef<'_>, mapping: Scope<'_>, path: &str) {
    if let Some(mapped) = domain.scope().attached::<Mapped>() {
        mapped.add(mapping, path, mapping.origin(), "BasePath");
    }
}

/// Reports a path that API Gateway rejects (`INF4988`).
fn check_path(scope: Scope<'_>, path: &str) {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "$-_.+!*'()".contains(c);
    if !path.is_empty() && path.chars().all(is_allowed) {
        return;
    }
    scope.report(
        Diagnostic::new(
            codes::BASE_PATH,
            format!("API Gateway rejects the base path `{path}` of an edge-optimized domain name"),
        )
        .property("BasePath")
        .actual(path)
        .expected("one name of letters, digits and `$-_.+!*'()`, without `/`")
        .help("use `map_root` for the root path; a regional domain name, `apigatewayv2::DomainName`, has paths such as `orders/v1`")
        .url(PATHS),
    );
}
