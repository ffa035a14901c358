//! Signed calls of services whose SDK crate would cost more than it gives: a few read-only operations of each are used.

use std::time::SystemTime;

use aws_config::SdkConfig;
use aws_credential_types::provider::ProvideCredentials;
use aws_sdk_sts::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_types::service_config::ServiceConfigKey;
use serde_json::Value as JsonValue;

use super::{Answer, problem, retry};
use crate::{ApiError, ApiErrorKind};

/// A service as its calls need it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Service {
    /// The name in messages.
    pub(super) name: &'static str,
    /// The id in the AWS configuration files and, in capitals, behind `AWS_ENDPOINT_URL_`.
    pub(super) id: &'static str,
    /// The name that requests are signed for.
    pub(super) signing_name: &'static str,
    /// The first part of the host name.
    pub(super) host: &'static str,
    /// The prefix of operations in the header `X-Amz-Target`.
    pub(super) target: &'static str,
}

/// A client of one service in one region, for the protocol AWS JSON 1.1.
#[derive(Clone, Debug)]
pub(super) struct JsonClient {
    config: SdkConfig,
    service: Service,
}

/// A request that is signed already.
#[derive(Clone, Debug)]
struct Signed {
    headers: Vec<(String, String)>,
    body: String,
}

impl JsonClient {
    pub(super) fn new(config: &SdkConfig, service: Service) -> Self {
        Self {
            config: config.clone(),
            service,
        }
    }

    /// Makes a call, once.
    pub(super) async fn call(
        &self,
        operation: &'static str,
        input: &JsonValue,
    ) -> Answer<JsonValue> {
        let url = self
            .url()
            .await
            .map_err(|said| self.invalid(operation, said))?;
        let headers = vec![
            (
                "content-type".to_owned(),
                "application/x-amz-json-1.1".to_owned(),
            ),
            (
                "x-amz-target".to_owned(),
                format!("{}.{operation}", self.service.target),
            ),
        ];
        let signed = self
            .sign(operation, &url, headers, input.to_string())
            .await?;
        let mut call = Operation::builder()
            .service_name(self.service.name)
            .operation_name(operation)
            .endpoint_url(&url)
            .no_auth()
            .no_retry()
            .timeout_config(retry::timeouts())
            .serializer(|signed: Signed| {
                let mut request = HttpRequest::new(SdkBody::from(signed.body));
                request.set_method("POST")?;
                request.set_uri("/")?;
                for (name, value) in signed.headers {
                    request.headers_mut().try_insert(name, value)?;
                }
                Ok(request)
            })
            .deserializer(read);
        if let Some(client) = self.config.http_client() {
            call = call.http_client(client);
        }
        let answer = call.build().invoke(signed).await;
        answer.map_err(problem::of(self.service.name, operation))
    }

    async fn sign(
        &self,
        operation: &'static str,
        url: &str,
        mut headers: Vec<(String, String)>,
        body: String,
    ) -> Answer<Signed> {
        let service = self.service.name;
        let Some(provider) = self.config.credentials_provider() else {
            let said = "none were found".to_owned();
            return Err(ApiError::new(service, operation, "NoCredentials", said));
        };
        let credentials = provider.provide_credentials().await.map_err(|error| {
            let kind = ApiErrorKind::NoCredentials;
            ApiError::no_answer(kind, service, operation, error.to_string(), error)
        })?;
        let identity = credentials.into();
        let region = self.config.region().map(ToString::to_string);
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(region.as_deref().unwrap_or_default())
            .name(self.service.signing_name)
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| self.invalid(operation, error.to_string()))?
            .into();
        let named = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let signable =
            SignableRequest::new("POST", url, named, SignableBody::Bytes(body.as_bytes()));
        let signable = signable.map_err(|error| self.invalid(operation, error.to_string()))?;
        let (instructions, _) = sign(signable, &parameters)
            .map_err(|error| self.invalid(operation, error.to_string()))?
            .into_parts();
        headers.extend(
            instructions
                .headers()
                .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
        Ok(Signed { headers, body })
    }

    /// The address of the service: that of the settings, or that of AWS in the partition of the region.
    async fn url(&self) -> Result<String, String> {
        let key = ServiceConfigKey::builder()
            .service_id(self.service.id)
            .profile("endpoint_url")
            .env("AWS_ENDPOINT_URL")
            .build();
        let of_service = match (self.config.service_config(), key) {
            (Some(settings), Ok(key)) => settings.load_config(key),
            _ => None,
        };
        if let Some(url) = of_service.or(self.config.endpoint_url().map(str::to_owned)) {
            return Ok(format!("{}/", url.trim_end_matches('/')));
        }
        // The SDK's own rules know partitions, FIPS and dual-stack; those of STS are the plainest.
        let parameters = Params::builder()
            .set_region(self.config.region().map(ToString::to_string))
            .set_use_fips(self.config.use_fips())
            .set_use_dual_stack(self.config.use_dual_stack())
            .build()
            .map_err(|error| error.to_string())?;
        let endpoint = DefaultResolver::new().resolve_endpoint(&parameters).await;
        let endpoint = endpoint.map_err(|error| error.to_string())?;
        let of_sts = endpoint.url().strip_prefix("https://sts");
        let rest = of_sts.ok_or("there is no endpoint of the region")?;
        let rest = rest.trim_end_matches('/');
        if self.service.signing_name == "ecr" {
            let fips = self.config.use_fips() == Some(true);
            let dual_stack = self.config.use_dual_stack() == Some(true);
            let host = ecr_host(fips, dual_stack);
            let rest = rest.strip_prefix("-fips").unwrap_or(rest);
            return Ok(format!("https://{host}{rest}/"));
        }
        Ok(format!("https://{}{rest}/", self.service.host))
    }

