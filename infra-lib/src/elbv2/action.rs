//! What a listener does with a request.

use crate::{Data, Props};

use super::TargetGroup;

/// What a listener does with a request.
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
    Forward(TargetGroup<'app>),
    FixedResponse { status: u16, body: Option<String> },
    Redirect(Redirect),
}

/// Where a redirect leads; what is not said stays as in the request.
#[derive(Clone, Debug, Default)]
pub struct Redirect {
    protocol: Option<&'static str>,
    host: Option<String>,
    port: Option<u16>,
    path: Option<String>,
    code: RedirectCode,
}

/// Whether browsers may remember a redirect.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum RedirectCode {
    /// `301`: browsers remember it.
    #[default]
    Permanent,
    /// `302`: browsers ask again each time.
    Temporary,
}

impl Redirect {
    /// A redirect to the same address.
    pub fn new() -> Self {
        Self::default()
    }

    /// To HTTPS, port 443 unless another is set.
    pub fn https(mut self) -> Self {
        self.protocol = Some("HTTPS");
        self.port.get_or_insert(443);
        self
    }

    /// To another host; `#{host}` stands for that of the request.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// To another port.
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// To another path; `#{path}` stands for that of the request.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Whether browsers may remember it. Default: they may.
    pub fn code(mut self, code: RedirectCode) -> Self {
        self.code = code;
        self
    }
}

impl<'app> Action<'app> {
    /// Passes the request on to a target.
    pub fn forward(target_group: &TargetGroup<'app>) -> Self {
        Self(ActionKind::Forward(*target_group))
    }

    /// Answers with a status and an empty body.
    pub fn fixed_response(status: u16) -> Self {
        Self(ActionKind::FixedResponse { status, body: None })
    }

    /// Answers with a status and a text of at most 1,024 bytes.
    pub fn fixed_text(status: u16, body: impl Into<String>) -> Self {
        Self(ActionKind::FixedResponse {
            status,
            body: Some(body.into()),
        })
    }

    /// Sends the client elsewhere.
    pub fn redirect(to: Redirect) -> Self {
        Self(ActionKind::Redirect(to))
    }

    /// Sends the client to the same address over HTTPS, for good.
    pub fn redirect_to_https() -> Self {
        Self::redirect(Redirect::new().https())
    }

    pub(super) const fn target_group(&self) -> Option<TargetGroup<'app>> {
        match &self.0 {
            ActionKind::Forward(group) => Some(*group),
            _ => None,
        }
    }

    /// The property, which is the same for listeners and rules.
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
                nest(&mut props, "FixedResponseConfig", config);
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
                nest(&mut props, "RedirectConfig", config);
            }
        }
        props
    }
}

fn nest(props: &mut Props, name: &'static str, inner: Props) {
    props.as_map_mut().insert(name, Data::from(inner));
}
