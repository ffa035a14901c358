//! Signed calls to services of which only a few read operations are used, without the compile time of their SDK crates.
//!
//! [`Client`] resolves the endpoint, signs and sends requests. There is a client for each protocol: [`json`], [`query`] and [`rest_xml`].

pub(super) mod json;
pub(super) mod query;
pub(super) mod rest_xml;
pub(super) mod xml;

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

use super::{ApiResult, problem, retry};
use crate::{ApiError, ApiErrorKind, partition};

/// The properties of a service that calls depend on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Service {
    /// Name in error messages.
    pub(super) name: &'static str,
    /// ID in the AWS configuration files and, in capitals, in `AWS_ENDPOINT_URL_<SERVICE>`.
    pub(super) id: &'static str,
    /// Name of the service in signatures.
    pub(super) signing_name: &'static str,
    /// Location of its endpoints.
    pub(super) endpoint: Endpoint,
}

/// The location of the endpoints of a service.
#[derive(Clone, Copy, Debug)]
pub(super) enum Endpoint {
    /// An endpoint in each region, with this first part of the host name.
    Regional(&'static str),
    /// An endpoint in each region, with `-fips` after the first part of the host name for FIPS in every partition: GovCloud has both kinds.
    RegionalOrFips(&'static str),
    /// ECR: an endpoint in each region, with different host names for FIPS and dual-stack.
    Ecr,
    /// Route 53: an endpoint in each partition.
    Route53,
    /// IAM: an endpoint in each partition.
    Iam,
}

/// A client for one service in one region.
#[derive(Clone, Debug)]
struct Client {
    config: SdkConfig,
    service: Service,
}

/// A request, unsigned or signed.
#[derive(Clone, Debug)]
struct Request {
    method: &'static str,
    /// Path starting with `/`, including the query.
    path: String,
    headers: Vec<(String, String)>,
    body: String,
}

/// Function that reads a response: its data, or the code and message of an error response.
type ResponseParser<T> = fn(&HttpResponse) -> Result<T, OrchestratorError<ErrorMetadata>>;

/// An address without a trailing slash, and the region for signing calls to it.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Address {
    url: String,
    region: String,
}

impl Client {
    fn new(config: &SdkConfig, service: Service) -> Self {
        Self {
            config: config.clone(),
            service,
        }
    }