    fn invalid(&self, operation: &'static str, said: String) -> ApiError {
        ApiError::new(self.service.name, operation, "InvalidRequest", said)
    }
}

/// The first part of the host of ECR, which has names of its own for its other endpoints.
/// <https://docs.aws.amazon.com/general/latest/gr/ecr.html>
fn ecr_host(fips: bool, dual_stack: bool) -> &'static str {
    match (fips, dual_stack) {
        (false, false) => "api.ecr",
        (false, true) => "ecr",
        (true, false) => "api.ecr-fips",
        (true, true) => "ecr-fips",
    }
}

/// The body of an answer, or the code and message of a refusal.
fn read(response: &HttpResponse) -> Result<JsonValue, OrchestratorError<ErrorMetadata>> {
    let body = response.body().bytes().unwrap_or_default();
    let parsed = serde_json::from_slice::<JsonValue>(body);
    if response.status().is_success() {
        return parsed.map_err(OrchestratorError::other);
    }
    let value = parsed.unwrap_or_default();
    let mut error = ErrorMetadata::builder();
    // `com.amazonaws.ssm#ParameterNotFound`, and in a header `ParameterNotFound:http://…`.
    let code = value["__type"].as_str().map(str::to_owned);
    let code = code.or_else(|| Some(response.headers().get("x-amzn-errortype")?.to_owned()));
    if let Some(code) = code {
        let code = code.rsplit('#').next().unwrap_or_default();
        error = error.code(code.split(':').next().unwrap_or_default());
    }
    if let Some(message) = value["message"].as_str().or(value["Message"].as_str()) {
        error = error.message(message);
    }
    Err(OrchestratorError::operation(error.build()))
}

#[cfg(test)]
mod tests {
    #![expect(
        deprecated,
        reason = "the crate that these types moved to is no dependency of ours"
    )]

    use aws_config::profile::profile_file::{ProfileFileKind, ProfileFiles};
    use aws_config::{BehaviorVersion, Region, SdkConfig};
    use aws_credential_types::Credentials;

    use super::{JsonClient, Service};

    async fn url(
        region: &str,
        change: impl FnOnce(aws_types::sdk_config::Builder) -> aws_types::sdk_config::Builder,
    ) -> String {
        let builder = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(region.to_owned()));
        let service = Service {
            name: "ECR",
            id: "ecr",
            signing_name: "ecr",
            host: "api.ecr",
            target: "T",
        };
        let client = JsonClient::new(&change(builder).build(), service);
        client.url().await.unwrap()
    }

    #[tokio::test]
    async fn addresses_follow_partition_and_settings() {
        assert_eq!(
            url("eu-west-1", |b| b).await,
            "https://api.ecr.eu-west-1.amazonaws.com/"
        );
        assert_eq!(
            url("cn-north-1", |b| b).await,
            "https://api.ecr.cn-north-1.amazonaws.com.cn/"
        );
        assert_eq!(
            url("us-iso-east-1", |b| b).await,
            "https://api.ecr.us-iso-east-1.c2s.ic.gov/"
        );
        assert_eq!(
            url("us-east-1", |b| b.use_fips(true)).await,
            "https://api.ecr-fips.us-east-1.amazonaws.com/"
        );
        assert_eq!(
            url("us-gov-west-1", |b| b.use_fips(true)).await,
            "https://api.ecr-fips.us-gov-west-1.amazonaws.com/"
        );
        assert_eq!(
            url("eu-west-1", |b| b.use_dual_stack(true)).await,
            "https://ecr.eu-west-1.api.aws/"
        );
        assert_eq!(
            url("us-east-1", |b| b.use_fips(true).use_dual_stack(true)).await,
            "https://ecr-fips.us-east-1.api.aws/"
        );
        assert_eq!(
            url("eu-west-1", |b| b.endpoint_url("http://127.0.0.1:1")).await,
            "http://127.0.0.1:1/"
        );
    }

    /// The keys of a profile that choose the kind of endpoint count for these calls as for those of the SDK.
    #[tokio::test]
    async fn addresses_follow_the_profile() {
        for (keys, expected) in [
            (
                "use_fips_endpoint = true",
                "ssm-fips.eu-west-1.amazonaws.com",
            ),
            ("use_dualstack_endpoint = true", "ssm.eu-west-1.api.aws"),
            ("output = json", "ssm.eu-west-1.amazonaws.com"),
        ] {
            let text = format!("[profile chosen]\nregion = eu-west-1\n{keys}\n");
            let files = ProfileFiles::builder().with_contents(ProfileFileKind::Config, text);
            let config = aws_config::defaults(BehaviorVersion::latest())
                .profile_files(files.build())
                .profile_name("chosen")
                // The SDK's own way to credentials would want an HTTP client.
                .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
                .region(Region::new("eu-west-1"))
                .load()
                .await;
            let service = Service {
                name: "SSM",
                id: "ssm",
                signing_name: "ssm",
                host: "ssm",
                target: "T",
            };
            let url = JsonClient::new(&config, service).url().await.unwrap();
            assert_eq!(url, format!("https://{expected}/"), "{keys}");
        }
    }
}
