//! Connects to AWS: resolves configuration and TLS, and creates the clients of each service and region on demand.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use ::time::OffsetDateTime;
use async_trait::async_trait;
use aws_config::ecs::EcsCredentialsProvider;
use aws_config::environment::region::EnvironmentVariableRegionProvider;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::meta::region::RegionProviderChain;
use aws_config::profile::{ProfileFileCredentialsProvider, ProfileFileRegionProvider};
use aws_config::provider_config::ProviderConfig;
use aws_config::{AppName, BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_types::service_config::ServiceConfigKey;
use infra_template::assembly::AssumedRole;

use super::assume::{RenewingProvider, RoleAssumer};
use super::credentials::RecordingProvider;
use super::error::ConnectError;
use super::mfa::MfaRole;
use super::profile::{AssumedRole as ProfileRole, CredentialSource};
use super::settings::{Settings, has_own_keys};
use super::{
    ApiResult, cloudcontrol, cloudformation, cloudfront, ec2, ecr, ecs, elbv2, iam, kms, logs,
    problem, retry, route53, s3, ssm, text_or_empty, trust,
};
use crate::{
    Cdn, Cloud, CloudControl, CloudFormation, Ec2, Ecs, HostedZones, Identities, Identity,
    ImageRegistry, Keys, LoadBalancing, Logs, ObjectStore, ParameterStore, RateLimitedCloud,
    Topics,
};

/// Returns access to AWS as configured by environment variables and profile. No call is made before one is needed.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let cloud = infra_aws::sdk::connect().await?;
/// println!("{}", cloud.caller_identity().await?.account);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Fails if a setting or certificate is invalid.
pub async fn connect() -> Result<Arc<dyn Cloud>, ConnectError> {
    Settings::from_environment()?.connect().await
}

impl Settings {
    /// Returns access to AWS with these settings, completed by environment variables and profile. No call is made before one is needed.
    ///
    /// # Errors
    ///
    /// Fails if a setting or certificate is invalid.
    pub async fn connect(self) -> Result<Arc<dyn Cloud>, ConnectError> {
        let context = trust::tls_context(self.ca_bundle.as_deref())?;
        let profile = self.chosen_profile().await?;
        let with_mfa = match &self.mfa_code {
            Some(code) if !has_own_keys() => profile.role.clone().zip(Some(code.clone())),
            _ => None,
        };
        let mut profile_region = ProfileFileRegionProvider::builder();
        if let Some(profile) = &self.profile {
            profile_region = profile_region.profile_name(profile);
        }
        // The default chain of the SDK ends with the metadata service of EC2, which takes seconds to fail everywhere else.
        let region = RegionProviderChain::first_try(self.region.map(Region::new))
            .or_else(EnvironmentVariableRegionProvider::new())
            .or_else(profile_region.build());
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .region(region)
            .http_client(http_client(context))
            .retry_config(retry::write_retries())
            .timeout_config(retry::call_timeouts());
        // Identifies the calls of this tool in the logs of AWS.
        if let Ok(name) = AppName::new("infra") {
            loader = loader.app_name(name);
        }
        if let Some(profile) = self.profile {
            loader = loader.profile_name(profile);
        }
        if let Some(url) = self.endpoint_url {
            loader = loader.endpoint_url(url);
        }
        if let Some((id, secret)) = self.access_key {
            loader =
                loader.credentials_provider(Credentials::new(id, secret, None, None, "settings"));
        }
        let mut config = loader.load().await;
        if let Some((role, code)) = with_mfa
            && let Some(serial) = role.mfa_serial.clone()
        {
            let sts = sts_client_for_role(&config, &role);
            let role = MfaRole::new(sts, role, serial, code);
            let builder = config.into_builder();
            config = builder
                .credentials_provider(SharedCredentialsProvider::new(role))
                .build();
        }
        let credentials = config.credentials_provider();
        let credentials = credentials.map(|given| RecordingProvider::new(given, profile));
        let config = match &credentials {
            Some(provider) => config
                .into_builder()
                .credentials_provider(SharedCredentialsProvider::new(provider.clone()))
                .build(),
            None => config,
        };
        let aws = Aws {
            path_style: has_custom_s3_endpoint(&config),
            config,
            credentials,
            clients: Mutex::default(),
            assumed: Mutex::default(),
        };
        Ok(Arc::new(
            RateLimitedCloud::new(Arc::new(aws)).with_retries(retry::THROTTLED_RETRIES),
        ))
    }
}

/// Returns an STS client with the credentials that assume the role.
fn sts_client_for_role(config: &SdkConfig, role: &ProfileRole) -> aws_sdk_sts::Client {
    let region = config.region().cloned();
    let region = region.unwrap_or_else(|| Region::from_static("us-east-1"));
    let mut provider = ProviderConfig::without_region().with_region(Some(region.clone()));
    if let Some(client) = config.http_client() {
        provider = provider.with_http_client(client);
    }
    let given = match role.credential_source {
        Some(CredentialSource::Instance) => SharedCredentialsProvider::new(
            ImdsCredentialsProvider::builder()
                .configure(&provider)
                .build(),
        ),
        Some(CredentialSource::Container) => SharedCredentialsProvider::new(
            EcsCredentialsProvider::builder()
                .configure(&provider)
                .build(),
        ),
        None => {
            let mut chain = ProfileFileCredentialsProvider::builder().configure(&provider);
            if let Some(source) = &role.source {
                chain = chain.profile_name(source);
            }
            SharedCredentialsProvider::new(chain.build())
        }
    };
    let builder = config.clone().into_builder().region(region);
    let config = builder.credentials_provider(given);
    aws_sdk_sts::Client::new(&config.build())
}

/// Returns an HTTP client with one connection pool for all services. `HTTPS_PROXY` and `NO_PROXY` apply.
pub(super) fn http_client(context: TlsContext) -> SharedHttpClient {
    Builder::new().build_with_connector_fn(move |settings, components| {
        let mut connector = Connector::builder()
            .proxy_config(ProxyConfig::from_env())
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .tls_context(context.clone());
        connector.set_connector_settings(settings.cloned());
        connector.set_sleep_impl(components.and_then(RuntimeComponents::sleep_impl));
        connector.build()
    })
}

/// Returns `true` if S3 has a custom endpoint. Its bucket names must then be part of the path, because `BUCKET.localhost` does not resolve.
fn has_custom_s3_endpoint(config: &SdkConfig) -> bool {
    let key = ServiceConfigKey::builder()
        .service_id("s3")
        .profile("endpoint_url")
        .env("AWS_ENDPOINT_URL")
        .build();
    let of_service = match (config.service_config(), key) {
        (Some(settings), Ok(key)) => settings.load_config(key),
        _ => None,
    };
    of_service.is_some() || config.endpoint_url().is_some()
}

/// [`Cloud`] implemented with the AWS SDK.
struct Aws {
    config: SdkConfig,
    credentials: Option<RecordingProvider>,
    path_style: bool,
    clients: Mutex<BTreeMap<String, Clients>>,
    assumed: Mutex<BTreeMap<AssumedRole, Arc<dyn Cloud>>>,
}

/// The clients of a region.
#[derive(Clone, Debug)]
struct Clients {
    cloudformation: Arc<dyn CloudFormation>,
    ecs: Arc<dyn Ecs>,
    logs: Arc<dyn Logs>,
    objects: Arc<dyn ObjectStore>,
}

impl Aws {
    fn clients_for_region(&self, region: &str) -> Clients {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let made = clients.entry(region.to_owned()).or_insert_with(|| {
            let config = self.config_for_region(region);
            Clients {
                cloudformation: Arc::new(cloudformation::Client::new(&config)),
                ecs: Arc::new(ecs::Client::new(&config)),
                logs: Arc::new(logs::Client::new(&config)),
                objects: Arc::new(s3::Client::new(&config, self.path_style)),
            }
        });
        made.clone()
    }

    fn config_for_region(&self, region: &str) -> SdkConfig {
        let builder = self.config.clone().into_builder();
        builder.region(Region::new(region.to_owned())).build()
    }

    /// Returns the configuration for global services: that of the user's region, which determines the partition.
    fn global_config(&self) -> SdkConfig {
        match self.config.region() {
            Some(_) => self.config.clone(),
            None => self.config_for_region("us-east-1"),
        }
    }
}

#[async_trait]
impl Cloud for Aws {
    async fn caller_identity(&self) -> ApiResult<Identity> {
        // A read, and the first call of most commands: without a network, it should fail within three seconds.
        let config = aws_sdk_sts::config::Builder::from(&self.global_config())
            .retry_config(retry::read_retries());
        let client = aws_sdk_sts::Client::from_conf(config.build());
        let answer = client.get_caller_identity().send().await;
        let answer = answer.map_err(problem::convert_sdk_error("STS", "GetCallerIdentity"))?;
        Ok(Identity {
            account: text_or_empty(answer.account),
            arn: text_or_empty(answer.arn),
        })
    }

    fn default_region(&self) -> Option<String> {
        self.config.region().map(ToString::to_string)
    }

    async fn credentials_expiry(&self) -> Option<OffsetDateTime> {
        self.credentials.as_ref()?.resolve_expiry().await
    }

    fn cloudformation_client(&self, region: &str) -> Arc<dyn CloudFormation> {
        self.clients_for_region(region).cloudformation
    }

    fn ecs_client(&self, region: &str) -> Arc<dyn Ecs> {
        self.clients_for_region(region).ecs
    }

    fn logs_client(&self, region: &str) -> Arc<dyn Logs> {
        self.clients_for_region(region).logs
    }

    fn s3_client(&self, region: &str) -> Arc<dyn ObjectStore> {
        self.clients_for_region(region).objects
    }

    fn cloudfront_client(&self) -> Arc<dyn Cdn> {
        Arc::new(cloudfront::Client::new(&self.global_config()))
    }

    fn ssm_client(&self, region: &str) -> Arc<dyn ParameterStore> {
        Arc::new(ssm::Client::new(&self.config_for_region(region)))
    }

    fn ecr_client(&self, region: &str) -> Arc<dyn ImageRegistry> {
        Arc::new(ecr::Client::new(&self.config_for_region(region)))
    }

    fn ec2_client(&self, region: &str) -> Arc<dyn Ec2> {
        Arc::new(ec2::Client::new(&self.config_for_region(region)))
    }

    fn iam_client(&self) -> Option<Arc<dyn Identities>> {
        Some(Arc::new(iam::Client::new(&self.global_config())))
    }

    fn sns_client(&self, region: &str) -> Option<Arc<dyn Topics>> {
        Some(Arc::new(iam::SnsClient::new(
            &self.config_for_region(region),
        )))
    }

    fn elb_client(&self, region: &str) -> Arc<dyn LoadBalancing> {
        Arc::new(elbv2::Client::new(&self.config_for_region(region)))
    }

    fn route53_client(&self, region: &str) -> Arc<dyn HostedZones> {
        Arc::new(route53::Client::new(&self.config_for_region(region)))
    }

    fn kms_client(&self, region: &str) -> Arc<dyn Keys> {
        Arc::new(kms::Client::new(&self.config_for_region(region)))
    }

    fn cloud_control_client(&self, region: &str) -> Arc<dyn CloudControl> {
        Arc::new(cloudcontrol::Client::new(&self.config_for_region(region)))
    }

    async fn assume_role(&self, role: &AssumedRole) -> ApiResult<Arc<dyn Cloud>> {
        let known = |assumed: &Mutex<BTreeMap<AssumedRole, Arc<dyn Cloud>>>| {
            let assumed = assumed.lock().unwrap_or_else(PoisonError::into_inner);
            assumed.get(role).cloned()
        };
        if let Some(cloud) = known(&self.assumed) {
            return Ok(cloud);
        }
        // The role is assumed now, so that a refusal is known while other credentials can still be used.
        let assuming = RoleAssumer::new(&self.global_config(), role);
        let first = assuming.assume_role().await?;
        let provider = SharedCredentialsProvider::new(RenewingProvider::new(first, assuming));
        let credentials = self.credentials.as_ref();
        let credentials = credentials.map(|own| own.for_role(provider.clone()));
        let config = self.config.clone().into_builder();
        let config = match &credentials {
            Some(known) => {
                config.credentials_provider(SharedCredentialsProvider::new(known.clone()))
            }
            None => config.credentials_provider(provider),
        };
        let config = config.build();
        let cloud: Arc<dyn Cloud> = Arc::new(Self {
            config,
            credentials,
            path_style: self.path_style,
            clients: Mutex::default(),
            assumed: Mutex::default(),
        });
        let mut assumed = self.assumed.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(assumed.entry(role.clone()).or_insert(cloud).clone())
    }

    fn current_time(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}

impl fmt::Debug for Aws {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Aws")
            .field("region", &self.config.region())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::Settings;
    use crate::ApiErrorKind;

    /// Simulates a proxy without a connection: it accepts connections and closes them.
    #[tokio::test]
    async fn retries_first_call_twice_without_network() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let tried = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&tried);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                drop(stream);
            }
        });
        let settings = Settings::builder()
            .endpoint_url(address)
            .region("eu-west-1")
            .access_key(("id".to_owned(), "secret".to_owned()));
        let cloud = settings.build().connect().await.unwrap();
        let refused = cloud.caller_identity().await.unwrap_err();
        assert_eq!(refused.kind, ApiErrorKind::Network, "{refused:?}");
        assert_eq!(tried.load(Ordering::SeqCst), 3);
    }
}
