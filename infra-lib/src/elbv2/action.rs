//! Actions of listeners and rules.

use crate::{Data, Props};

use super::{AsTargetGroup, TargetGroupRef};

/// Action of a listener or rule for a request: forward it, answer it, or redirect the client.
///
/// ```
/// use infra_lib::elbv2::Action;
///
/// let closed = Action::fixed_response(404);
/// let secure = Action::redirect_to_https();
/// ```
#[derive(Clone, Debug)]
pub struct Action<'app>(pub(super) ActionKind<'app>);

#[derive(Clone, Debug)]
pub(super) enum ActionKind<'app> {
    Forward(TargetGroupRef<'app>),
    FixedResponse { status: u16, body: Option<String> },
    Redirect(Redirect),
}

/// Target of a redirect; parts that are not set stay as in the request.
#[derive(Clone, Debug, Default)]
pub struct Redirect {
    protocol: Option<&'static str>,
    host: Option<String>,
    port: Option<u16>,
    path: Option<String>,
    code: RedirectCode,
}

/// Status code of a redirect.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum RedirectCode {
    /// `301`: browsers cache the redirect.
    #[default]
    Permanent,
    /// `302`: browsers repeat the request each time.
    Temporary,
}

impl Redirect {
    /// Creates a redirect to the same address.
    pub fn new() -> Self {
        Self::default()
    }

    /// Redirects to HTTPS, on port 443 unless another is set.
    pub fn https(mut self) -> Self {
        self.protocol = Some("HTTPS");
        self.port.get_or_insert(443);
        self
    }

    /// Redirects to another host. `#{host}` stands for the host of the request.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// Redirects to another port of the host.
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Redirects to another path. `#{path}` stands for the path of the request.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Sets the status code. Default: [`RedirectCode::Permanent`].
    pub fn code(mut self, code: RedirectCode) -> Self {
        self.code = code;
        self
    }
}

impl<'app> Action<'app> {
    /// Forwards the request to a target of the group.
    pub fn forward(target_group: &impl AsTargetGroup<'app>) -> Self {
        Self(ActionKind::Forward(target_group.as_target_group()))
    }

    /// Answers with a status code and an empty body.
    pub fn fixed_response(status: u16) -> Self {
        Self(ActionKind::FixedResponse { status, body: None })
    }

    /// Answers with a status code and a text of at most 1,024 bytes.
    pub fn fixed_text(status: u16, body: impl Into<String>) -> Self {
        Self(ActionKind::FixedResponse {
            status,
            body: Some(body.into()),
        })
    }

    /// Redirects the client to another address.
    pub fn redirect(to: Redirect) -> Self {
        Self(ActionKind::Redirect(to))
    }

    /// Redirects the client permanently to the same address over HTTPS.
    pub fn redirect_to_https() -> Self {
        Self::redirect(Redirect::new().https())
    }

    pub(super) const fn target_group(&self) -> Option<TargetGroupRef<'app>> {
        match &self.0 {
            ActionKind::Forward(group) => Some(*group),
            _ => None,
        }
    }

    /// Returns the property, which is the same for listeners and rules.
    pub(super) fn into_props(self) -> Props {
        let mut props = Props::new();
        match self.0 {
            ActionKind::Forward(group) => {
                props.set::<String>("Type", "forward");
                props.set::<String>("TargetGroupArn", group.arn());
            }
            ActionKind::FixedResponse { status, body } => {
                let mut config = Props::new();
                config.set::<String>("StatusCode", status.to_string());
                config.set::<String>("ContentType", "text/plain");
                if let Some(body) = body {
                    config.set::<String>("MessageBody", body);
                }
                props.set::<String>("Type", "fixed-response");
                insert_props(&mut props, "FixedResponseConfig", config);
            }
            ActionKind::Redirect(to) => {
                let code = match to.code {
                    RedirectCode::Permanent => "HTTP_301",
                    RedirectCode::Temporary => "HTTP_302",
                };
                let mut config = Props::new();
                config.set::<String>("StatusCode", code);
                let port = to.port.map(|port| port.to_string());
                for (name, text) in [
                    ("Protocol", to.protocol.map(str::to_owned)),
                    ("Host", to.host),
                    ("Port", port),
                    ("Path", to.path),
                ] {
                    if let Some(text) = text {
                        config.set::<String>(name, text);
                    }
                }
                props.set::<String>("Type", "redirect");
                insert_props(&mut props, "RedirectConfig", config);
            }
        }
        props
    }
}

fn insert_props(props: &mut Props, name: &'static str, inner: Props) {
    props.as_map_mut().insert(name, Data::from(inner));
}
