//! A domain name serves the stages of an API, not the API.

use infra_lib::apigatewayv2::{DomainName, HttpApi};

fn map<'app>(domain: DomainName<'app>, api: HttpApi<'app>) {
    domain.map_root(&api);
}

fn main() {}
