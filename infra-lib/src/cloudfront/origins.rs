//! Origins of distributions, and groups of two of them.

use std::rc::Rc;

use infra_cfn::cloudfront::distribution::{
    CustomOriginConfig, Origin as OriginProperty, OriginCustomHeader,
    OriginGroup as OriginGroupProperty, OriginGroupFailoverCriteria, OriginGroupMember,
    OriginGroupMembers, OriginGroupRequired, OriginShield, S3OriginConfig, StatusCodes,
};
use infra_cfn::cloudfront::origin_access_control::{
    OriginAccessControlConfig, OriginAccessControlConfigRequired,
};
use infra_cfn::cloudfront::{CfnOriginAccessControl, CfnOriginAccessControlProps};

use super::ApiOrigin;
use crate::construct::With;
use crate::core::intrinsics::{select, split};
use crate::elbv2::AsApplicationLoadBalancer;
use crate::lambda::Url;
use crate::s3::Bucket;
use crate::unique_name::unique_name;
use crate::{Duration, IntoValue, Scope, Value, value};

/// An origin of a [`Distribution`](super::Distribution): where CloudFront reads what it has not cached.
///
/// Clones are the same origin, so that several behaviors can share one.
#[derive(Clone, Debug)]
pub struct Origin<'app>(Rc<Settings<'app>>);

#[derive(Clone, Debug)]
struct Settings<'app> {
    target: Target<'app>,
    path: Option<Value<String>>,
    headers: Vec<(String, Value<String>)>,
    attempts: Option<u8>,
    connection_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
    shield: Option<String>,
}

