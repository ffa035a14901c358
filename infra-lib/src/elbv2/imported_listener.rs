//! Listeners that exist already.

use infra_cfn::kind;

use super::Listener;
use super::listener::{Front, State};
use super::load_balancer::FullName;
use crate::core::{Origin, intrinsics};
use crate::ec2::{Connectable, Connections, Egress, Port, SecurityGroup};
use crate::import::arn_after;
use crate::{Arn, Construct, Id, IntoValue, Scope, Value, value};

crate::import! {
    /// An existing listener, from [`Listener::from_attributes`] or [`Listener::from_lookup`].
    ///
    /// ```
    /// use infra_lib::elbv2::{Action, Listener, ListenerAttributes, ListenerRule};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Web");
    /// let https = Listener::from_attributes(
    ///     stack,
    ///     "Https",
    ///     ListenerAttributes::https(
    ///         "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shared/50dc6c495c0c9188/f2f7dc8efc522ab2",
    ///         "sg-0123456789abcdef0",
    ///     ),
    /// );
    /// ListenerRule::builder()
    ///     .listener(https)
    ///     .priority(10)
    ///     .path_patterns(["/old/*"])
    ///     .action(Action::fixed_response(410))
    ///     .build(stack, "Gone");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct ImportedListener<'app>: "infra-lib.elbv2.ImportedListener" {
        /// Returns the ARN of the listener.
        arn: Arn<kind::elasticloadbalancingv2::Listener>,
    }

    /// A listener of the app or an existing one, from [`AsListener::as_listener`].
    pub enum ListenerRef of Listener;

    /// A listener for builders: a [`Listener`] or an [`ImportedListener`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no listener",
        label = "a `Listener` or an `ImportedListener` is needed here"
    )]
    pub trait AsListener::as_listener;
}

/// Attributes of an existing listener, for [`Listener::from_attributes`].
#[derive(Clone, Debug)]
pub struct ListenerAttributes {
    arn: Value<Arn<kind::elasticloadbalancingv2::Listener>>,
    security_group_ids: Vec<Value<Id<kind::ec2::SecurityGroup>>>,
    egress: Egress,
    port: u16,
    is_https: bool,
}

impl ListenerAttributes {
    /// Creates the attributes of a listener with HTTPS on port 443, with the security group of its load balancer.
    pub fn https(
        arn: impl IntoValue<Arn<kind::elasticloadbalancingv2::Listener>>,
        security_group_id: impl IntoValue<Id<kind::ec2::SecurityGroup>>,
    ) -> Self {
        Self::new(arn, vec![security_group_id.into_value()], 443, true)
    }

    /// Creates the attributes of a listener with HTTP on port 80, with the security group of its load balancer.
    pub fn http(
        arn: impl IntoValue<Arn<kind::elasticloadbalancingv2::Listener>>,
        security_group_id: impl IntoValue<Id<kind::ec2::SecurityGroup>>,
    ) -> Self {
        Self::new(arn, vec![security_group_id.into_value()], 80, false)
    }

    pub(super) fn new(
        arn: impl IntoValue<Arn<kind::elasticloadbalancingv2::Listener>>,
        security_group_ids: Vec<Value<Id<kind::ec2::SecurityGroup>>>,
        port: u16,
        is_https: bool,
    ) -> Self {
        Self {
            arn: arn.into_value(),
            security_group_ids,
            egress: Egress::DenyAll,
            port,
            is_https,
        }
    }

    /// Sets the port. Default: 443 for HTTPS, 80 for HTTP.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets the outbound traffic that the security group allows. Default: none that is known, so that rules are added.
    pub fn egress(mut self, egress: Egress) -> Self {
        self.egress = egress;
        self
    }
}

/// Facts about an existing listener.
struct Facts {
    port: u16,
    is_https: bool,
}

impl<'app> Listener<'app> {
    /// Imports an existing listener by its attributes. Its ARN contains the name of its load balancer.
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        attributes: ListenerAttributes,
    ) -> ImportedListener<'app> {
        let balancer = balancer_name(&attributes.arn);
        let imported = ImportedListener::import(scope, id, attributes.arn);
        let scope = imported.scope();
        for (number, group) in attributes.security_group_ids.into_iter().enumerate() {
            SecurityGroup::from_id(scope, &group_id(number), group, attributes.egress);
        }
        scope.attach(Facts {
            port: attributes.port,
            is_https: attributes.is_https,
        });
        scope.attach(State::default());
        scope.attach(FullName(balancer));
        imported
    }
}

fn group_id(number: usize) -> String {
    format!("SecurityGroup{}", number + 1)
}

/// Returns `app/<name>/<id>` of the ARN of a listener, which ends with the ID of the listener.
fn balancer_name(arn: &Value<Arn<kind::elasticloadbalancingv2::Listener>>) -> Value<String> {
    let rest = arn_after(arn, "listener/");
    if let Some(text) = rest.as_literal() {
        return value(text.rsplit_once('/').map_or(text, |(name, _)| name));
    }
    let part = |index| intrinsics::select::<String>(index, intrinsics::split("/", &rest));
    crate::sub![part(0), "/", part(1), "/", part(2)]
}

impl<'app> ImportedListener<'app> {
    /// Returns the port of the listener.
    pub fn port(&self) -> u16 {
        self.facts().port
    }

    fn facts(&self) -> std::rc::Rc<Facts> {
        self.scope()
            .attached()
            .expect("every import has the facts of its listener")
    }

    fn security_groups(&self) -> Vec<SecurityGroup<'app>> {
        (0..)
            .map_while(|number| self.scope().child(&group_id(number)))
            .map(SecurityGroup::from_scope)
            .collect()
    }
}

impl<'app> ListenerRef<'app> {
    /// Returns the port of the listener.
    pub fn port(&self) -> u16 {
        match self {
            Self::Own(listener) => listener.port(),
            Self::Imported(listener) => listener.port(),
        }
    }

    /// Returns `true` if clients use HTTPS.
    pub fn is_https(&self) -> bool {
        match self {
            Self::Own(listener) => listener.is_https(),
            Self::Imported(listener) => listener.facts().is_https,
        }
    }

    /// Returns the side of the load balancer that targets see.
    pub(super) fn front(&self) -> Front<'app> {
        match self {
            Self::Own(listener) => listener.front(),
            Self::Imported(listener) => Front {
                balancer: listener.scope(),
                security_groups: listener.security_groups(),
                is_https: listener.facts().is_https,
                is_public: false,
            },
        }
    }

    /// Returns the line that took a priority before, and takes it otherwise.
    pub(super) fn take_priority(&self, priority: u32, rule: Scope<'app>) -> Option<Origin> {
        let state = self.scope().attached::<State>()?;
        state.take_priority(priority, rule)
    }
}

impl<'app> Connectable<'app> for ImportedListener<'app> {
    fn connections(&self) -> Connections<'app> {
        Connections::new(self.security_groups(), Some(Port::tcp(self.port())))
    }
}

impl<'app> Connectable<'app> for ListenerRef<'app> {
    fn connections(&self) -> Connections<'app> {
        match self {
            Self::Own(listener) => listener.connections(),
            Self::Imported(listener) => listener.connections(),
        }
    }
}
