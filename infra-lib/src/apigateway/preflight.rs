//! Answers to preflight requests of browsers.

use crate::apigatewayv2::{Cors, HttpMethod};
use crate::cfn::apigateway::method::{Integration, IntegrationResponse, MethodResponse};
use crate::construct::With;
use crate::core::intrinsics::{concat, join};
use crate::core::{Data, IntoValue, Value};

use super::integration::mock;

const STATUS: u16 = 204;

/// Returns the integration and the response of the method `OPTIONS`.
pub(super) fn answer(cors: &Cors) -> (Integration, MethodResponse) {
    let headers = headers(cors);
    let declared: Vec<(String, String)> = headers
        .iter()
        .map(|(name, _)| (parameter(name), "true".to_owned()))
        .collect();
    let values: std::collections::BTreeMap<String, Value<String>> = headers
        .into_iter()
        .map(|(name, value)| (parameter(name), quoted(value)))
        .collect();
    let template = (cors.origins.len() > 1).then(|| origins_template(&cors.origins));
    let response = IntegrationResponse::new(STATUS.to_string())
        .response_parameters(values)
        .with(template, |response, template| {
            response.response_templates([("application/json", template)])
        });
    let declared: std::collections::BTreeMap<String, String> = declared.into_iter().collect();
    (
        mock(STATUS).integration_responses([response]),
        MethodResponse::new(STATUS.to_string()).response_parameters(declared),
    )
}

fn parameter(header: &str) -> String {
    format!("method.response.header.{header}")
}

/// Returns a constant of the mapping language: text in single quotation marks.
fn quoted(value: Value<String>) -> Value<String> {
    concat([Data::from("'"), value.into_data(), Data::from("'")])
}

fn headers(cors: &Cors) -> Vec<(&'static str, Value<String>)> {
    let list = |values: &[Value<String>]| match values {
        [] => None,
        [one] => Some(one.clone()),
        many => Some(join(",", many)),
    };
    let methods: Vec<&str> = if cors.methods.contains(&HttpMethod::Any) {
        vec!["OPTIONS", "GET", "PUT", "POST", "DELETE", "PATCH", "HEAD"]
    } else {
        cors.methods.iter().map(|method| method.as_str()).collect()
    };
    let text = |text: String| (!text.is_empty()).then(|| text.into_value());
    let time = cors.max_age.map(|time| time.as_seconds().to_string());
    let several =
        cors.origins.len() > 1 || cors.origins.iter().any(|one| one.as_literal() != Some("*"));
    [
        ("Access-Control-Allow-Origin", cors.origins.first().cloned()),
        ("Access-Control-Allow-Methods", text(methods.join(","))),
        ("Access-Control-Allow-Headers", list(&cors.headers)),
        ("Access-Control-Expose-Headers", list(&cors.exposed)),
        ("Access-Control-Max-Age", time.and_then(text)),
        (
            "Access-Control-Allow-Credentials",
            cors.credentials.then(|| "true".into_value()),
        ),
        ("Vary", several.then(|| "Origin".into_value())),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}

/// Returns the template that answers with the origin of the request if it is allowed.
fn origins_template(origins: &[Value<String>]) -> Value<String> {
    let mut parts = vec![Data::from(
        "#set($origin = $input.params().header.get(\"Origin\"))\n\
         #if($origin == \"\") #set($origin = $input.params().header.get(\"origin\")) #end\n\
         #if(",
    )];
    for (at, origin) in origins.iter().enumerate() {
        let before = if at == 0 {
            "$origin == \""
        } else {
            " || $origin == \""
        };
        parts.push(Data::from(before));
        parts.push(origin.clone().into_data());
        parts.push(Data::from("\""));
    }
    parts.push(Data::from(
        ")\n  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)\n#end",
    ));
    concat(parts)
}