#[derive(Clone, Debug)]
enum Target<'app> {
    Bucket(Bucket<'app>),
    Host {
        host: Value<String>,
        tls: bool,
    },
    Vpc(ApiOrigin<'app>),
    Url(Box<Url<'app>>),
    Group {
        primary: Origin<'app>,
        fallback: Origin<'app>,
        statuses: Vec<u16>,
    },
}

impl<'app> Origin<'app> {
    /// Returns the objects of a private bucket. CloudFront signs its requests (origin access control), and the policy of
    /// the bucket allows only this distribution to read objects; the policy of a KMS key allows distributions of the account
    /// to decrypt. An imported bucket is reported (`INF4502`), since its policy belongs to another app.
    pub fn bucket(bucket: &Bucket<'app>) -> Self {
        Self::of(Target::Bucket(*bucket))
    }

    /// Returns a public host, called over HTTPS on port 443 with TLS 1.2. Its certificate must be valid for the name.
    pub fn https(host: impl IntoValue<String>) -> Self {
        let host = host.into_value();
        Self::of(Target::Host { host, tls: true })
    }

    /// Returns a public host, called over HTTP on port 80: requests and responses can be read on their way.
    pub fn http(host: impl IntoValue<String>) -> Self {
        let host = host.into_value();
        Self::of(Target::Host { host, tls: false })
    }

    /// Returns the host of an HTTPS URL, such as that of an API or of a stage of it. [`path`](Self::path) sets the part of
    /// the URL behind the host.
    pub fn https_url(url: impl IntoValue<String>) -> Self {
        Self::https(host_of(&url.into_value()))
    }

    /// Returns an internal load balancer, reached through a VPC origin; see [`ApiOrigin::vpc`]. A load balancer with public
    /// addresses is reported (`INF4533`).
    pub fn load_balancer(load_balancer: &impl AsApplicationLoadBalancer<'app>) -> Self {
        Self::vpc(ApiOrigin::vpc(load_balancer))
    }

    /// Returns an origin within a VPC with settings of its own, such as the port; or the public host of an [`ApiOrigin`].
    pub fn vpc(origin: ApiOrigin<'app>) -> Self {
        Self::of(Target::Vpc(origin))
    }

    /// Returns the URL of a function. CloudFront signs its requests (origin access control), and only this distribution
    /// may call the URL, which has [`UrlAuth::Iam`](crate::lambda::UrlAuth::Iam). Clients that send a body add its SHA-256
    /// in `x-amz-content-sha256`.
    pub fn function_url(url: &Url<'app>) -> Self {
        Self::of(Target::Url(Box::new(*url)))
    }

    /// Returns a group: CloudFront repeats a request at the fallback if the primary origin cannot be reached or answers
    /// with one of the statuses. Groups serve `GET`, `HEAD` and `OPTIONS` only (`INF4072`), and consist of two origins, none
    /// of which is a group (`INF4072`).
    pub fn group(primary: &Self, fallback: &Self, statuses: impl IntoIterator<Item = u16>) -> Self {
        Self::of(Target::Group {
            primary: primary.clone(),
            fallback: fallback.clone(),
            statuses: statuses.into_iter().collect(),
        })
    }

    /// Sets the path that CloudFront puts before that of each request, such as `/prod`. Default: none.
    pub fn path(self, path: impl IntoValue<String>) -> Self {
        self.change(|settings| settings.path = Some(path.into_value()))
    }

    /// Adds a header to each request to the origin. Its value is readable in the template.
    pub fn header(self, name: impl Into<String>, text: impl IntoValue<String>) -> Self {
        self.change(|settings| settings.headers.push((name.into(), text.into_value())))
    }

    /// Sets the number of attempts to connect, 1 to 3. Default: 3, as in CloudFront.
    pub fn connection_attempts(self, attempts: u8) -> Self {
        self.change(|settings| settings.attempts = Some(attempts))
    }

    /// Sets the time for which CloudFront waits for a connection, 1 to 10 seconds. Default: 10 seconds, as in CloudFront.
    pub fn connection_timeout(self, time: Duration) -> Self {
        self.change(|settings| settings.connection_timeout = Some(time))
    }

    /// Sets the time for which CloudFront waits for a response, 1 to 120 seconds. Default: 30 seconds, as in CloudFront. Has
    /// no effect on buckets and VPC origins.
    pub fn read_timeout(self, time: Duration) -> Self {
        self.change(|settings| settings.read_timeout = Some(time))
    }

    /// Sets the region with another cache before the origin (Origin Shield), at a charge. Default: none.
    pub fn shield(self, region: impl Into<String>) -> Self {
        self.change(|settings| settings.shield = Some(region.into()))
    }

    /// Returns `true` for a group.
    pub(super) fn is_group(&self) -> bool {
        matches!(self.0.target, Target::Group { .. })
    }

    /// Returns `true` for a group with another group in it.
    pub(super) fn has_nested_group(&self) -> bool {
        match &self.0.target {
            Target::Group {
                primary, fallback, ..
            } => primary.is_group() || fallback.is_group(),
            _ => false,
        }
    }

    fn of(target: Target<'app>) -> Self {
        Self(Rc::new(Settings {
            target,
            path: None,
            headers: Vec::new(),
            attempts: None,
            connection_timeout: None,
            read_timeout: None,
            shield: None,
        }))
    }

    fn change(mut self, change: impl FnOnce(&mut Settings<'app>)) -> Self {
        change(Rc::make_mut(&mut self.0));
        self
    }
}

/// Origins of one distribution, and what reads them.
pub(super) struct Origins<'app> {
    scope: Scope<'app>,
    known: Vec<(Origin<'app>, String)>,
    pub(super) items: Vec<OriginProperty>,
    pub(super) groups: Vec<OriginGroupProperty>,
    pub(super) buckets: Vec<Bucket<'app>>,
    pub(super) urls: Vec<(Scope<'app>, Url<'app>)>,
}

impl<'app> Origins<'app> {
    pub(super) const fn new(scope: Scope<'app>) -> Self {
        Self {
            scope,
            known: Vec::new(),
            items: Vec::new(),
            groups: Vec::new(),
            buckets: Vec::new(),
            urls: Vec::new(),
        }
    }

    /// Adds an origin unless it is known, and returns its ID.
    pub(super) fn add(&mut self, origin: &Origin<'app>) -> String {
        let known = self
            .known
            .iter()
            .find(|(known, _)| Rc::ptr_eq(&known.0, &origin.0));
        if let Some((_, id)) = known {
            return id.clone();
        }
        let id = if let Target::Group {
            primary,
            fallback,
            statuses,
        } = &origin.0.target
        {
            self.add_group(primary, fallback, statuses)
        } else {
            let id = format!("Origin{}", self.items.len() + 1);
            let property = self.build(&origin.0, &id);
            self.items.push(property);
            id
        };
        self.known.push((origin.clone(), id.clone()));
        id
    }

    fn add_group(
        &mut self,
        primary: &Origin<'app>,
        fallback: &Origin<'app>,
        statuses: &[u16],
    ) -> String {
        let members = [self.add(primary), self.add(fallback)].map(OriginGroupMember::new);
        let codes: Vec<i64> = statuses.iter().copied().map(i64::from).collect();
        let count = i64::try_from(codes.len()).unwrap_or(i64::MAX);
        let id = format!("OriginGroup{}", self.groups.len() + 1);
        self.groups
            .push(OriginGroupProperty::new(OriginGroupRequired {
                failover_criteria: value(OriginGroupFailoverCriteria::new(StatusCodes::new(
                    codes, count,
                ))),
                id: value(&id),
                members: value(OriginGroupMembers::new(members, 2)),
            }));
        id
    }

    fn build(&mut self, settings: &Settings<'app>, id: &str) -> OriginProperty {
        let scope = self.scope.construct(id);
        let seconds = |time: Duration| time.to_seconds_i64();
        let custom = |protocol: &str| {
            CustomOriginConfig::new(protocol)
                .origin_ssl_protocols(["TLSv1.2"])
                .with(
                    settings.read_timeout.map(seconds),
                    CustomOriginConfig::origin_read_timeout,
                )
        };
        let property = match &settings.target {
            Target::Bucket(bucket) => {
                self.buckets.push(*bucket);
                let control = scope.construct("S3OriginAccessControl");
                bucket_origin(control, "Resource", *bucket, id)
            }
            Target::Host { host, tls } => OriginProperty::new(host.clone(), id)
                .custom_origin_config(custom(if *tls { "https-only" } else { "http-only" })),
            Target::Vpc(origin) => origin.clone().build(scope, id),
            Target::Url(url) => {
                self.urls.push((scope, **url));
                let control = scope.construct("FunctionUrlOriginAccessControl");
                let control = create_access_control(control, "Resource", "lambda");
                OriginProperty::new(host_of(&url.url()), id)
                    .origin_access_control_id(control.attr_id())
                    .custom_origin_config(custom("https-only"))
            }
            Target::Group { .. } => unreachable!("groups are added by `add_group`"),
        };
        let headers: Vec<_> = settings
            .headers
            .iter()
            .map(|(name, text)| OriginCustomHeader::new(name, text))
            .collect();
        let headers = (!headers.is_empty()).then_some(headers);
        property
            .with(settings.path.clone(), OriginProperty::origin_path)
            .with(headers, OriginProperty::origin_custom_headers)
            .with(
                settings.attempts.map(i64::from),
                OriginProperty::connection_attempts,
            )
            .with(
                settings.connection_timeout.map(seconds),
                OriginProperty::connection_timeout,
            )
            .with(settings.shield.clone(), |origin, region| {
                origin.origin_shield(
                    OriginShield::new()
                        .enabled(true)
                        .origin_shield_region(region),
                )
            })
    }
}

/// Returns the origin of a private bucket, with the access control `control_id` below `scope`.
pub(super) fn bucket_origin(
    scope: Scope<'_>,
    control_id: &str,
    bucket: Bucket<'_>,
    id: &str,
) -> OriginProperty {
    let control = create_access_control(scope, control_id, "s3");
    OriginProperty::new(bucket.regional_domain_name(), id)
        .origin_access_control_id(control.attr_id())
        // Required to be empty with an origin access control.
        .s3_origin_config(S3OriginConfig::new().origin_access_identity(""))
}

fn create_access_control<'app>(
    scope: Scope<'app>,
    id: &str,
    kind: &str,
) -> CfnOriginAccessControl<'app> {
    let control = OriginAccessControlConfig::new(OriginAccessControlConfigRequired {
        name: value(unique_name(scope, id, 64)),
        origin_access_control_origin_type: value(kind),
        signing_behavior: value("always"),
        signing_protocol: value("sigv4"),
    });
    CfnOriginAccessControlProps::new(control).build(scope, id)
}

/// Returns the host of a URL.
fn host_of(url: &Value<String>) -> Value<String> {
    match url.as_literal() {
        Some(text) => value(text.split('/').nth(2).unwrap_or(text)),
        None => select(2, split("/", url)),
    }
}
