//! Builds previews of pull requests: the stack that they share, and the stacks of a single preview.
//!
//! One small stack with the roles is shared by all previews of an account, and deployed by an administrator. All other stacks are separate for each
//! preview, so that it can be deployed and removed independently. Images are the proposals of the pull requests, in their repository.

use infra_lib::github::{OidcProvider, PreviewRoles};
use infra_lib::{App, Output};

use crate::Config;
use crate::config::{GithubId, OidcProviderConfig, PreviewConfig, PreviewName};
use crate::stacks::{Data, EDGE_REGION, Edge, Foundation, Migration, Network, Service};

/// Workflow that deploys and removes previews without running code of pull requests.
const WORKFLOW: &str = "preview-trusted.yml";

/// Builds the stack that previews share, or the stacks of one preview.
pub(crate) fn build(app: &App, config: &Config, preview: &PreviewConfig) {
    match &preview.name {
        None => build_shared_stack(app, config, preview),
        Some(name) => build_preview_stacks(app, config, preview, name),
    }
}

/// Builds the stack that all previews of an account share.
fn build_shared_stack(app: &App, config: &Config, preview: &PreviewConfig) {
    app.mark_stacks(crate::APP, config.environment.as_str());
    let stack = config
        .stack_props("foundation", "Roles of previews")
        .build(app, "Foundation");
    let provider = match config.delivery.oidc_provider {
        OidcProviderConfig::Create => OidcProvider::new(stack, "GitHub"),
        OidcProviderConfig::Existing => OidcProvider::of_account(),
    };
    let start = match config.region.as_str() {
        EDGE_REGION => PreviewRoles::builder(),
        _ => PreviewRoles::builder().stacks_in(EDGE_REGION),
    };
    let roles = start
        .deploys_app(&build_sample(config, preview))
        .images(preview.images.clone())
        .provider(&provider)
        .repository(config.delivery.repository.as_str())
        .maybe_owner_id(config.delivery.owner_id.as_ref().map(GithubId::as_str))
        .maybe_repository_id(config.delivery.repository_id.as_ref().map(GithubId::as_str))
        .workflow(WORKFLOW)
        .environment(preview.environment.as_str())
        .stack_prefix(config.shared_prefix())
        .build(stack, "Previews");
    Output::new(stack, "PreviewRole", roles.preview().arn())
        .description("The role that deploys and removes previews");
    Output::new(stack, "PreviewExecutionRole", roles.execution().arn())
        .description("The role that CloudFormation works with");
}

/// Builds an app with the stacks of one preview, for the resource types that the roles deploy.
fn build_sample(config: &Config, preview: &PreviewConfig) -> App {
    let app = App::new();
    if let Ok(name) = PreviewName::try_from("sample".to_owned()) {
        let named = PreviewConfig {
            name: Some(name.clone()),
            ..preview.clone()
        };
        let config = Config {
            preview: Some(named.clone()),
            ..config.clone()
        };
        build_preview_stacks(&app, &config, &named, &name);
    }
    app
}

/// Builds the stacks of one preview. It has no dashboard, and its alarm only rolls deployments back.
fn build_preview_stacks(app: &App, config: &Config, preview: &PreviewConfig, name: &PreviewName) {
    app.mark_preview(
        crate::APP,
        config.environment.as_str(),
        name.as_str(),
        preview.expires.as_str(),
    );
    PreviewRoles::limit_roles(app, &config.shared_prefix());
    let foundation = Foundation::of_preview(preview.images.clone());
    let network = Network::build(app, config, &foundation);
    let data = Data::build(app, config, &foundation, &network);
    let migration = Migration::build(app, config, &foundation, &network, &data);
    let service = Service::build(app, config, &foundation, &network, &data, &migration);
    Edge::build(app, config, &foundation, &data, &service);
}