    /// Makes a call without retries.
    async fn send_request<T>(
        &self,
        operation: &'static str,
        request: Request,
        read: ResponseParser<T>,
    ) -> ApiResult<T>
    where
        T: std::fmt::Debug + Send + Sync + 'static,
    {
        let address = self
            .resolve_address()
            .await
            .map_err(|said| self.invalid_request(operation, said))?;
        let signed = self.sign_request(operation, &address, request).await?;
        let mut call = Operation::builder()
            .service_name(self.service.name)
            .operation_name(operation)
            .endpoint_url(&address.url)
            .no_auth()
            .no_retry()
            .timeout_config(retry::call_timeouts())
            .serializer(|signed: Request| {
                let mut request = HttpRequest::new(SdkBody::from(signed.body));
                request.set_method(signed.method)?;
                request.set_uri(signed.path)?;
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
        answer.map_err(problem::convert_sdk_error(self.service.name, operation))
    }

    async fn sign_request(
        &self,
        operation: &'static str,
        address: &Address,
        mut request: Request,
    ) -> ApiResult<Request> {
        let service = self.service.name;
        let Some(provider) = self.config.credentials_provider() else {
            let said = "no credentials were found".to_owned();
            return Err(ApiError::new(service, operation, "NoCredentials", said));
        };
        let credentials = provider.provide_credentials().await.map_err(|error| {
            let kind = ApiErrorKind::NoCredentials;
            ApiError::without_response(kind, service, operation, error.to_string(), error)
        })?;
        let identity = credentials.into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(&address.region)
            .name(self.service.signing_name)
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| self.invalid_request(operation, error.to_string()))?
            .into();
        let named = request
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let signable = SignableRequest::new(
            request.method,
            format!("{}{}", address.url, request.path),
            named,
            SignableBody::Bytes(request.body.as_bytes()),
        );
        let signable =
            signable.map_err(|error| self.invalid_request(operation, error.to_string()))?;
        let (instructions, _) = sign(signable, &parameters)
            .map_err(|error| self.invalid_request(operation, error.to_string()))?
            .into_parts();
        request.headers.extend(
            instructions
                .headers()
                .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
        Ok(request)
    }

    /// Returns the address of the service: that of the settings, or the endpoint of AWS in the partition of the region.
    async fn resolve_address(&self) -> Result<Address, String> {
        let region = self.config.region().map(ToString::to_string);
        let region = region.unwrap_or_default();
        let fixed = |url: String| Address {
            url: url.trim_end_matches('/').to_owned(),
            region: region.clone(),
        };
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
            return Ok(fixed(url));
        }
        let fips = self.config.use_fips().unwrap_or_default();
        let dual_stack = self.config.use_dual_stack().unwrap_or_default();
        let host = match self.service.endpoint {
            Endpoint::Regional(host) | Endpoint::RegionalOrFips(host) => host,
            Endpoint::Ecr => ecr_host(fips, dual_stack),
            Endpoint::Iam => {
                let (host, region) = partition::iam_endpoint(&region);
                return Ok(Address {
                    url: format!("https://{host}"),
                    region: region.to_owned(),
                });
            }
            Endpoint::Route53 => {
                let (host, region) = partition::route53_endpoint(&region, fips, dual_stack);
                return Ok(Address {
                    url: format!("https://{host}"),
                    region: region.to_owned(),
                });
            }
        };
        // The rules of the SDK know partitions, FIPS and dual-stack; those of STS are the simplest.
        let parameters = Params::builder()
            .set_region(self.config.region().map(ToString::to_string))
            .use_fips(fips)
            .use_dual_stack(dual_stack)
            .build()
            .map_err(|error| error.to_string())?;
        let endpoint = DefaultResolver::new().resolve_endpoint(&parameters).await;
        let endpoint = endpoint.map_err(|error| error.to_string())?;
        let of_sts = endpoint.url().strip_prefix("https://sts");
        let rest = of_sts.ok_or("the region has no endpoint")?;
        // The host name of STS contains `-fips` in some partitions only.
        let plain = rest.strip_prefix("-fips").unwrap_or(rest);
        Ok(fixed(match self.service.endpoint {
            Endpoint::Ecr => format!("https://{host}{plain}"),
            Endpoint::RegionalOrFips(_) if fips => format!("https://{host}-fips{plain}"),
            _ => format!("https://{host}{rest}"),
        }))
    }

    fn invalid_request(&self, operation: &'static str, said: String) -> ApiError {
        ApiError::new(self.service.name, operation, "InvalidRequest", said)
    }
}

/// Returns the first part of the host name of ECR, whose other endpoints have different names.
/// <https://docs.aws.amazon.com/general/latest/gr/ecr.html>
fn ecr_host(fips: bool, dual_stack: bool) -> &'static str {
    match (fips, dual_stack) {
        (false, false) => "api.ecr",
        (false, true) => "ecr",
        (true, false) => "api.ecr-fips",
        (true, true) => "ecr-fips",
    }
}

/// Encodes text for a query or form: everything except letters, digits and `-._~` becomes `%XX`.
fn percent_encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Decodes the encoding of [`percent_encode`] and IAM. A `%` without two hexadecimal digits is kept.
pub(super) fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3);
        let hex = hex.and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match byte {
            Some(byte) if bytes[at] == b'%' => {
                out.push(byte);
                at += 3;
            }
            _ => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
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

    use super::{Address, Client, Endpoint, Service, percent_decode, percent_encode};

    async fn resolve_test_address(
        endpoint: Endpoint,
        region: &str,
        change: impl FnOnce(aws_types::sdk_config::Builder) -> aws_types::sdk_config::Builder,
    ) -> Address {
        let builder = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(region.to_owned()));
        let service = Service {
            name: "ECR",
            id: "ecr",
            signing_name: "ecr",
            endpoint,
        };
        let client = Client::new(&change(builder).build(), service);
        client.resolve_address().await.unwrap()
    }

    #[tokio::test]
    async fn resolves_address_by_partition_and_settings() {
        let ecr = Endpoint::Ecr;
        for (region, url) in [
            ("eu-west-1", "https://api.ecr.eu-west-1.amazonaws.com"),
            ("cn-north-1", "https://api.ecr.cn-north-1.amazonaws.com.cn"),
            ("us-iso-east-1", "https://api.ecr.us-iso-east-1.c2s.ic.gov"),
        ] {
            let found = resolve_test_address(ecr, region, |b| b).await;
            assert_eq!((&*found.url, &*found.region), (url, region));
        }
        for (region, fips, dual_stack, url) in [
            (
                "us-east-1",
                true,
                false,
                "https://api.ecr-fips.us-east-1.amazonaws.com",
            ),
            (
                "us-gov-west-1",
                true,
                false,
                "https://api.ecr-fips.us-gov-west-1.amazonaws.com",
            ),
            ("eu-west-1", false, true, "https://ecr.eu-west-1.api.aws"),
            (
                "us-east-1",
                true,
                true,
                "https://ecr-fips.us-east-1.api.aws",
            ),
        ] {
            let set =
                |b: aws_types::sdk_config::Builder| b.use_fips(fips).use_dual_stack(dual_stack);
            assert_eq!(resolve_test_address(ecr, region, set).await.url, url);
        }
        assert_eq!(
            resolve_test_address(Endpoint::Regional("ec2"), "eu-west-1", |b| b
                .use_dual_stack(true))
            .await
            .url,
            "https://ec2.eu-west-1.api.aws"
        );
        assert_eq!(
            resolve_test_address(ecr, "eu-west-1", |b| b.endpoint_url("http://127.0.0.1:1/")).await,
            Address {
                url: "http://127.0.0.1:1".to_owned(),
                region: "eu-west-1".to_owned(),
            }
        );
    }

    #[tokio::test]
    async fn resolves_fips_address_in_every_partition() {
        for (endpoint, region, url) in [
            (
                Endpoint::RegionalOrFips("kms"),
                "us-gov-west-1",
                "https://kms-fips.us-gov-west-1.amazonaws.com",
            ),
            (
                Endpoint::RegionalOrFips("kms"),
                "us-east-1",
                "https://kms-fips.us-east-1.amazonaws.com",
            ),
            (
                Endpoint::Regional("ec2"),
                "us-gov-west-1",
                "https://ec2.us-gov-west-1.amazonaws.com",
            ),
        ] {
            let found = resolve_test_address(endpoint, region, |b| b.use_fips(true)).await;
            assert_eq!(found.url, url);
        }
    }

    #[tokio::test]
    async fn resolves_route53_address_of_partition() {
        let found = resolve_test_address(Endpoint::Route53, "eu-west-1", |b| b).await;
        assert_eq!(found.url, "https://route53.amazonaws.com");
        assert_eq!(found.region, "us-east-1");
        let found = resolve_test_address(Endpoint::Route53, "cn-north-1", |b| b).await;
        assert_eq!(found.url, "https://route53.amazonaws.com.cn");
        assert_eq!(found.region, "cn-northwest-1");
    }

    #[test]
    fn encodes_special_characters() {
        assert_eq!(percent_encode("a-Z_0.~"), "a-Z_0.~");
        assert_eq!(
            percent_encode("tag:Name=ä b&c*/"),
            "tag%3AName%3D%C3%A4%20b%26c%2A%2F"
        );
    }

    /// The profile keys that select the kind of endpoint apply to these calls as well as to those of the SDK.
    #[tokio::test]
    async fn resolves_address_by_profile() {
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
                // The default credentials provider of the SDK requires an HTTP client.
                .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
                .region(Region::new("eu-west-1"))
                .load()
                .await;
            let service = Service {
                name: "SSM",
                id: "ssm",
                signing_name: "ssm",
                endpoint: Endpoint::Regional("ssm"),
            };
            let found = Client::new(&config, service)
                .resolve_address()
                .await
                .unwrap();
            assert_eq!(found.url, format!("https://{expected}"), "{keys}");
        }
    }

    #[test]
    fn decodes_encoded_text() {
        for text in ["", "{\"a\": [1, 2]}", "ü %", "100%"] {
            assert_eq!(percent_decode(&percent_encode(text)), text);
        }
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%zz"), "%zz");
    }

    #[tokio::test]
    async fn resolves_iam_address_of_partition() {
        for (region, url, signed) in [
            ("eu-west-1", "https://iam.amazonaws.com", "us-east-1"),
            (
                "cn-north-1",
                "https://iam.cn-north-1.amazonaws.com.cn",
                "cn-north-1",
            ),
            (
                "us-gov-east-1",
                "https://iam.us-gov.amazonaws.com",
                "us-gov-west-1",
            ),
        ] {
            let found = resolve_test_address(Endpoint::Iam, region, |b| b).await;
            assert_eq!((&*found.url, &*found.region), (url, signed));
        }
    }
}
