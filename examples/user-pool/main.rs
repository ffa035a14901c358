//! Sign-in with Amazon Cognito: a user pool, a client for the browser, and an API that accepts its tokens.

use std::process::ExitCode;

use infra_lib::apigatewayv2::{HttpApi, HttpIntegration, HttpMethod, JwtAuthorizer};
use infra_lib::cognito::{
    Mfa, OAuth, OAuthScope, SecondFactors, UserPool, UserPoolClient, UserPoolDomain,
    UserPoolDomainName, UserPoolGroup,
};
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::{App, Duration, Output, Stack};

const CODE: &str = "\
exports.handler = async (event) =>
  ({ hello: event.requestContext.authorizer.jwt.claims.sub });
";

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Accounts");
    let users = UserPool::builder()
        .self_sign_up(true)
        .mfa(Mfa::Required(SecondFactors::totp()))
        .build(stack, "Users");
    let web = UserPoolClient::builder()
        .user_pool(users)
        .oauth(
            OAuth::authorization_code("https://shop.example.com/signed-in")
                .scope(OAuthScope::OpenId),
        )
        .access_token_validity(Duration::minutes(15))
        .build(stack, "Web");
    let domain = UserPoolDomain::builder()
        .user_pool(users)
        .domain_name(UserPoolDomainName::Prefix("shop-accounts"))
        .build(stack, "Domain");
    UserPoolGroup::builder()
        .user_pool(users)
        .group_name("staff")
        .build(stack, "Staff");

    let me = Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline(CODE))
        .build(stack, "Me");
    let api = HttpApi::builder().build(stack, "Api");
    let tokens = JwtAuthorizer::builder()
        .api(api)
        .issuer(users.issuer_url())
        .audience(web.client_id().cast::<String>())
        .build(api, "Tokens");
    api.set_default_authorization(tokens);
    api.add_route(HttpMethod::Get, "/me", &HttpIntegration::lambda("Me", me));
    Output::new(stack, "SignIn", domain.base_url());
}
